package dev.tandem.filetransfer.s3.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a growing file is made of: parts of a multipart upload, and behind them a tail in small objects, since a part cannot be
 * small. It stands at the head of each step's object; the step's own bytes follow it.
 *
 * @param upload the multipart upload; empty for none
 * @param next the number of the next part
 * @param busy whether its writer may be sending that part. Whoever overtakes that writer leaves the number out: what the
 *     other one is still sending would replace a part of ours
 */
record Growth(String upload, int next, boolean busy, List<Part> parts, List<Tail> tails) {
    static final Growth NONE = new Growth("", 1, false, List.of(), List.of());
    /** The length of the first line, which tells the length of the head. */
    static final int MARK = 24;

    private static final String FIRST = "tandem-file 1 %09d\n";

    Growth {
        parts = List.copyOf(parts);
        tails = List.copyOf(tails);
    }

    /** A part that the service has. */
    record Part(int number, long size, String etag) {}

    /** Bytes of the tail within an object. */
    record Tail(String object, long from, long length) {}

    long offset() {
        return parts.stream().mapToLong(Part::size).sum() + tail();
    }

    long tail() {
        return tails.stream().mapToLong(Tail::length).sum();
    }

    /** As whoever overtakes its writer begins. */
    Growth overtaken() {
        return new Growth(upload, busy ? next + 1 : next, false, parts, tails);
    }

    /** Before its writer sends a part. */
    Growth sending(String to) {
        return new Growth(to, next, true, parts, tails);
    }

    /** While its writer goes on to send that part. */
    Growth numbered(int number) {
        return new Growth(upload, number, busy, parts, tails);
    }

    /** The tail, and what came after it, has become parts. */
    Growth grown(List<Part> come) {
        if (come.isEmpty()) {
            return this;
        }
        var more = new ArrayList<>(parts);
        more.addAll(come);
        return new Growth(upload, come.get(come.size() - 1).number() + 1, busy, more, List.of());
    }

    Growth withoutTail() {
        return new Growth(upload, next, busy, parts, List.of());
    }

    Growth with(Tail tail) {
        if (tail.length() == 0) {
            return this;
        }
        var more = new ArrayList<>(tails);
        more.add(tail);
        return new Growth(upload, next, busy, parts, more);
    }

    /** The head of an object that holds that many bytes of the tail. */
    byte[] head(long own) {
        var lines = new StringBuilder();
        lines.append("own ").append(own).append('\n');
        lines.append("upload ").append(upload).append('\n');
        lines.append("next ").append(next).append(busy ? " busy\n" : " idle\n");
        parts.forEach(part -> lines.append("part %d %d %s\n".formatted(part.number(), part.size(), part.etag())));
        tails.forEach(tail -> lines.append("tail %d %d %s\n".formatted(tail.from(), tail.length(), tail.object())));
        int length = MARK + lines.toString().getBytes(StandardCharsets.UTF_8).length;
        return (FIRST.formatted(length) + lines).getBytes(StandardCharsets.UTF_8);
    }

    /** How long the head is that begins like this. */
    static int length(byte[] start) throws IOException {
        var first = new String(start, 0, Math.min(MARK, start.length), StandardCharsets.UTF_8);
        if (!first.matches("tandem-file 1 [0-9]{9}\n")) {
            throw new IOException("An object of a growing file is not ours: " + first.strip());
        }
        return Integer.parseInt(first.substring(MARK - 10, MARK - 1));
    }

    /** Reads the whole head of that object; its own bytes are the last of the tail. */
    static Growth read(String object, byte[] head) throws IOException {
        try {
            long own = 0;
            var upload = "";
            int next = 1;
            boolean busy = false;
            var parts = new ArrayList<Part>();
            var tails = new ArrayList<Tail>();
            var text = new String(head, MARK, head.length - MARK, StandardCharsets.UTF_8);
            for (var line : text.lines().toList()) {
                var words = line.split(" ", 4);
                switch (words[0]) {
                    case "own" -> own = Long.parseLong(words[1]);
                    case "upload" -> upload = words[1];
                    case "next" -> {
                        next = Integer.parseInt(words[1]);
                        busy = words[2].equals("busy");
                    }
                    case "part" -> parts.add(new Part(Integer.parseInt(words[1]), Long.parseLong(words[2]), words[3]));
                    case "tail" -> tails.add(new Tail(words[3], Long.parseLong(words[1]), Long.parseLong(words[2])));
                    default -> throw new IOException(
                            "An object of a growing file has a line that is not ours: " + line);
                }
            }
            return new Growth(upload, next, busy, parts, tails).with(new Tail(object, head.length, own));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("The object " + object + " is damaged", e);
        }
    }
}
