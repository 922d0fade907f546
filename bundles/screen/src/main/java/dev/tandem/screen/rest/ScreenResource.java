package dev.tandem.screen.rest;

import java.util.Optional;
import java.util.UUID;
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

import dev.tandem.platform.SiteId;
import dev.tandem.screen.ScreenSharing;
import dev.tandem.screen.ScreenSharing.Counters;
import dev.tandem.screen.ScreenSharing.Shared;
import dev.tandem.screen.ScreenSharing.Traffic;
import dev.tandem.screen.internal.ScreenRelay;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSessions;
import dev.tandem.session.SupportSessions.Membership;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /api/screen}: the assisted customer or the controller starts sharing and stops it, and who is in the session may ask. */
@Component(service = ScreenResource.class)
@RestPath(rest_path = "/screen")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Screen", description = "Sharing of screens. Frames go over media sockets, not by REST.")
public final class ScreenResource {
    private final SupportSessions sessions;
    private final ScreenSharing sharing;
    private final ScreenRelay relay;

    @Activate
    public ScreenResource(
            @Reference SupportSessions sessions, @Reference ScreenSharing sharing, @Reference ScreenRelay relay) {
        this.sessions = sessions;
        this.sharing = sharing;
        this.relay = relay;
    }

    /**
     * What is shared.
     *
     * @param here whether the node that answers relays it; if another one does, the figures are 0
     * @param width pixels, 0 until the first picture
     * @param height pixels, 0 until the first picture
     * @param viewers pages that are watching
     * @param looking those of them that somebody can see
     * @param frames received since sharing started
     * @param bytes of these frames
     * @param dropped frames not handed on because a viewer did not keep up, one for each viewer
     */
    public record State(
            boolean sharing,
            boolean here,
            int width,
            int height,
            int viewers,
            int looking,
            long frames,
            long bytes,
            long dropped) {
        static final State NONE = new State(false, false, 0, 0, 0, 0, 0, 0, 0);

        static State of(Shared shared, Optional<Traffic> traffic) {
            var counters = traffic.map(Traffic::counters);
            return new State(
                    true,
                    traffic.isPresent(),
                    shared.width(),
                    shared.height(),
                    shared.viewers(),
                    traffic.map(Traffic::looking).orElse(0),
                    counters.map(Counters::received).orElse(0L),
                    counters.map(Counters::receivedBytes).orElse(0L),
                    counters.map(Counters::dropped).orElse(0L));
        }
    }

    @GET
    @Path("{session}")
    @Operation(summary = "What is shared now")
    public State get(@Context Call call, @PathParam("session") UUID session) {
        var in = sessions.membership(call.caller(), new SessionId(session));
        return state(in);
    }

    /** The customer, or the controller, shares from now on: the page has the screen and will open its media socket next. */
    @POST
    @Path("{session}/start")
    @Operation(
            summary = "Start to share",
            description = "For the customer who is being helped and for the agent in control. "
                    + "The page has the screen and opens its media socket next.")
    @ApiResponse(
            responseCode = "403",
            description =
                    "`not-assisted`: another customer is being helped. `not-controller`: another agent is in control.")
    @ApiResponse(
            responseCode = "409",
            description = "`session-ended`: it has ended. `activity-running`: another participant shares already.")
    public State start(@Context Call call, @PathParam("session") UUID session) {
        var in = sessions.membership(call.caller(), new SessionId(session));
        SiteId site = call.caller().site();
        sessions.start(
                        site,
                        in.session().id(),
                        relay.name(),
                        in.participant().id(),
                        SupportSession.Scope.CUSTOMER,
                        call.commandId())
                .orElseThrow(ProblemException::refused);
        relay.expectSender(site, in.session().id());
        return state(in);
    }

    /** Stops sharing: the own, or, by the controller, whatever is shared. */
    @POST
    @Path("{session}/stop")
    @Operation(
            summary = "Stop sharing",
            description = "The agent in control stops any screen of the session, others their own.")
    @ApiResponse(
            responseCode = "403",
            description =
                    "`not-yours`: somebody else shares this screen. `not-controller`: another agent is in control.")
    public State stop(@Context Call call, @PathParam("session") UUID session) {
        var in = sessions.membership(call.caller(), new SessionId(session));
        boolean others = in.session()
                .activity(relay.name())
                .filter(running -> !running.by().equals(in.participant().id()))
                .isPresent();
        if (others && in.participant().role() == Role.CUSTOMER) {
            throw new ProblemException(new Problem(403, "not-yours", "Somebody else shares this screen."));
        }
        if (others && !in.session().controls(in.participant().id())) {
            throw new ProblemException(new Problem(403, "not-controller", "Only the agent in control can do this."));
        }
        sessions.stop(
                        call.caller().site(),
                        in.session().id(),
                        relay.name(),
                        call.caller().actor(),
                        call.commandId())
                .orElseThrow(ProblemException::refused);
        return state(in);
    }

    private State state(Membership in) {
        var site = in.session().site();
        var session = in.session().id();
        return sharing.shared(site, session)
                .map(shared -> State.of(shared, sharing.traffic(site, session)))
                .orElse(State.NONE);
    }
}
