package dev.tandem.filetransfer.rest;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which bytes a request wants (RFC 9110, section 14). Of several ranges, and of what makes no sense, all are sent. */
final class Ranges {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * Bytes from one to before another.
     *
     * @param from beyond the end if there is nothing to send
     */
    record Range(long from, long to) {
        long length() {
            return to - from;
        }

        boolean within(long size) {
            return from < size;
        }
    }

    private Ranges() {}

    /** The one range that is asked for; empty if the whole is to be sent. */
    static Optional<Range> of(String header, long size) {
        var asked = ONE.matcher(header == null ? "" : header.strip());
        if (!asked.matches()) {
            return Optional.empty();
        }
        var first = asked.group(1);
        var last = asked.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? Optional.empty() : Optional.of(tail(Long.parseLong(last), size));
        }
        long from = Long.parseLong(first);
        if (last.isEmpty()) {
            return Optional.of(new Range(from, Math.max(from, size)));
        }
        long to = Long.parseLong(last) + 1;
        return to <= from ? Optional.empty() : Optional.of(new Range(from, Math.min(to, Math.max(from, size))));
    }

    private static Range tail(long length, long size) {
        return length == 0 ? new Range(size, size) : new Range(Math.max(0, size - length), size);
    }
}
