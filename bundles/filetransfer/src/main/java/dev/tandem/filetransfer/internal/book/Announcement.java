package dev.tandem.filetransfer.internal.book;

import java.util.Optional;

import dev.tandem.filetransfer.FileTransfer.Kind;

/**
 * What somebody is about to send.
 *
 * @param name as its sender calls it
 * @param files how many there will be at most
 * @param bytes how large they will be at most, all together; empty if that is not known
 */
public record Announcement(Kind kind, String name, int files, Optional<Long> bytes) {}
