package dev.tandem.web.internal.rest;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.ws.rs.QueryParam;
import javax.ws.rs.ext.ParamConverter;
import javax.ws.rs.ext.ParamConverterProvider;
import javax.ws.rs.ext.Provider;

import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** Ids and numbers in paths and queries. What is no id leads nowhere; a query that makes no sense is named. */
@Provider
public final class Params implements ParamConverterProvider {
    private static final Pattern UUID_FORM = Pattern.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
    private static final Map<Class<?>, Function<String, Object>> READERS = Map.of(
            UUID.class, Params::uuid,
            Long.class, Long::valueOf,
            long.class, Long::valueOf,
            Integer.class, Integer::valueOf,
            int.class, Integer::valueOf);

    @Override
    public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        var reader = READERS.get(type);
        if (reader == null) {
            return null; // the way JAX-RS says: not mine
        }
        var query = Arrays.stream(annotations)
                .filter(QueryParam.class::isInstance)
                .map(annotation -> ((QueryParam) annotation).value())
                .findFirst();
        return new Converter<>(reader, query);
    }

    private static UUID uuid(String text) {
        if (!UUID_FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return UUID.fromString(text);
    }

    private record Converter<T>(Function<String, Object> reader, Optional<String> query) implements ParamConverter<T> {
        @Override
        @SuppressWarnings("unchecked") // the reader was found by the type
        public T fromString(String text) {
            if (text == null || text.isEmpty() && query.isPresent()) {
                return null; // not given: the parameter's default holds
            }
            try {
                return (T) reader.apply(text);
            } catch (IllegalArgumentException e) {
                throw new ProblemException(
                        query.map(name -> Problem.invalid(name, "This is not a value that can stand here."))
                                .orElseGet(Problem::unknown));
            }
        }

        @Override
        public String toString(T value) {
            return value.toString();
        }
    }
}
