package dev.tandem.openapi.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Names of schemas: {@code chat.MessageView}. Slices come from many houses and like the same words, so a name begins with
 * the last word of the slice's package; which other slices are installed changes no name.
 */
final class Names extends TypeNameResolver {
    private final Map<String, Class<?>> taken = new HashMap<>();

    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
        var schema = type.getAnnotation(Schema.class);
        if (schema != null && !schema.name().isEmpty()) {
            return schema.name();
        }
        var slice = slice(type.getPackageName());
        var plain = slice + "." + type.getSimpleName();
        if (mine(plain, type)) {
            return plain;
        }
        var enclosing = type.getEnclosingClass();
        var longer = slice + "." + (enclosing == null ? "" : enclosing.getSimpleName() + ".") + type.getSimpleName();
        return mine(longer, type) ? longer : type.getName().replace('$', '.');
    }

    private boolean mine(String name, Class<?> type) {
        return taken.computeIfAbsent(name, free -> type) == type;
    }

    static String slice(String packageName) {
        var open = packageName.replaceAll("\\.(internal|rest)(\\..*)?$", "");
        return open.substring(open.lastIndexOf('.') + 1);
    }
}
