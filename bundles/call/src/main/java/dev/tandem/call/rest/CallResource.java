package dev.tandem.call.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tandem.call.Calls;
import dev.tandem.call.internal.CallDesk;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession.Running;
import dev.tandem.session.SupportSessions;
import dev.tandem.session.SupportSessions.Membership;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The call of a session, for those who are in the session. It is joined over the media socket, not by REST. */
@Component(service = CallResource.class)
@RestPath(rest_path = "/call")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Call", description = "Voice and video between the people of a session.")
public final class CallResource {
    private final SupportSessions sessions;
    private final CallDesk desk;

    @Activate
    public CallResource(@Reference SupportSessions sessions, @Reference CallDesk desk) {
        this.sessions = sessions;
        this.desk = desk;
    }

    /**
     * A call.
     *
     * @param by who started it
     * @param peers pages in it, as far as the node that answers knows
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record State(boolean running, Optional<UUID> by, Optional<Instant> since, List<PeerView> peers) {}

    public record PeerView(long id, UUID participant, boolean audio, boolean video) {
        static PeerView of(Calls.Party peer) {
            return new PeerView(peer.id(), peer.participant().value(), peer.audio(), peer.video());
        }
    }

    @GET
    @Path("{session}")
    @Operation(summary = "The call of the session")
    public State get(@Context Call call, @PathParam("session") UUID session) {
        return state(sessions.membership(call.caller(), new SessionId(session)));
    }

    @POST
    @Path("{session}/stop")
    @Operation(summary = "End the call for everybody", description = "By the agent in control, or by who started it.")
    @ApiResponse(responseCode = "403", description = "`not-yours`: neither in control nor the one who started it.")
    public State stop(@Context Call call, @PathParam("session") UUID session) {
        var in = sessions.membership(call.caller(), new SessionId(session));
        var me = in.participant();
        boolean controls = me.role() == Role.AGENT && in.session().controls(me.id());
        var running = in.session().activity(desk.name());
        if (running.filter(r -> !r.by().equals(me.id())).isPresent() && !controls) {
            throw new ProblemException(
                    new Problem(403, "not-yours", "Only the agent in control, or who started it, can end the call."));
        }
        sessions.stop(
                        in.session().site(),
                        in.session().id(),
                        desk.name(),
                        call.caller().actor(),
                        call.commandId())
                .orElseThrow(ProblemException::refused);
        return state(sessions.membership(call.caller(), new SessionId(session)));
    }

    private State state(Membership in) {
        var running = in.session().activity(desk.name());
        var peers = desk.ongoing(in.session().site(), in.session().id())
                .map(Calls.Ongoing::peers)
                .orElse(List.of());
        return new State(
                running.isPresent(),
                running.map(r -> r.by().value()),
                running.map(Running::since),
                peers.stream().map(PeerView::of).toList());
    }
}
