package dev.tandem.session.rest;

import java.util.UUID;
import javax.ws.rs.core.Response;

/** The problem of who may have one session at once and has one; as RFC 9457 lets it, it names that session. */
record SingleSession(String type, int status, String code, String detail, UUID session) {
    private static final int CONFLICT = 409;
    private static final String CODE = "single-session";

    static Response response(UUID session) {
        var problem = new SingleSession(
                "urn:tandem:problem:" + CODE, CONFLICT, CODE, "You have one session at once, and one lives.", session);
        return Response.status(CONFLICT)
                .type("application/problem+json")
                .entity(problem)
                .build();
    }
}
