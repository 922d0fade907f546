package dev.tandem.session.rest;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.InteractionId;
import dev.tandem.session.internal.ClientUrls;
import dev.tandem.session.internal.ControlDesk;
import dev.tandem.session.internal.CustomerDesk;
import dev.tandem.session.internal.OneAtATime;
import dev.tandem.session.internal.SeatDesk;
import dev.tandem.session.internal.SessionDesk;
import dev.tandem.session.internal.Uuids;
import dev.tandem.session.internal.ViewerDesk;
import dev.tandem.session.internal.Views;
import dev.tandem.session.internal.Views.AgentView;
import dev.tandem.web.AttemptLimiter;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Sessions by REST. */
@Component(service = SessionsResource.class)
@RestPath(rest_path = "/sessions")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions", description = "Sessions of remote support: seats, PINs, participants.")
public final class SessionsResource {
    private final SessionDesk agents;
    private final CustomerDesk customers;
    private final ControlDesk control;
    private final ViewerDesk viewers;
    private final AttemptLimiter limiter;
    private final Views views;
    private final SeatDesk seats;
    private final ConsentsResource consents;
    private final NotesResource notes;
    private final InvitationsResource invitations;

    @Activate
    public SessionsResource(
            @Reference SessionDesk agents,
            @Reference CustomerDesk customers,
            @Reference ControlDesk control,
            @Reference ViewerDesk viewers,
            @Reference AttemptLimiter limiter,
            @Reference Views views,
            @Reference SeatDesk seats,
            @Reference ConsentsResource consents,
            @Reference NotesResource notes,
            @Reference InvitationsResource invitations) {
        this.agents = agents;
        this.customers = customers;
        this.control = control;
        this.viewers = viewers;
        this.limiter = limiter;
        this.views = views;
        this.seats = seats;
        this.consents = consents;
        this.notes = notes;
        this.invitations = invitations;
    }

    private static final Problem NUMBER_REFUSED =
            new Problem(403, "number-refused", "This does not admit to a session.");

    public record Start(String interaction) {}

    public record Page(String page) {}

    /** What a customer gets along. */
    public record Farewell(@Schema(description = "Key of the form to fill in, for `POST /api/form`.") String form) {}

    public record Name(String name) {}

    /** One of them. */
    public record Assist(Optional<String> number, Optional<String> invitation) {}

    /** @param epoch the control epoch that the page knows */
    public record Pass(UUID to, Long epoch) {}

    public record Who(UUID participant) {}

    public record Expert(Optional<String> name) {}

    public record Sessions(List<AgentView> sessions) {}

    public record Sent(boolean sent) {}

    @POST
    @Operation(
            summary = "Start a session",
            description =
                    "For an interaction that the agent has taken. While a session of that agent lives for it, that one is answered."
                            + " The agent needs a page on it: the desktop's tab, or a socket of /live that has subscribed to"
                            + " `session/{id}`. Who has none for some ten seconds counts as lost, and the session ends"
                            + " after the site's grace.")
    @ApiResponse(
            responseCode = "201",
            description = "Started.",
            content = @Content(schema = @Schema(implementation = AgentView.class)))
    @ApiResponse(
            responseCode = "200",
            description = "It lives already.",
            content = @Content(schema = @Schema(implementation = AgentView.class)))
    @ApiResponse(responseCode = "404", description = "`unknown`: the interaction is not this agent's.")
    @ApiResponse(
            responseCode = "409",
            description =
                    "`interaction-not-active`: this call or chat is not under way. `session-exists`: a colleague's session lives on it. `single-session`: the agent has one session at once and has another one; `session` is its id.")
    @ApiResponse(responseCode = "503", description = "`platform-away`: the contact center is not there just now.")
    @SecurityRequirement(name = "agent")
    public Response start(@Context Call call, Start body) {
        var interaction = interaction(Bodies.required(body, Start::interaction, "interaction"));
        try {
            var opened = agents.open(call.agent(), interaction, clientUrl(call), call.commandId());
            return Response.status(opened.fresh() ? 201 : 200)
                    .entity(opened.view())
                    .build();
        } catch (OneAtATime e) {
            return SingleSession.response(e.session());
        }
    }

    @POST
    @Path("{id}/seats")
    @Operation(summary = "One more customer's seat", description = "With a PIN and URL of its own. By the controller.")
    @ApiResponse(
            responseCode = "201",
            description = "Opened.",
            content = @Content(schema = @Schema(implementation = AgentView.class)))
    @ApiResponse(responseCode = "403", description = "`not-controller`: only the agent in control can do this.")
    @ApiResponse(
            responseCode = "409",
            description =
                    "`too-many-customers`: the agent helps as many as are allowed. `session-ended`: it has ended.")
    @SecurityRequirement(name = "agent")
    public Response seat(@Context Call call, @PathParam("id") String id) {
        var view = seats.more(call.agent(), session(id), call.commandId());
        return Response.status(201).entity(view).build();
    }

    /** Consents, a resource of its own. */
    @Path("{id}/consents")
    public ConsentsResource consents() {
        return consents;
    }

    /** Invitations, a resource of its own. */
    @Path("{id}/invitations")
    public InvitationsResource invitations() {
        return invitations;
    }

    /** Notes and outcome, a resource of its own. */
    @Path("{id}/notes")
    public NotesResource notes() {
        return notes;
    }

    @GET
    @Operation(
            summary = "The agent's living sessions",
            description = "Of an interaction: the own ones. With `mine`: all in which the agent is, assisted ones too.")
    @SecurityRequirement(name = "agent")
    public Sessions living(
            @Context Call call, @QueryParam("interaction") String interaction, @QueryParam("mine") boolean mine) {
        var agent = call.agent();
        if (mine) {
            return new Sessions(control.mine(agent));
        }
        if (interaction == null) {
            throw new ProblemException(Problem.invalid("interaction", "Say which interaction's sessions."));
        }
        return new Sessions(agents.living(agent, interaction(interaction)));
    }

    @GET
    @Path("{id}")
    @Operation(
            summary = "A session as the caller sees it",
            description =
                    "Agents see an ended session of theirs for another day. Customers see neither its number nor its PINs.")
    @ApiResponse(
            responseCode = "200",
            description = "An agent's view or a customer's.",
            content = @Content(schema = @Schema(implementation = Views.View.class)))
    @ApiResponse(
            responseCode = "409",
            description =
                    "`seat-taken-over`: the place was taken over on another device. `handed-over`: the agent has handed it over.")
    public Views.View session(@Context Call call, @PathParam("id") String id) {
        return views.of(call.caller(), session(id));
    }

    @POST
    @Path("assist")
    @Operation(
            summary = "Come into a colleague's session to assist",
            description = "By its number or an invitation. Every failure looks the same and takes the same time.")
    @ApiResponse(responseCode = "403", description = "`number-refused`: this does not admit to a session.")
    @ApiResponse(
            responseCode = "429",
            description =
                    "`too-many-attempts`: this address has failed too often; `Retry-After` says when to try again. An"
                            + " invitation that is alive is never answered so.")
    @SecurityRequirement(name = "agent")
    public AgentView assist(@Context Call call, Assist body) {
        var agent = call.agent();
        if (body == null || body.number().isPresent() == body.invitation().isPresent()) {
            throw new ProblemException(Problem.invalid("number", "Say the number of a session, or an invitation."));
        }
        var command = call.commandId();
        Supplier<Optional<AgentView>> attempt = () -> body.number()
                .flatMap(number -> control.assist(agent, number, command))
                .or(() -> body.invitation().flatMap(token -> invitations.assist(agent, token, command)));
        // Others at the same address may have failed too often; a living link cannot be guessed, so it is none of that.
        boolean living = body.invitation()
                .filter(token -> invitations.admits(agent, token))
                .isPresent();
        return (living ? attempt.get() : limiter.attempt(agent.site(), "number", call.address(), attempt))
                .orElseThrow(() -> new ProblemException(NUMBER_REFUSED));
    }

    @POST
    @Path("{id}/control")
    @Operation(
            summary = "Pass control to an assistant",
            description = "Ends every activity but a call. Handing back is the same, by the new controller.")
    @ApiResponse(responseCode = "403", description = "`not-controller`: only the agent in control can do this.")
    @ApiResponse(
            responseCode = "409",
            description =
                    "`control-passed`: the epoch is not that of now. `not-assistant`: that one does not assist now."
                            + " `session-ended`: it has ended.")
    @SecurityRequirement(name = "agent")
    public AgentView pass(@Context Call call, @PathParam("id") String id, Pass body) {
        var to = Bodies.needed(body, Pass::to, "to");
        var epoch = Bodies.needed(body, Pass::epoch, "epoch");
        return control.pass(call.agent(), session(id), to, epoch, call.commandId());
    }

    @POST
    @Path("{id}/control/accept")
    @Operation(
            summary = "Take control",
            description = "When the controller is lost, and the caller, or everybody, is offered control.")
    @ApiResponse(
            responseCode = "409",
            description =
                    "`not-offered`: control is not offered to the caller, or no longer. `session-ended`: it has ended.")
    @SecurityRequirement(name = "agent")
    public AgentView accept(@Context Call call, @PathParam("id") String id) {
        return control.accept(call.agent(), session(id), call.commandId());
    }

    @POST
    @Path("{id}/control/decline")
    @Operation(summary = "Do not take control", description = "The next assistant is asked.")
    @ApiResponse(
            responseCode = "409",
            description =
                    "`not-offered`: control is not offered to the caller, or no longer. `session-ended`: it has ended.")
    @SecurityRequirement(name = "agent")
    public AgentView decline(@Context Call call, @PathParam("id") String id) {
        return control.decline(call.agent(), session(id), call.commandId());
    }

    @POST
    @Path("{id}/assisted")
    @Operation(
            summary = "Turn to another customer",
            description = "Ends what was going on with the one before, sharing above all.")
    @ApiResponse(responseCode = "403", description = "`not-controller`: only the agent in control can do this.")
    @ApiResponse(
            responseCode = "409",
            description = "`not-present`: that customer is not in the session. `session-ended`: it has ended.")
    @SecurityRequirement(name = "agent")
    public AgentView select(@Context Call call, @PathParam("id") String id, Who body) {
        var customer = Bodies.needed(body, Who::participant, "participant");
        return control.select(call.agent(), session(id), customer, call.commandId());
    }

    @POST
    @Path("{id}/participants/{participant}/remove")
    @Operation(
            summary = "Put a participant out",
            description = "A customer's PIN lets nobody in any more, a viewer's link is dead.")
    @ApiResponse(responseCode = "403", description = "`not-controller`: only the agent in control can do this.")
    @ApiResponse(
            responseCode = "409",
            description = "`not-present`: that one is not in the session. `session-ended`: it has ended.")
    @SecurityRequirement(name = "agent")
    public AgentView remove(
            @Context Call call, @PathParam("id") String id, @PathParam("participant") String participant) {
        return control.remove(call.agent(), session(id), session(participant), call.commandId());
    }

    @POST
    @Path("{id}/viewers")
    @Operation(
            summary = "Make a link for an outside viewer",
            description = "Whoever opens it sees who is there and what is shared, and can do nothing.")
    @ApiResponse(
            responseCode = "201",
            description = "Made; it is among the `viewers`.",
            content = @Content(schema = @Schema(implementation = AgentView.class)))
    @ApiResponse(responseCode = "403", description = "`not-controller`: only the agent in control can do this.")
    @ApiResponse(
            responseCode = "409",
            description = "`too-many-viewers`: there are 20 already. `session-ended`: it has ended.")
    @SecurityRequirement(name = "agent")
    public Response inviteViewer(@Context Call call, @PathParam("id") String id, Expert body) {
        var name = Optional.ofNullable(body)
                .flatMap(Expert::name)
                .filter(typed -> !typed.isBlank())
                .map(typed -> Bodies.name(typed, ViewerDesk.LONGEST_NAME));
        var view = viewers.invite(call.agent(), session(id), name, call.language(), call.publicUrl(), call.commandId());
        return Response.status(201).entity(view).build();
    }

    @DELETE
    @Path("{id}/viewers/{viewer}")
    @Operation(summary = "Make a viewer's link dead", description = "Who came by it is out at once.")
    @ApiResponse(responseCode = "403", description = "`not-controller`: only the agent in control can do this.")
    @ApiResponse(responseCode = "409", description = "`session-ended`: it has ended.")
    @SecurityRequirement(name = "agent")
    public AgentView revokeViewer(@Context Call call, @PathParam("id") String id, @PathParam("viewer") String viewer) {
        return viewers.revoke(call.agent(), session(id), session(viewer), call.commandId());
    }

    @POST
    @Path("{id}/leave")
    @Operation(
            summary = "Leave",
            description = "The others go on. The last agent who leaves starts the grace, after which the session ends.")
    @ApiResponse(
            responseCode = "200",
            description =
                    "The agent has left: the view afterwards. Or the customer, whose token is dead, and whom the site asks for"
                            + " an opinion.",
            content = @Content(schema = @Schema(oneOf = {AgentView.class, Farewell.class})))
    @ApiResponse(
            responseCode = "204",
            description = "The customer has left, and is asked for nothing; the token is dead.")
    @ApiResponse(
            responseCode = "409",
            description =
                    "`session-ended`: it has ended. `control-first`: pass control to a colleague or end the session.")
    public Response leave(@Context Call call, @PathParam("id") String id) {
        if (call.caller() instanceof Caller.OfCustomer customer) {
            return customers
                    .leave(customer, session(id), call.commandId())
                    .map(key -> Response.ok(new Farewell(key)))
                    .orElseGet(Response::noContent)
                    .build();
        }
        return Response.ok(agents.leave(call.agent(), session(id), call.commandId()))
                .build();
    }

    @POST
    @Path("{id}/return")
    @Operation(summary = "Come back after leaving")
    @ApiResponse(
            responseCode = "409",
            description =
                    "`session-ended`: it has ended. `handed-over`: the agent has handed it over. `single-session`: the agent has one session at once and another one lives.")
    @SecurityRequirement(name = "agent")
    public AgentView comeBack(@Context Call call, @PathParam("id") String id) {
        return agents.comeBack(call.agent(), session(id), call.commandId());
    }

    @POST
    @Path("{id}/end")
    @Operation(summary = "End for everybody")
    @ApiResponse(responseCode = "403", description = "`not-controller`: only the agent in control can do this.")
    @SecurityRequirement(name = "agent")
    public AgentView end(@Context Call call, @PathParam("id") String id) {
        return agents.end(call.agent(), session(id), call.commandId());
    }

    @POST
    @Path("{id}/renew")
    @Operation(
            summary = "Start new",
            description =
                    "Ends this session and starts a fresh one for the same interaction, with a PIN and URL of its own.")
    @ApiResponse(
            responseCode = "201",
            description = "The fresh session.",
            content = @Content(schema = @Schema(implementation = AgentView.class)))
    @ApiResponse(responseCode = "403", description = "`not-controller`: only the agent in control can do this.")
    @ApiResponse(responseCode = "409", description = "`interaction-not-active`: this call or chat is not under way.")
    @SecurityRequirement(name = "agent")
    public Response renew(@Context Call call, @PathParam("id") String id) {
        var view = agents.renew(call.agent(), session(id), clientUrl(call), call.commandId());
        return Response.status(201).entity(view).build();
    }

    @POST
    @Path("{id}/send-link")
    @Operation(
            summary = "Send the client link into the interaction's chat",
            description = "In the language of the agent's page.")
    @ApiResponse(
            responseCode = "409",
            description = "`not-a-chat`: the link can be sent only into a chat. `interaction-not-active`: it is over.")
    @ApiResponse(responseCode = "503", description = "`platform-away`: the contact center is not there just now.")
    @SecurityRequirement(name = "agent")
    public Sent sendLink(@Context Call call, @PathParam("id") String id) {
        agents.sendLink(call.agent(), session(id), call.language(), call.commandId());
        return new Sent(true);
    }

    /** Sent by a page on its way out. */
    @POST
    @Path("{id}/closing")
    @Operation(
            summary = "A page is closing",
            description =
                    "Sent by a page on its way out. If the same page does not come back within 5 seconds, the controller's closing ends the session, and an assistant's leaves it.")
    public void closing(@Context Call call, @PathParam("id") String id, Page body) {
        var page = Uuids.parse(Bodies.required(body, Page::page, "page"))
                .orElseThrow(() -> new ProblemException(Problem.invalid("page", "A page's id is a UUID.")));
        if (call.caller() instanceof Caller.OfCustomer customer) {
            customers.closing(customer, session(id), page);
        } else {
            agents.closing(call.agent(), session(id), page, call.commandId());
        }
    }

    @PUT
    @Path("{id}/me")
    @Operation(summary = "Say a name", description = "A customer's own; 1 to 60 characters.")
    @ApiResponse(responseCode = "409", description = "`session-ended`: it has ended.")
    @SecurityRequirement(name = "customer")
    public Views.View rename(@Context Call call, @PathParam("id") String id, Name body) {
        if (!(call.caller() instanceof Caller.OfCustomer customer)) {
            // An agent's name is the platform's; whoever is nobody is told to sign in.
            call.agent();
            throw new ProblemException(Problem.unknown());
        }
        var name = Bodies.name(Bodies.required(body, Name::name, "name"), CustomerDesk.LONGEST_NAME);
        return customers.rename(customer, session(id), name, call.language(), call.commandId());
    }

    private static String clientUrl(Call call) {
        return ClientUrls.before(call.publicUrl(), call.agent().site(), call.defaultSite());
    }

    private static InteractionId interaction(String value) {
        try {
            return new InteractionId(value);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid("interaction", e.getMessage() + "."));
        }
    }

    private static UUID session(String id) {
        return Uuids.parse(id).orElseThrow(() -> new ProblemException(Problem.unknown()));
    }
}
