package dev.tandem.journal.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import dev.tandem.journal.EventTypes;
import dev.tandem.journal.Personal;

/** Events and answers as JSON text: times in ISO 8601, fields nobody knows are ignored. Stateless. */
public final class Codec {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Codec() {}

    public static String write(Object value) {
        try {
            // Half a surrogate pair has no UTF-8: what is hashed must be what the database gives back.
            return new String(JSON.writeValueAsString(value).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(value.getClass().getName() + " cannot be written as JSON", e);
        }
    }

    public static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a " + type.getName() + ": " + e.getMessage(), e);
        }
    }

    /** The references to personal rows in the payload of an event, whether its slice is known or not. */
    static List<Personal.Ref> refs(String payload) {
        if (!payload.contains("\"digest\"")) {
            return List.of();
        }
        var refs = new ArrayList<Personal.Ref>();
        for (var holder : read(payload, JsonNode.class).findParents("digest")) {
            if (holder.size() == 2
                    && holder.path("digest").isTextual()
                    && UUID_FORM.matcher(holder.path("id").asText()).matches()) {
                refs.add(new Personal.Ref(
                        UUID.fromString(holder.get("id").asText()),
                        holder.get("digest").asText()));
            }
        }
        return refs;
    }

    /** The event in its current shape, or empty if its name is not known. */
    public static <E> Optional<E> event(EventTypes<E> types, String name, String payload) {
        var type = types.classes().get(name);
        if (type != null) {
            return Optional.of(read(payload, type));
        }
        return types.upcasters().containsKey(name) ? upcast(types, name, payload) : Optional.empty();
    }

    private static <E> Optional<E> upcast(EventTypes<E> types, String storedName, String payload) {
        var shape = read(payload, ObjectNode.class);
        var name = storedName;
        for (int steps = 0; steps <= types.upcasters().size(); steps++) {
            var type = types.classes().get(name);
            if (type != null) {
                return Optional.of(JSON.convertValue(shape, type));
            }
            var upcaster = types.upcasters().get(name);
            if (upcaster == null) {
                throw new IllegalStateException(storedName + " is led to " + name + ", which is no event");
            }
            shape = upcaster.change().apply(shape);
            name = upcaster.newName();
        }
        throw new IllegalStateException(storedName + " is led round in a circle");
    }
}
