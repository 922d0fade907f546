package dev.tandem.screen.internal;

import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

/** What a client says beside frames, as the package description of {@code dev.tandem.screen} has it. */
sealed interface ClientText {
    record Config(String codec, int width, int height) implements ClientText {}

    record Ack(long sequence) implements ClientText {}

    record Key() implements ClientText {}

    record Beat(long now, long at) implements ClientText {}

    /** A word of a later version. */
    record Unheard() implements ClientText {}

    int LONGEST = 2048;
    Pattern CODEC = Pattern.compile("[a-zA-Z0-9.]{1,40}");
    ObjectReader READER = new ObjectMapper().readerFor(JsonNode.class);

    /** @throws IllegalArgumentException if it is nothing that a client may say */
    static ClientText read(String json) {
        if (json.length() > LONGEST) {
            throw new IllegalArgumentException("the message is too long");
        }
        JsonNode message;
        try {
            message = READER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the message is not JSON", e);
        }
        return switch (message.path("op").asText()) {
            case "config" -> config(message);
            case "ack" -> new Ack(number(message, "sequence", 0xFFFF_FFFFL));
            case "key" -> new Key();
            case "beat" -> new Beat(number(message, "now", Long.MAX_VALUE), number(message, "at", Long.MAX_VALUE));
            case "" -> throw new IllegalArgumentException("the message has no op");
            default -> new Unheard();
        };
    }

    private static Config config(JsonNode message) {
        var codec = message.path("codec").asText();
        if (!CODEC.matcher(codec).matches()) {
            throw new IllegalArgumentException("codec is wrong");
        }
        return new Config(codec, side(message, "width"), side(message, "height"));
    }

    private static int side(JsonNode message, String name) {
        int side = (int) number(message, name, 0xFFFF);
        if (side == 0) {
            throw new IllegalArgumentException(name + " is wrong");
        }
        return side;
    }

    private static long number(JsonNode message, String name, long most) {
        var node = message.path(name);
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0 || node.asLong() > most) {
            throw new IllegalArgumentException(name + " is wrong");
        }
        return node.asLong();
    }
}
