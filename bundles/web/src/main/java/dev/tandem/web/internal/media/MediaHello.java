package dev.tandem.web.internal.media;

/** The first message on a media socket. */
record MediaHello(String op, String ticket, String role) {}
