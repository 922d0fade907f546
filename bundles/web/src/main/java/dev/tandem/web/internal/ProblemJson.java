package dev.tandem.web.internal;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

import dev.tandem.web.Problem;

/** A problem as it is sent. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonPropertyOrder({"type", "status", "code", "detail", "field", "retryAfter"})
public record ProblemJson(
        String type, int status, String code, String detail, Optional<String> field, Optional<Long> retryAfter) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public static ProblemJson of(Problem problem) {
        return new ProblemJson(
                "urn:tandem:problem:" + problem.code(),
                problem.status(),
                problem.code(),
                problem.detail(),
                problem.field(),
                problem.retryAfterSeconds());
    }
}
