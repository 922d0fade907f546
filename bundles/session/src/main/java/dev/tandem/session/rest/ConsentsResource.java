package dev.tandem.session.rest;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
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

import dev.tandem.session.internal.ConsentDesk;
import dev.tandem.session.internal.Uuids;
import dev.tandem.session.internal.Views;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Consents of a session by REST, below {@code /sessions/ID/consents}. */
@Component(service = ConsentsResource.class)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Consents", description = "What participants were asked for, and what they have allowed.")
public final class ConsentsResource {
    private static final Pattern CAPABILITY = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private final ConsentDesk desk;

    @Activate
    public ConsentsResource(@Reference ConsentDesk desk) {
        this.desk = desk;
    }

    /** @param participant empty: the customer who is being helped */
    public record Ask(String capability, Optional<String> participant) {}

    /** @param minutes empty: for the session */
    public record Reply(Boolean allow, Optional<Long> minutes) {}

    @POST
    @Operation(
            summary = "Ask a participant for consent",
            description =
                    "By the controller; without a participant, the customer who is being helped. The page asks in plain words."
                            + " While it is asked or allowed already nothing changes. What one asks oneself for is allowed.")
    @ApiResponse(
            responseCode = "403",
            description =
                    "`not-controller`: only the agent in control can do this. `switched-off`: not in this session.")
    @ApiResponse(responseCode = "409", description = "`session-ended`: it has ended.")
    @SecurityRequirement(name = "agent")
    public Views.View ask(@Context Call call, @PathParam("id") String id, Ask body) {
        var capability = Bodies.required(body, Ask::capability, "capability");
        if (!CAPABILITY.matcher(capability).matches()) {
            throw new ProblemException(Problem.invalid(
                    "capability", "A capability is named like screen: letters, digits and hyphens, at most 40."));
        }
        var of = body.participant().map(text -> Uuids.parse(text)
                .orElseThrow(
                        () -> new ProblemException(Problem.invalid("participant", "A participant's id is a UUID."))));
        return desk.ask(new Caller.OfAgent(call.agent()), Ids.of(id), capability, of, call.commandId());
    }

    @POST
    @Path("{consent}")
    @Operation(
            summary = "Answer a question",
            description = "By the participant who was asked: for the session, or for 1 to 1,440 minutes.")
    @ApiResponse(
            responseCode = "409",
            description =
                    "`consent-over`: it has been answered, or nobody asks any more. `session-ended`: it has ended.")
    public Views.View answer(
            @Context Call call, @PathParam("id") String id, @PathParam("consent") String consent, Reply body) {
        if (body == null || body.allow() == null) {
            throw new ProblemException(Problem.invalid("allow", "This field is needed."));
        }
        if (body.minutes()
                .filter(n -> n < 1 || n > ConsentDesk.LONGEST.toMinutes())
                .isPresent()) {
            throw new ProblemException(Problem.invalid(
                    "minutes", "A consent is for 1 to " + ConsentDesk.LONGEST.toMinutes() + " minutes."));
        }
        var lasting = body.minutes().map(Duration::ofMinutes);
        return desk.answer(known(call), Ids.of(id), Ids.of(consent), body.allow(), lasting, call.commandId());
    }

    @DELETE
    @Path("{consent}")
    @Operation(
            summary = "Take a consent back",
            description = "What depends on it stops at once. Who asked can take back a question that waits.")
    @ApiResponse(
            responseCode = "409",
            description = "`consent-over`: not yours any more. `session-ended`: it has ended.")
    public Views.View revoke(@Context Call call, @PathParam("id") String id, @PathParam("consent") String consent) {
        return desk.revoke(known(call), Ids.of(id), Ids.of(consent), call.commandId());
    }

    @DELETE
    @Operation(
            summary = "Take back everything",
            description = "Everything that the caller has allowed; what depends on it stops at once.")
    @ApiResponse(responseCode = "409", description = "`session-ended`: it has ended.")
    public Views.View revokeAll(@Context Call call, @PathParam("id") String id) {
        return desk.revokeAll(known(call), Ids.of(id), call.commandId());
    }

    @GET
    @Operation(
            summary = "The ledger of consents",
            description =
                    "A customer sees their own while in the session; agents who are or were in it and the site's supervisors"
                            + " and administrators see all, also when it is over.")
    public ConsentDesk.Ledger ledger(@Context Call call, @PathParam("id") String id) {
        return desk.ledger(known(call), Ids.of(id));
    }

    /** Whoever is nobody is told to sign in. */
    private static Caller known(Call call) {
        if (call.caller() instanceof Caller.Anonymous) {
            call.agent();
        }
        return call.caller();
    }
}
