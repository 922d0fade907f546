package dev.tandem.screen.internal;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

/** What a client says beside frames, as the package description of {@code dev.tandem.screen} has it. */
sealed interface ClientText {
    /** @param codec a full string of WebCodecs */
    record Config(String codec, int width, int height, Source source) implements ClientText {}

    /** What is shared, as far as the sender's browser tells. */
    record Source(Optional<String> surface, OptionalInt number, OptionalInt of, OptionalInt width, OptionalInt height) {
        static final Source UNKNOWN = new Source(
                Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
    }

    record Ack(long sequence) implements ClientText {}

    record Key() implements ClientText {}

    /**
     * @param encode median milliseconds in the encoder during the last second, if the sender tells
     * @param skipped pictures left out during the last second, if the sender tells
     */
    record Beat(long now, long at, OptionalLong encode, OptionalLong skipped) implements ClientText {}

    /** @param codecs of those we know; VP8 if it named none of them */
    record Can(Set<Codec> codecs) implements ClientText {}

    record Look(boolean looking) implements ClientText {}

    /** A word of a later version. */
    record Unheard() implements ClientText {}

    /** Whether it tells how frames arrive at a viewer, and nothing else. */
    default boolean ofViewer() {
        return this instanceof Ack
                || this instanceof Key
                || this instanceof Beat
                || this instanceof Can
                || this instanceof Look;
    }

    /** Characters of a text. */
    int LONGEST = 8 * 1024;

    Set<String> SURFACES = Set.of("monitor", "window", "browser");
    String ACK = "{\"op\":\"ack\",\"sequence\":";
    /** Digits that surely make a sequence. */
    int MOST_DIGITS = 9;

    int MOST_CODECS = 32;
    int MOST_SCREENS = 99;
    int LARGEST_SIDE = 0xFFFF;
    long LARGEST_TELLING = 1_000_000;
    ObjectReader READER = new ObjectMapper().readerFor(JsonNode.class);

    /** @throws IllegalArgumentException if it is nothing that a client may say */
    static ClientText read(String json) {
        if (json.length() > LONGEST) {
            throw new IllegalArgumentException("the message is too long");
        }
        var ack = plainAck(json);
        if (ack.isPresent()) {
            return ack.get();
        }
        JsonNode message;
        try {
            message = READER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the message is not JSON", e);
        }
        return switch (message.path("op").asText()) {
            case "config" -> config(message);
            case "ack" -> new Ack(number(message, "sequence", 0, 0xFFFF_FFFFL));
            case "key" -> new Key();
            case "beat" -> beat(message);
            case "can" -> can(message.path("codecs"));
            case "look" -> look(message.path("looking"));
            case "" -> throw new IllegalArgumentException("the message has no op");
            default -> new Unheard();
        };
    }

    /** What comes with every frame is read without making a tree of it, if it is written as everybody writes it. */
    private static Optional<Ack> plainAck(String json) {
        int end = json.length() - 1;
        int digits = end - ACK.length();
        if (digits < 1 || digits > MOST_DIGITS || !json.startsWith(ACK) || json.charAt(end) != '}') {
            return Optional.empty();
        }
        long sequence = 0;
        for (int i = ACK.length(); i < end; i++) {
            int digit = json.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Optional.empty();
            }
            sequence = sequence * 10 + digit;
        }
        return Optional.of(new Ack(sequence));
    }

    private static Config config(JsonNode message) {
        var codec = message.path("codec").asText();
        require(Codec.of(codec).isPresent(), "codec");
        int width = (int) number(message, "width", 1, LARGEST_SIDE);
        int height = (int) number(message, "height", 1, LARGEST_SIDE);
        var surface = message.hasNonNull("surface")
                ? Optional.of(message.get("surface").asText())
                : Optional.<String>empty();
        require(surface.isEmpty() || SURFACES.contains(surface.get()), "surface");
        return new Config(
                codec,
                width,
                height,
                new Source(
                        surface,
                        some(message, "number", MOST_SCREENS),
                        some(message, "of", MOST_SCREENS),
                        some(message, "sourceWidth", LARGEST_SIDE),
                        some(message, "sourceHeight", LARGEST_SIDE)));
    }

    private static Beat beat(JsonNode message) {
        return new Beat(
                number(message, "now", 0, Long.MAX_VALUE),
                number(message, "at", 0, Long.MAX_VALUE),
                telling(message, "encode"),
                telling(message, "skipped"));
    }

    private static Can can(JsonNode codecs) {
        require(codecs.isArray() && codecs.size() <= MOST_CODECS, "codecs");
        var known = EnumSet.noneOf(Codec.class);
        for (var codec : codecs) {
            require(codec.isTextual(), "codecs");
            Codec.family(codec.asText()).ifPresent(known::add);
        }
        return new Can(known.isEmpty() ? Codec.UNSAID : known);
    }

    private static Look look(JsonNode looking) {
        require(looking.isBoolean(), "looking");
        return new Look(looking.asBoolean());
    }

    private static OptionalInt some(JsonNode message, String name, int most) {
        return message.hasNonNull(name) ? OptionalInt.of((int) number(message, name, 1, most)) : OptionalInt.empty();
    }

    private static OptionalLong telling(JsonNode message, String name) {
        return message.hasNonNull(name)
                ? OptionalLong.of(number(message, name, 0, LARGEST_TELLING))
                : OptionalLong.empty();
    }

    private static long number(JsonNode message, String name, long least, long most) {
        var node = message.path(name);
        require(
                node.isIntegralNumber() && node.canConvertToLong() && node.asLong() >= least && node.asLong() <= most,
                name);
        return node.asLong();
    }

    private static void require(boolean good, String what) {
        if (!good) {
            throw new IllegalArgumentException(what + " is wrong");
        }
    }
}
