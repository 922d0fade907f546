package org.example.odd.rest;

import javax.ws.rs.Consumes;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.example.odd.internal.CoinTopics;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.session.SupportSessions;
import dev.tandem.web.Call;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The simplest routing there is: whoever asks first has the session. */
@Component(service = RelayResource.class)
@RestPath(rest_path = "/odd-relay")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@Tag(name = "Odd relay", description = "Sessions that change hands by who is first.")
public final class RelayResource {
    private final SupportSessions sessions;

    @Activate
    public RelayResource(@Reference SupportSessions sessions) {
        this.sessions = sessions;
    }

    public record Done(boolean done) {}

    @POST
    @Path("{session}/let-go")
    @Operation(summary = "Hand it over to whoever takes it")
    @ApiResponse(responseCode = "403", description = "`not-controller`: only the agent in control can do this.")
    @ApiResponse(responseCode = "409", description = "`no-customer`: nobody is in it to wait.")
    @SecurityRequirement(name = "agent")
    public Done letGo(@Context Call call, @PathParam("session") String id) {
        var in = sessions.membership(call.caller(), CoinTopics.session(id));
        sessions.handOver(
                        in.session().site(), in.session().id(), in.participant().id(), call.commandId())
                .orElseThrow(ProblemException::refused);
        return new Done(true);
    }

    @POST
    @Path("{session}/catch")
    @Operation(summary = "Take it")
    @ApiResponse(responseCode = "409", description = "`not-waiting`: somebody was first, or nobody has handed it over.")
    @SecurityRequirement(name = "agent")
    public Done take(@Context Call call, @PathParam("session") String id) {
        var agent = call.agent();
        sessions.take(agent.site(), CoinTopics.session(id), agent.id(), agent.name(), call.commandId())
                .orElseThrow(ProblemException::refused);
        return new Done(true);
    }
}
