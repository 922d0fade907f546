package dev.tandem.screen.internal;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Families of codecs that the wire knows, and the full strings of WebCodecs that belong to them. */
enum Codec {
    VP8("vp8", "vp8"),
    VP9("vp9", "vp09(\\.[0-9]{2}){3,8}"),
    H264("h264", "avc1\\.[0-9A-Fa-f]{6}"),
    AV1("av1", "av01\\.[0-2]\\.[0-9]{2}[MH]\\.(08|10|12)(\\.[0-9]{1,3}){0,6}");

    /** What every viewer decodes that never says anything else. */
    static final Set<Codec> UNSAID = EnumSet.of(VP8);

    private final String word;
    private final Pattern strings;

    Codec(String word, String strings) {
        this.word = word;
        this.strings = Pattern.compile(strings);
    }

    /** The family of a full string, or empty if it is none that may pass. */
    static Optional<Codec> of(String full) {
        return full.length() > 40
                ? Optional.empty()
                : Arrays.stream(values())
                        .filter(c -> c.strings.matcher(full).matches())
                        .findFirst();
    }

    /** The family with that word, or empty if it is of a later version. */
    static Optional<Codec> family(String word) {
        return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst();
    }

    /** @throws IllegalArgumentException if there is none, or one that is not known */
    static Set<Codec> families(Set<String> words) {
        var families = EnumSet.noneOf(Codec.class);
        for (var word : words) {
            families.add(family(word).orElseThrow(() -> new IllegalArgumentException("no family of codecs: " + word)));
        }
        if (families.isEmpty()) {
            throw new IllegalArgumentException("a sink takes at least one codec");
        }
        return families;
    }

    /** As JSON, in our order. */
    static String json(Set<Codec> codecs) {
        return codecs.stream().sorted().map(c -> "\"" + c.word + "\"").collect(Collectors.joining(",", "[", "]"));
    }
}
