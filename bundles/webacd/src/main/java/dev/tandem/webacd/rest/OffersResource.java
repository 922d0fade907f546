package dev.tandem.webacd.rest;

import javax.ws.rs.Consumes;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.web.Call;
import dev.tandem.web.RestPath;
import dev.tandem.webacd.internal.desk.AgentDesk;
import dev.tandem.webacd.internal.desk.Views.WorkView;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /api/webacd/offers}: answering them. */
@Component(service = OffersResource.class)
@RestPath(rest_path = "/webacd/offers")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "WebACD: work")
@SecurityRequirement(name = "agent")
public final class OffersResource {
    private static final String GONE =
            "`offer-gone`: a colleague was faster, it has expired, or the customer has left.";

    private final AgentDesk desk;

    @Activate
    public OffersResource(@Reference AgentDesk desk) {
        this.desk = desk;
    }

    @POST
    @Path("{id}/accept")
    @Operation(
            summary = "Accept an offer",
            description = "Of several who are asked the first has it. A repeat by that agent gets the same answer.")
    @ApiResponse(responseCode = "409", description = GONE + " `session-ended`: the session has ended meanwhile.")
    public WorkView accept(@Context Call call, @PathParam("id") String id) {
        return desk.accept(call.agent(), Uuids.needed(id), call.commandId());
    }

    @POST
    @Path("{id}/decline")
    @Operation(
            summary = "Decline an offer",
            description = "The customer keeps the first waiting time, and the next agent is asked.")
    @ApiResponse(responseCode = "409", description = GONE)
    public void decline(@Context Call call, @PathParam("id") String id) {
        desk.decline(call.agent(), Uuids.needed(id), call.commandId());
    }
}
