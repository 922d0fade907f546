package dev.tandem.webacd.internal.config;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/** A queue to be sent, with some fields said: as a client writes it. */
public final class Changed {
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    private final Map<String, Object> fields = new LinkedHashMap<>();

    public static Changed of(String slug) {
        return new Changed().with("slug", "\"" + slug + "\"").with("name", "\"The " + slug + "\"");
    }

    /** @param json the field's value */
    public Changed with(String field, String json) {
        try {
            fields.put(field, JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
        return this;
    }

    public QueueForm form() {
        return JSON.convertValue(fields, QueueForm.class);
    }
}
