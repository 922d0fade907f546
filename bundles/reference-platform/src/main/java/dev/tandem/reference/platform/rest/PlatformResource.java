package dev.tandem.reference.platform.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.ws.rs.Consumes;
import javax.ws.rs.CookieParam;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.Interaction;
import dev.tandem.platform.SiteId;
import dev.tandem.reference.platform.internal.Accounts;
import dev.tandem.reference.platform.internal.Desk;
import dev.tandem.reference.platform.internal.SignIn;
import dev.tandem.reference.platform.internal.Views;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeIn;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The platform's own REST paths, below {@code /api/platform}. */
@Component(service = PlatformResource.class)
@RestPath(rest_path = "/platform")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(
        name = "Reference platform",
        description = "A small contact-center platform to try Tandem on; yours has its own paths.")
@SecurityScheme(
        name = "agent-basic",
        type = SecuritySchemeType.HTTP,
        scheme = "basic",
        description = "An agent's user name and password, for programs.")
@SecurityScheme(
        name = "agent-cookie",
        type = SecuritySchemeType.APIKEY,
        in = SecuritySchemeIn.COOKIE,
        paramName = SignIn.COOKIE,
        description = "Set by signing in, for pages.")
public final class PlatformResource {
    private static final String NOT_WRITTEN =
            "`interaction-ended`: it is over. `not-a-chat`: nobody writes in a call. `chat-full`: it holds no more.";

    private static final Set<String> REASONS = Set.of("", "break", "lunch", "meeting", "paperwork");
    private static final int LONGEST_PASSWORD = 256;
    private static final int MOST_NEW_AGENTS = 50;

    private final SignIn signIn;
    private final Accounts accounts;
    private final Desk desk;
    private final Views views;

    @Activate
    public PlatformResource(
            @Reference SignIn signIn, @Reference Accounts accounts, @Reference Desk desk, @Reference Views views) {
        this.signIn = signIn;
        this.accounts = accounts;
        this.desk = desk;
        this.views = views;
    }

    record SignInBody(String user, String password) {
        @Override
        public String toString() {
            return "SignInBody[" + user + "]";
        }
    }

    record SignedInBody(boolean signedIn) {}

    record PresenceBody(String status, Optional<String> reason) {}

    /** @param administrators names among the agents who are administrators too */
    record SiteBody(String site, List<String> agents, Optional<List<String>> administrators) {}

    /** @param text the customer's first words in a chat */
    record SimulateBody(Interaction.Kind kind, Optional<String> customer, Optional<String> text) {}

    record TextBody(String text) {}

    record NewAgent(String user, String password, String name) {}

    record NewSite(String site, List<NewAgent> agents) {}

    record InteractionList(List<Views.InteractionView> interactions) {}

    @POST
    @Path("sign-in")
    @Operation(summary = "Sign in")
    @ApiResponse(
            responseCode = "200",
            description = "Signed in; the cookie is set.",
            content = @Content(schema = @Schema(implementation = Views.DesktopView.class)))
    @ApiResponse(responseCode = "401", description = "`sign-in-refused`: the user name or the password is not right.")
    @ApiResponse(responseCode = "429", description = "`too-many-attempts`: this address has failed too often.")
    @SecurityRequirement(name = "anyone")
    public Response signIn(@Context Call call, @CookieParam(SignIn.COOKIE) String before, SignInBody sent) {
        var body = Fields.body(sent);
        var user = Fields.text("user", body.user(), 100).strip();
        var password = Fields.text("password", body.password(), LONGEST_PASSWORD);
        var signedIn = signIn.signIn(user, password, call.address())
                .orElseThrow(() -> new ProblemException(
                        new Problem(401, "sign-in-refused", "The user name or the password is not right.")));
        if (before != null) {
            signIn.signOut(before);
        }
        return Response.ok(views.desktop(signedIn.agent()))
                .header(HttpHeaders.SET_COOKIE, cookie(call, signedIn.token(), SignIn.HOLDS.toSeconds()))
                .build();
    }

    @GET
    @Path("sign-in")
    @Operation(summary = "Whether somebody is signed in", description = "An answer to anybody, and never an error.")
    public SignedInBody isSignedIn(@Context Call call) {
        return new SignedInBody(call.caller() instanceof Caller.OfAgent);
    }

    @POST
    @Path("sign-out")
    @Operation(summary = "Sign out")
    @ApiResponse(responseCode = "204", description = "Signed out.")
    @SecurityRequirement(name = "anyone")
    public Response signOut(@Context Call call, @CookieParam(SignIn.COOKIE) String token) {
        if (token != null) {
            signIn.signOut(token);
        }
        return Response.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie(call, "", 0))
                .build();
    }

    @GET
    @Path("me")
    @Operation(summary = "The agent's whole desktop")
    @SecurityRequirement(name = "agent")
    public Views.DesktopView me(@Context Call call) {
        return views.desktop(call.agent());
    }

    @PUT
    @Path("presence")
    @Operation(
            summary = "Choose presence",
            description = "AVAILABLE, or AWAY with a reason: break, lunch, meeting, paperwork.")
    @SecurityRequirement(name = "agent")
    public Views.PresenceView presence(@Context Call call, PresenceBody sent) {
        var agent = call.agent();
        var body = Fields.body(sent);
        if (!Set.of("AVAILABLE", "AWAY").contains(Fields.text("status", body.status(), 20))) {
            throw Fields.invalid("status", "It is AVAILABLE or AWAY.");
        }
        var reason = body.reason().orElse("");
        if (!REASONS.contains(reason) || body.status().equals("AVAILABLE") && !reason.isEmpty()) {
            throw Fields.invalid("reason", "It is break, lunch, meeting or paperwork, and only for AWAY.");
        }
        return desk.choose(agent, call.commandId(), body.status(), reason);
    }

    /** Makes a site with its agents. The passwords are told here and nowhere else. */
    @POST
    @Path("sites")
    @Operation(summary = "Make a site with its agents", description = "The passwords are told here and nowhere else.")
    @ApiResponse(
            responseCode = "201",
            description = "Made.",
            content = @Content(schema = @Schema(implementation = NewSite.class)))
    @ApiResponse(
            responseCode = "403",
            description =
                    "`administrator-needed`, `home-administrator-needed`: sites are made by an administrator of the first one.")
    @ApiResponse(responseCode = "409", description = "`agent-exists`: there is an agent of that name.")
    @SecurityRequirement(name = "agent")
    public Response site(@Context Call call, SiteBody sent) {
        var administrator = call.administrator();
        if (!administrator.site().equals(SignIn.HOME)) {
            throw new ProblemException(new Problem(
                    403, "home-administrator-needed", "Sites are made by an administrator of the first one."));
        }
        var body = Fields.body(sent);
        var site = site(body.site());
        if (body.agents() == null || body.agents().isEmpty() || body.agents().size() > MOST_NEW_AGENTS) {
            throw Fields.invalid("agents", "It lists 1 to " + MOST_NEW_AGENTS + " names.");
        }
        var administrators = body.administrators().orElse(List.of());
        var people = new ArrayList<Accounts.Person>();
        for (int i = 0; i < body.agents().size(); i++) {
            var name = Fields.name("agents[" + i + "]", body.agents().get(i));
            people.add(new Accounts.Person(name, administrators.contains(name)));
        }
        var made = accounts
                .make(
                        site,
                        people,
                        i -> new ProblemException(new Problem(
                                409,
                                "agent-exists",
                                "There is an agent of that name, or no user name can be made of it.",
                                Optional.of("agents[" + i + "]"),
                                Optional.empty())))
                .stream()
                .map(one -> new NewAgent(one.user(), one.password(), one.agent().name()))
                .toList();
        return created(new NewSite(site.value(), made));
    }

    @POST
    @Path("simulate")
    @Operation(summary = "Let a call or chat come in")
    @ApiResponse(
            responseCode = "201",
            description = "It rings, or waits.",
            content = @Content(schema = @Schema(implementation = Desk.Simulated.class)))
    @SecurityRequirement(name = "agent")
    public Response simulate(@Context Call call, SimulateBody sent) {
        var agent = call.agent();
        var body = Fields.body(sent);
        if (body.kind() == null) {
            throw Fields.invalid("kind", "It is CALL or CHAT.");
        }
        if (body.text().isPresent() && body.kind() == Interaction.Kind.CALL) {
            throw Fields.invalid("text", "Only a chat begins with a text.");
        }
        return created(desk.simulate(
                agent,
                body.kind(),
                body.customer().map(name -> Fields.name("customer", name)),
                body.text().map(text -> Fields.text("text", text, Fields.LONGEST_MESSAGE)),
                call.commandId()));
    }

    @GET
    @Path("interactions")
    @Operation(summary = "Interactions that ring for the agent or are theirs")
    @SecurityRequirement(name = "agent")
    public InteractionList interactions(@Context Call call) {
        return new InteractionList(views.list(call.agent()));
    }

    @GET
    @Path("interactions/{id}")
    @Operation(summary = "One interaction with the customer's earlier ones")
    @SecurityRequirement(name = "agent")
    public Views.DetailView interaction(@Context Call call, @PathParam("id") String id) {
        return views.detail(call.agent(), Fields.interaction(id)).orElseThrow(Desk::unknown);
    }

    @POST
    @Path("interactions/{id}/accept")
    @Operation(summary = "Take an interaction")
    @ApiResponse(
            responseCode = "409",
            description = "`interaction-ended`: it is over. `interaction-taken`: a colleague has taken it.")
    @SecurityRequirement(name = "agent")
    public Views.InteractionView accept(@Context Call call, @PathParam("id") String id) {
        return desk.accept(call.agent(), Fields.interaction(id), call.commandId());
    }

    @POST
    @Path("interactions/{id}/end")
    @Operation(summary = "End an interaction")
    @ApiResponse(responseCode = "409", description = "`interaction-not-taken`: it rings for colleagues too.")
    @SecurityRequirement(name = "agent")
    public Views.InteractionView end(@Context Call call, @PathParam("id") String id) {
        return desk.end(call.agent(), Fields.interaction(id), call.commandId());
    }

    @GET
    @Path("interactions/{id}/messages")
    @Operation(summary = "Messages of an interaction's chat after a number")
    @SecurityRequirement(name = "agent")
    public Views.MessagesView messages(
            @Context Call call, @PathParam("id") String id, @QueryParam("after") @DefaultValue("0") String after) {
        return views.messages(call.agent(), Fields.interaction(id), Fields.number("after", after))
                .orElseThrow(Desk::unknown);
    }

    @POST
    @Path("interactions/{id}/messages")
    @Operation(summary = "Write to the customer")
    @ApiResponse(
            responseCode = "201",
            description = "Written.",
            content = @Content(schema = @Schema(implementation = Views.MessageView.class)))
    @ApiResponse(responseCode = "409", description = NOT_WRITTEN)
    @SecurityRequirement(name = "agent")
    public Response say(@Context Call call, @PathParam("id") String id, TextBody sent) {
        var agent = call.agent();
        var text = Fields.text("text", Fields.body(sent).text(), Fields.LONGEST_MESSAGE);
        return created(desk.say(agent, Fields.interaction(id), text, call.commandId()));
    }

    @GET
    @Path("visitor/{token}")
    @Operation(summary = "The chat as the simulated customer sees it")
    @SecurityRequirement(name = "anyone")
    public Views.VisitView visit(
            @PathParam("token") String token, @QueryParam("after") @DefaultValue("0") String after) {
        return desk.visit(token, Fields.number("after", after));
    }

    @POST
    @Path("visitor/{token}")
    @Operation(summary = "Write as the simulated customer")
    @ApiResponse(
            responseCode = "201",
            description = "Written.",
            content = @Content(schema = @Schema(implementation = Views.MessageView.class)))
    @ApiResponse(responseCode = "409", description = NOT_WRITTEN)
    @SecurityRequirement(name = "anyone")
    public Response sayAsVisitor(@Context Call call, @PathParam("token") String token, TextBody sent) {
        var text = Fields.text("text", Fields.body(sent).text(), Fields.LONGEST_MESSAGE);
        return created(desk.sayAsVisitor(token, text, call.commandId()));
    }

    @POST
    @Path("visitor/{token}/leave")
    @Operation(summary = "The simulated customer leaves")
    @SecurityRequirement(name = "anyone")
    public void leave(@Context Call call, @PathParam("token") String token) {
        desk.leave(token, call.commandId());
    }

    private static SiteId site(String sent) {
        try {
            return new SiteId(Fields.text("site", sent, 40));
        } catch (IllegalArgumentException noSite) {
            throw Fields.invalid("site", "It is 1 to 40 lower-case letters, digits and inner hyphens.");
        }
    }

    private static Response created(Object body) {
        return Response.status(Response.Status.CREATED).entity(body).build();
    }

    private static String cookie(Call call, String value, long seconds) {
        return SignIn.COOKIE + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
                + (call.secure() ? "; Secure" : "");
    }
}
