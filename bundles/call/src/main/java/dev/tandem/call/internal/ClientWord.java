package dev.tandem.call.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

/** What a page says, as the package description of {@code dev.tandem.call} has it. */
sealed interface ClientWord {
    record Can(boolean voice, boolean video) implements ClientWord {}

    record Join(boolean audio, boolean video) implements ClientWord {}

    record State(boolean audio, boolean video) implements ClientWord {}

    /** @param data handed on as it is */
    record Signal(long to, JsonNode data) implements ClientWord {}

    record Leave() implements ClientWord {}

    /** A word of a later version. */
    record Unheard() implements ClientWord {}

    /** Characters of a text. A description of a session with many candidates has some 5,000. */
    int LONGEST = 32 * 1024;

    ObjectReader READER =
            new ObjectMapper().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** @throws IllegalArgumentException if it is nothing that a page may say */
    static ClientWord read(String json) {
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
            case "can" -> new Can(flag(message, "voice"), flag(message, "video"));
            case "join" -> new Join(flag(message, "audio"), flag(message, "video"));
            case "state" -> new State(flag(message, "audio"), flag(message, "video"));
            case "signal" -> signal(message);
            case "leave" -> new Leave();
            case "" -> throw new IllegalArgumentException("the message has no op");
            default -> new Unheard();
        };
    }

    private static Signal signal(JsonNode message) {
        require(message.path("to").isIntegralNumber() && message.path("to").canConvertToLong(), "to");
        require(message.path("data").isObject(), "data");
        return new Signal(message.get("to").asLong(), message.get("data"));
    }

    private static boolean flag(JsonNode message, String name) {
        require(message.path(name).isBoolean(), name);
        return message.get(name).asBoolean();
    }

    private static void require(boolean good, String what) {
        if (!good) {
            throw new IllegalArgumentException(what + " is wrong");
        }
    }
}
