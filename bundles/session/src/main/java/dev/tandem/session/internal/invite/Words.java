package dev.tandem.session.internal.invite;

/**
 * What an invitation says.
 *
 * @param text plain, lines end with a line feed
 * @param html the same as a whole document
 */
public record Words(String subject, String text, String html) {}
