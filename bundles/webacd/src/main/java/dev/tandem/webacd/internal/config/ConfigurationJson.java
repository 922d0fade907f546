package dev.tandem.webacd.internal.config;

import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/** A site's routing as a file: as REST has it, in lines. */
public final class ConfigurationJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private ConfigurationJson() {}

    /** The text of a file: of a configuration, or of a part. */
    public static String write(Record form) {
        try {
            return JSON.writeValueAsString(form) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a configuration that cannot be written", e);
        }
    }

    /** @throws RoutingFault with the field, and where it stands */
    public static ConfigurationForm read(String text) {
        try {
            return JSON.readValue(text, ConfigurationForm.class);
        } catch (JsonMappingException e) {
            throw RoutingFault.invalid(path(e), e.getOriginalMessage() + where(e));
        } catch (JsonProcessingException e) {
            throw RoutingFault.invalid("file", e.getOriginalMessage() + where(e));
        }
    }

    /**
     * A queue with other fields.
     *
     * @param changes by field; null takes it away
     * @throws RoutingFault with the field
     */
    static QueueForm merged(QueueForm form, Map<String, Object> changes) {
        ObjectNode fields = JSON.valueToTree(form);
        changes.forEach((name, value) -> fields.set(name, JSON.valueToTree(value)));
        try {
            return JSON.treeToValue(fields, QueueForm.class);
        } catch (JsonMappingException e) {
            throw RoutingFault.invalid(path(e), e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw RoutingFault.invalid("file", e.getOriginalMessage());
        }
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private static String path(JsonMappingException e) {
        var path = new StringBuilder();
        for (var step : e.getPath()) {
            path.append(
                    step.getFieldName() == null
                            ? "[" + step.getIndex() + "]"
                            : (path.length() == 0 ? "" : ".") + step.getFieldName());
        }
        return path.length() == 0 ? "file" : path.toString();
    }
}
