package dev.tandem.web.internal.rest;

import java.io.IOException;
import javax.servlet.http.HttpServletResponse;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.web.Problem;
import dev.tandem.web.internal.Mappers;
import dev.tandem.web.internal.ProblemJson;

/** Answers with a problem where no JAX-RS resource does. */
final class ProblemWriter {
    private static final ObjectMapper MAPPER = Mappers.house();

    private ProblemWriter() {}

    static void write(Problem problem, HttpServletResponse response) throws IOException {
        var bytes = MAPPER.writeValueAsBytes(ProblemJson.of(problem));
        SecurityHeaders.data(response);
        response.setStatus(problem.status());
        response.setContentType(ProblemJson.MEDIA_TYPE);
        response.setContentLength(bytes.length);
        problem.retryAfterSeconds().ifPresent(seconds -> response.setHeader("Retry-After", seconds.toString()));
        if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer"); // asked for by HTTP; makes no browser ask anybody
        }
        response.getOutputStream().write(bytes);
    }
}
