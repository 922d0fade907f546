package dev.tandem.filetransfer.internal.book;

import java.time.Instant;
import java.util.Optional;

/**
 * A file of a transfer whose bytes are about to come.
 *
 * @param file its id: 32 hexadecimal digits that cannot be guessed
 * @param path its name, or the way to it in the folder, as its sender calls it
 * @param size bytes; empty if the sender does not know
 * @param type media type, as the sender says
 * @param modified as the sender says
 */
public record FileToCome(String file, String path, Optional<Long> size, String type, Optional<Instant> modified) {}
