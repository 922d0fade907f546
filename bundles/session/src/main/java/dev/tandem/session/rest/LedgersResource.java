package dev.tandem.session.rest;

import java.util.List;
import java.util.Optional;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.session.internal.ConsentDesk;
import dev.tandem.web.Call;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** For whoever looks up what was allowed in sessions of others. */
@Component(service = LedgersResource.class)
@RestPath(rest_path = "/consents")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions")
public final class LedgersResource {
    private final ConsentDesk desk;

    @Activate
    public LedgersResource(@Reference ConsentDesk desk) {
        this.desk = desk;
    }

    /** The latest first. */
    public record Sessions(List<ConsentDesk.Found> sessions) {}

    @GET
    @Operation(
            summary = "Sessions whose ledger of consents can be read",
            description = "The site's latest 50, ended ones too, or those of a session number; for supervisors and"
                    + " administrators. `GET /api/sessions/{id}/consents` tells the ledger.")
    @ApiResponse(responseCode = "403", description = "`supervisor-needed`: not for every agent.")
    @SecurityRequirement(name = "agent")
    public Sessions find(@Context Call call, @QueryParam("number") String number) {
        return new Sessions(desk.find(call.agent(), Optional.ofNullable(number).filter(one -> !one.isBlank())));
    }
}
