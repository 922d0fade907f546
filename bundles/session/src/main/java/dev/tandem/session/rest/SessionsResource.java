package dev.tandem.session.rest;

import java.util.List;
import java.util.UUID;
import javax.ws.rs.Consumes;
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
import dev.tandem.session.internal.CustomerDesk;
import dev.tandem.session.internal.OneAtATime;
import dev.tandem.session.internal.SeatDesk;
import dev.tandem.session.internal.SessionDesk;
import dev.tandem.session.internal.Uuids;
import dev.tandem.session.internal.Views;
import dev.tandem.session.internal.Views.AgentView;
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
    private final Views views;
    private final SeatDesk seats;
    private final ConsentsResource consents;
    private final NotesResource notes;

    @Activate
    public SessionsResource(
            @Reference SessionDesk agents,
            @Reference CustomerDesk customers,
            @Reference Views views,
            @Reference SeatDesk seats,
            @Reference ConsentsResource consents,
            @Reference NotesResource notes) {
        this.agents = agents;
        this.customers = customers;
        this.views = views;
        this.seats = seats;
        this.consents = consents;
        this.notes = notes;
    }

    public record Start(String interaction) {}

    public record Page(String page) {}

    public record Name(String name) {}

    public record Sessions(List<AgentView> sessions) {}

    public record Sent(boolean sent) {}

    @POST
    @Operation(
            summary = "Start a session",
            description =
                    "For an interaction that the agent has taken. While a session of that agent lives for it, that one is answered.")
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

    /** Notes and outcome, a resource of its own. */
    @Path("{id}/notes")
    public NotesResource notes() {
        return notes;
    }

    @GET
    @Operation(summary = "The agent's living sessions of an interaction")
    @SecurityRequirement(name = "agent")
    public Sessions living(@Context Call call, @QueryParam("interaction") String interaction) {
        var agent = call.agent();
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
    @ApiResponse(responseCode = "409", description = "`seat-taken-over`: the place was taken over on another device.")
    public Views.View session(@Context Call call, @PathParam("id") String id) {
        return views.of(call.caller(), session(id));
    }

    @POST
    @Path("{id}/leave")
    @Operation(
            summary = "Leave",
            description = "The others go on. The last agent who leaves starts the grace, after which the session ends.")
    @ApiResponse(
            responseCode = "200",
            description = "The agent has left; the view afterwards.",
            content = @Content(schema = @Schema(implementation = AgentView.class)))
    @ApiResponse(responseCode = "204", description = "The customer has left; the token is dead.")
    @ApiResponse(responseCode = "409", description = "`session-ended`: it has ended.")
    public Response leave(@Context Call call, @PathParam("id") String id) {
        if (call.caller() instanceof Caller.OfCustomer customer) {
            customers.leave(customer, session(id), call.commandId());
            return Response.noContent().build();
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
                    "`session-ended`: it has ended. `single-session`: the agent has one session at once and another one lives.")
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
                    "Sent by a page on its way out. If the same page does not come back within 5 seconds, the controller's closing ends the session.")
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
        return customers.rename(customer, session(id), name, call.commandId());
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
