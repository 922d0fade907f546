package dev.tandem.filetransfer.internal.verify;

/**
 * What a file turned out to be.
 *
 * @param type media type: the one of its name where the content bears it out, else the one of the content
 * @param asNamed whether the content is what the name says; a name that says nothing is borne out by text and by bytes that
 *     nobody knows
 */
public record Found(String type, boolean asNamed) {}
