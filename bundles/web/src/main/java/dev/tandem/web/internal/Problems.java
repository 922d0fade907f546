package dev.tandem.web.internal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

import dev.tandem.journal.HeldOffException;
import dev.tandem.journal.StorageException;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** What a failure looks like from outside. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int DEEPEST = 20;

    private Problems() {}

    /**
     * The problem behind a failure. A failure of ours is logged under an id which is all that the client hears of it.
     *
     * @param readingRequest false if JSON failed while we wrote, which is our failure
     */
    public static Problem of(Throwable failure, boolean readingRequest) {
        int depth = 0;
        for (var cause = failure; cause != null && depth < DEEPEST; cause = cause.getCause(), depth++) {
            if (cause instanceof ProblemException known) {
                return known.problem();
            }
            if (cause instanceof StorageException storage && storage.passing()) {
                return storageAway(storage);
            }
            if (cause instanceof HeldOffException held) {
                return ProblemException.refused(held.refusal()).problem();
            }
            if (readingRequest && cause instanceof JsonProcessingException json) {
                return json(json);
            }
        }
        return internal(failure);
    }

    /** One line for each, since there are as many as requests while the database is away. */
    private static Problem storageAway(StorageException failure) {
        LOG.warn("A request could not be answered: {}", failure.getMessage());
        return new Problem(
                503,
                "database-away",
                "The database cannot be reached just now. The same request again, with the same Idempotency-Key, is safe.",
                Optional.empty(),
                Optional.of(1L));
    }

    public static Problem internal(Throwable failure) {
        var id = UUID.randomUUID();
        LOG.error("A request failed, {}", id, failure);
        return new Problem(500, "internal", "Something went wrong here. It stands in the log as " + id + ".");
    }

    /** The problem of a bare HTTP status, as the JAX-RS runtime gives it. */
    public static Problem status(int status) {
        return switch (status) {
            case 400 -> new Problem(400, "invalid", "The request is not understood.");
            case 401 -> signInNeeded();
            case 403 -> new Problem(403, "forbidden", "This is not allowed.");
            case 404 -> Problem.unknown();
            case 405 -> new Problem(405, "method-not-allowed", "This can be reached, but not by that method.");
            case 406 -> new Problem(406, "not-acceptable", "This is available as application/json only.");
            case 413 -> tooLarge();
            case 415 -> new Problem(415, "not-json", "The body must be application/json.");
            case 429 -> new Problem(429, "too-many-requests", "Too many requests.");
            case 503 -> new Problem(503, "busy", "Not now.", Optional.empty(), Optional.of(1L));
            default -> new Problem(
                    status, status < 500 ? "invalid" : "internal", "The request ended with " + status + ".");
        };
    }

    public static Problem signInNeeded() {
        return new Problem(401, "sign-in-needed", "You need to be signed in.");
    }

    public static Problem viewOnly() {
        return new Problem(403, "view-only", "Who looks on from outside can do nothing here.");
    }

    public static Problem tooLarge() {
        return tooLarge(64 * 1024);
    }

    /** @param largest bytes */
    public static Problem tooLarge(int largest) {
        boolean small = largest < 1024 * 1024;
        var bound = small ? largest / 1024 + " KB" : largest / (1024 * 1024) + " MB";
        return new Problem(413, "too-large", "This request's body is at most " + bound + ".");
    }

    public static Problem noBody() {
        return new Problem(400, "not-json", "A JSON body is needed.");
    }

    private static Problem json(JsonProcessingException failure) {
        if (failure instanceof StreamReadException broken) {
            var at = Optional.ofNullable(broken.getLocation())
                    .map(where -> " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")")
                    .orElse("");
            return new Problem(400, "not-json", "The body is not JSON" + at + ".");
        }
        if (failure instanceof JsonMappingException mapping && !isOurs(mapping)) {
            var field = path(mapping.getPath());
            return field.isEmpty()
                    ? new Problem(400, "invalid", detail(mapping))
                    : Problem.invalid(field, detail(mapping));
        }
        return internal(failure);
    }

    /** A type that Jackson cannot build at all is a mistake in a slice, not in a request. */
    private static boolean isOurs(JsonMappingException failure) {
        return failure instanceof com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
    }

    private static String detail(JsonMappingException failure) {
        if (failure instanceof UnrecognizedPropertyException) {
            return "There is no such field.";
        }
        if (failure instanceof InvalidFormatException format) {
            var type = format.getTargetType();
            if (type != null && type.isEnum()) {
                return "This must be one of "
                        + String.join(
                                ", ",
                                List.of(type.getEnumConstants()).stream()
                                        .map(Object::toString)
                                        .toList()) + ".";
            }
            return "This must be " + kind(type) + ".";
        }
        if (failure.getMessage() != null && failure.getMessage().startsWith("Null value for creator property")) {
            return "This is needed.";
        }
        if (failure instanceof MismatchedInputException mismatch
                && !failure.getPath().isEmpty()) {
            return "This must be " + kind(mismatch.getTargetType()) + ".";
        }
        if (failure.getCause() instanceof InputCoercionException) {
            return "This number is out of range.";
        }
        if (failure.getCause() instanceof IOException || failure.getPath().isEmpty()) {
            return "The body does not have the right form.";
        }
        return "This is not a value that can stand here.";
    }

    private static String kind(Class<?> type) {
        if (type == null) {
            return "of another kind";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a number";
        }
        if (type == UUID.class) {
            return "a UUID";
        }
        if (java.time.temporal.Temporal.class.isAssignableFrom(type)) {
            return "a time as ISO 8601 has it";
        }
        if (Iterable.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        return type.isEnum() ? "one of its words" : "an object";
    }

    private static String path(List<JsonMappingException.Reference> references) {
        var path = new StringBuilder();
        for (var reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.toString();
    }
}
