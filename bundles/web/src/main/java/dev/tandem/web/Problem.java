package dev.tandem.web;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A problem as RFC 9457 has it. Its {@code type} is {@code urn:tandem:problem:CODE}.
 *
 * @param status HTTP status
 * @param code permanent word for programs and translation: {@code pin-refused}
 * @param detail one English sentence that names what was wrong and leaks nothing
 * @param field the field of the request that was wrong, as a path: {@code participants[0].name}
 * @param retryAfterSeconds when to try again, also sent as {@code Retry-After}
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Problem(
        int status, String code, String detail, Optional<String> field, Optional<Long> retryAfterSeconds) {

    /** A problem of the whole request, for which trying again does not help. */
    public Problem(int status, String code, String detail) {
        this(status, code, detail, Optional.empty(), Optional.empty());
    }

    /** 404 {@code unknown}: also for what is there and not the caller's to see. */
    public static Problem unknown() {
        return new Problem(404, "unknown", "There is nothing here, or it is not yours to see.");
    }

    /** 400 {@code invalid} with the field that was wrong. */
    public static Problem invalid(String field, String detail) {
        return new Problem(400, "invalid", detail, Optional.of(field), Optional.empty());
    }
}
