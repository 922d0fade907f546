package dev.tandem.web.internal.rest;

import javax.ws.rs.WebApplicationException;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.ExceptionMapper;
import javax.ws.rs.ext.Provider;

import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.Problems;

/** What the JAX-RS runtime or a resource says by a bare status, as a problem. */
@Provider
public final class StatusMapper implements ExceptionMapper<WebApplicationException> {
    @Override
    public Response toResponse(WebApplicationException failure) {
        if (Answer.breaksOff(failure)) {
            return FailureMapper.nothing();
        }
        if (failure.getCause() instanceof ProblemException known) {
            return FailureMapper.response(known.problem()).build();
        }
        var given = failure.getResponse();
        int status = given.getStatus();
        if (status < Response.Status.BAD_REQUEST.getStatusCode()) {
            return given;
        }
        var problem = status == Response.Status.INTERNAL_SERVER_ERROR.getStatusCode()
                ? Problems.internal(failure)
                : Problems.status(status);
        var response = FailureMapper.response(problem);
        var allow = given.getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? response.build()
                : response.header(HttpHeaders.ALLOW, allow).build();
    }
}
