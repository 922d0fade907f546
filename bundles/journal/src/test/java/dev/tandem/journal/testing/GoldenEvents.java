package dev.tandem.journal.testing;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.journal.EventTypes;
import dev.tandem.journal.internal.Codec;

/**
 * Checks every shape of event a slice has ever released against its golden file {@code golden/<event name>.json} next to
 * the other test resources. A file, once released, is never changed: a stored event looks like that for ever.
 *
 * <pre>
 * &#64;Test
 * public void everyReleasedShapeIsRead() {
 *     GoldenEvents.check(new MyKind().events());
 * }
 * </pre>
 */
public final class GoldenEvents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private GoldenEvents() {}

    /** Reads {@code src/test/resources/golden} of the module under test. */
    public static void check(EventTypes<?> types) {
        check(types, Path.of("src", "test", "resources", "golden"));
    }

    public static void check(EventTypes<?> types, Path folder) {
        for (var name : new TreeSet<>(types.everyName())) {
            var file = folder.resolve(name + ".json");
            if (!Files.exists(file)) {
                throw new AssertionError(file + " is missing; " + hint(types, name));
            }
            try {
                check(types, name, Files.readString(file, StandardCharsets.UTF_8));
            } catch (IOException | RuntimeException e) {
                throw new AssertionError(file + " is not read: " + e.getMessage(), e);
            }
        }
    }

    private static <E> void check(EventTypes<E> types, String name, String json) throws IOException {
        var event = Codec.event(types, name, json).orElseThrow();
        if (types.classes().containsKey(name)) {
            assertEquals(name + " is written as it was read", JSON.readTree(json), JSON.readTree(Codec.write(event)));
        } else {
            // What an upcaster makes must be an event of today, which can be stored and read in its turn.
            assertEquals(
                    event,
                    Codec.event(types, types.nameOf(event), Codec.write(event)).orElseThrow());
        }
    }

    private static String hint(EventTypes<?> types, String name) {
        var type = types.classes().get(name);
        return type == null
                ? "write down how " + name + " looked"
                : "write down how a " + type.getSimpleName() + " looks";
    }
}
