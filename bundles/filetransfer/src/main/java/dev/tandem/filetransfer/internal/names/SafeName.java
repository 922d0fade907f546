package dev.tandem.filetransfer.internal.names;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names that do no harm where a file is saved, made out of what people and foreign programs call it. What is shown to people may
 * be the given name; what a receiver's computer is offered is this.
 */
public final class SafeName {
    /** The longest name that all file systems take, in bytes of UTF-8. */
    static final int LONGEST = 255;

    /** What is kept of an ending when a name is cut. */
    private static final int LONGEST_ENDING = 20;

    private static final int DEEPEST = 64;
    private static final String NAMELESS = "file";

    /** Names of devices, with any ending, on Windows. */
    private static final Pattern DEVICE =
            Pattern.compile("(?i)(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|COM[0-9¹²³]|LPT[0-9¹²³])(\\..*)?");

    private static final Set<Integer> FORBIDDEN =
            "<>:\"/\\|?*".codePoints().boxed().collect(Collectors.toUnmodifiableSet());

    private SafeName() {}

    /** One name: the last part of what was given, without anything that leads elsewhere, hides the ending or names a device. */
    public static String of(String given) {
        var parts = segments(given);
        return parts.isEmpty() ? NAMELESS : parts.get(parts.size() - 1);
    }

    /**
     * The way to a file within a folder that was sent, part by part. What leads out of the folder is left out.
     *
     * @return empty if nothing is left of it, or it is deeper than any real folder
     */
    public static Optional<List<String>> path(String given) {
        var parts = segments(given);
        return parts.isEmpty() || parts.size() > DEEPEST ? Optional.empty() : Optional.of(parts);
    }

    private static List<String> segments(String given) {
        var safe = new ArrayList<String>();
        for (var part : given.split("[/\\\\]+")) {
            var one = segment(part);
            if (!one.isEmpty()) {
                safe.add(one);
            }
        }
        return List.copyOf(safe);
    }

    private static String segment(String part) {
        // Letters with marks stay as their sender has them, composed or not: who compares names on a Mac, say, finds
        // the same.
        var kept = new StringBuilder();
        part.codePoints()
                .filter(SafeName::visible)
                .map(point -> FORBIDDEN.contains(point) ? '_' : point)
                .forEach(kept::appendCodePoint);
        var name = trimmed(kept.toString());
        if (DEVICE.matcher(name).matches()) {
            name = "_" + name;
        }
        return trimmed(cut(name));
    }

    /** Controls, marks that turn the direction of text, and halves of characters are neither seen nor wanted. */
    private static boolean visible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> joins(point);
            default -> true;
        };
    }

    /** Emoji and some scripts are written with them. */
    private static boolean joins(int point) {
        return point == 0x200C || point == 0x200D;
    }

    /** Dots and blanks at the end are dropped by Windows, so that two names would be one; those in front hide or lead up. */
    private static String trimmed(String name) {
        int from = 0;
        int to = name.length();
        while (from < to && blank(name.charAt(from))) {
            from++;
        }
        while (to > from && (blank(name.charAt(to - 1)) || name.charAt(to - 1) == '.')) {
            to--;
        }
        return name.substring(from, to);
    }

    private static boolean blank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static String cut(String name) {
        if (bytes(name) <= LONGEST) {
            return name;
        }
        var ending = ending(name);
        var stem = new StringBuilder(name.substring(0, name.length() - ending.length()));
        while (bytes(stem.toString()) + bytes(ending) > LONGEST) {
            stem.setLength(stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem + ending;
    }

    private static String ending(String name) {
        int dot = name.lastIndexOf('.');
        var ending = dot > 0 ? name.substring(dot) : "";
        return bytes(ending) <= LONGEST_ENDING ? ending : "";
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The ending without its dot, in small letters: {@code pdf}; empty if there is none. */
    public static String type(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
    }

    /**
     * The value of a Content-Disposition that saves a file under that name (RFC 6266 with RFC 8187): for old programs in ASCII,
     * for all others as it is.
     */
    public static String attachment(String given) {
        var name = of(given);
        var plain = new StringBuilder();
        var encoded = new StringBuilder();
        name.codePoints()
                .forEach(point -> plain.append(point > 0x1F && point < 0x7F && point != '%' ? (char) point : '_'));
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0x20 && b < 0x7F && "!#$&+-.^_`|~".indexOf(b) >= 0 || Character.isLetterOrDigit(b) && b > 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(String.format("%02X", b & 0xFF));
            }
        }
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }
}
