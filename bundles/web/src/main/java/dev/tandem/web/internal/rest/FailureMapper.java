package dev.tandem.web.internal.rest;

import javax.ws.rs.core.Response;
import javax.ws.rs.ext.ExceptionMapper;
import javax.ws.rs.ext.Provider;

import dev.tandem.web.Problem;
import dev.tandem.web.internal.ProblemJson;
import dev.tandem.web.internal.Problems;

/** Every failure that reaches the door, as a problem. */
@Provider
public final class FailureMapper implements ExceptionMapper<Throwable> {
    @Override
    public Response toResponse(Throwable failure) {
        return Answer.breaksOff(failure)
                ? nothing()
                : response(Problems.of(failure, false)).build();
    }

    /** Of what has begun nothing can be said any more. */
    static Response nothing() {
        return Response.serverError().build();
    }

    static Response.ResponseBuilder response(Problem problem) {
        var response =
                Response.status(problem.status()).type(ProblemJson.MEDIA_TYPE).entity(ProblemJson.of(problem));
        problem.retryAfterSeconds().ifPresent(seconds -> response.header("Retry-After", seconds));
        if (problem.status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            response.header("WWW-Authenticate", "Bearer");
        }
        return response;
    }
}
