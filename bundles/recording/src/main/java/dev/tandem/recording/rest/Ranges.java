package dev.tandem.recording.rest;

import java.util.Optional;
import java.util.regex.Pattern;

/** The one range of bytes that a client asks for (RFC 9110, section 14). Of several, and of nonsense, the whole is sent. */
final class Ranges {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** First and last byte, both included. {@code first} is beyond the end if there is nothing to send. */
    record Range(long first, long last) {
        long length() {
            return last - first + 1;
        }
    }

    private Ranges() {}

    static Optional<Range> of(String header, long size) {
        var match = ONE.matcher(header == null ? "" : header.strip());
        if (!match.matches() || match.group(1).isEmpty() && match.group(2).isEmpty()) {
            return Optional.empty();
        }
        if (match.group(1).isEmpty()) {
            long tail = Long.parseLong(match.group(2));
            return Optional.of(new Range(tail == 0 ? size : Math.max(0, size - tail), size - 1));
        }
        long first = Long.parseLong(match.group(1));
        long last = match.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(match.group(2)), size - 1);
        if (!match.group(2).isEmpty() && Long.parseLong(match.group(2)) < first) {
            return Optional.empty();
        }
        return Optional.of(new Range(first, last));
    }
}
