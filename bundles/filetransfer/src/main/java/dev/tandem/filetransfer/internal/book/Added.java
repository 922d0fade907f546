package dev.tandem.filetransfer.internal.book;

/** A file was added. @param file its id: that of the first time, if the same command comes again */
public record Added(String file) {}
