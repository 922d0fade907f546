package dev.tandem.webacd.rest;

import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.web.Call;
import dev.tandem.web.RestPath;
import dev.tandem.webacd.internal.desk.AgentDesk;
import dev.tandem.webacd.internal.desk.MyViews;
import dev.tandem.webacd.internal.desk.Views.MyView;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /api/webacd/me}: the agent's offers and work. */
@Component(service = MyWorkResource.class)
@RestPath(rest_path = "/webacd/me")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "WebACD: work", description = "Offers and work of agents, transfers, and why something was offered.")
@SecurityRequirement(name = "agent")
public final class MyWorkResource {
    private final MyViews views;
    private final AgentDesk desk;

    @Activate
    public MyWorkResource(@Reference MyViews views, @Reference AgentDesk desk) {
        this.views = views;
        this.desk = desk;
    }

    @GET
    @Operation(
            summary = "The agent's offers, work, load and queues",
            description = "The live channel tells of changes under `topic`, and under webacd/me.")
    public MyView me(@Context Call call) {
        return views.me(call.agent());
    }

    @POST
    @Path("back")
    @Operation(
            summary = "Be there again",
            description = "After an offer has passed without an answer. Choosing to be available does the same.")
    public MyView back(@Context Call call) {
        return desk.back(call.agent());
    }
}
