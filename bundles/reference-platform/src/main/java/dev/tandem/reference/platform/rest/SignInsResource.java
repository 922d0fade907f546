package dev.tandem.reference.platform.rest;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.ws.rs.Consumes;
import javax.ws.rs.CookieParam;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.reference.platform.internal.SignIn;
import dev.tandem.reference.platform.internal.SignIns;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Who may sign in at a site: for its administrators, and for no others. */
@Component(service = SignInsResource.class)
@RestPath(rest_path = "/platform/sign-ins")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Sign-ins", description = "Who may sign in at a site of the reference platform.")
public final class SignInsResource {
    private static final int LONGEST_USER = 40;
    private static final String USER = "[a-z0-9]+(?:[._-][a-z0-9]+)*";

    private final SignIns signIns;

    @Activate
    public SignInsResource(@Reference SignIns signIns) {
        this.signIns = signIns;
    }

    /**
     * @param agent the agent's id, which the paths below take
     * @param user what to type when signing in
     * @param signedIn in how many browsers
     * @param yours whether it is who asks
     */
    record One(
            String agent,
            String user,
            String name,
            List<String> roles,
            String presence,
            String reason,
            int signedIn,
            boolean yours) {
        static One of(SignIns.One one, Agent by) {
            return new One(
                    one.agent().id().value(),
                    one.user(),
                    one.agent().name(),
                    one.agent().roles().stream().map(Enum::name).sorted().toList(),
                    one.presence().status(),
                    one.presence().reason(),
                    one.open(),
                    one.agent().id().equals(by.id()));
        }
    }

    /** @param writable whether they can be changed here */
    record All(List<One> signIns, boolean writable) {}

    /** @param password told here and nowhere else */
    record Made(One signIn, String password) {
        static Made of(SignIns.Made made, Agent by) {
            return new Made(One.of(made.one(), by), made.password());
        }

        @Override
        public String toString() {
            return "Made[" + signIn.user() + "]";
        }
    }

    /** @param user what to sign in with; made of the name if it is missing */
    record AddBody(String name, Optional<String> user, Optional<List<String>> roles) {}

    record RolesBody(List<String> roles) {}

    @GET
    @Operation(summary = "All sign-ins of the site")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`")
    @SecurityRequirement(name = "agent")
    public All all(@Context Call call) {
        var by = call.administrator();
        return new All(
                signIns.of(by.site()).stream().map(one -> One.of(one, by)).toList(), signIns.writable());
    }

    @POST
    @Operation(
            summary = "Add a sign-in",
            description = "The password is made and told in the answer, nowhere else. A repeat with the same"
                    + " Idempotency-Key gets the same answer.")
    @ApiResponse(responseCode = "400", description = "`invalid`, with the field.")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`")
    @ApiResponse(responseCode = "409", description = "`agent-exists`; `sign-ins-elsewhere`")
    @SecurityRequirement(name = "agent")
    public Response add(@Context Call call, AddBody sent) {
        var by = call.administrator();
        var body = Fields.body(sent);
        var name = Fields.name("name", body.name());
        var user = body.user()
                .map(text -> Fields.text("user", text, LONGEST_USER))
                .map(text -> {
                    if (!text.matches(USER)) {
                        throw Fields.invalid(
                                "user", "It is lower-case letters and digits, with single . _ or - between them.");
                    }
                    return text;
                });
        var person = new SignIns.Person(name, user, roles(body.roles().orElse(List.of())));
        var made =
                signIns.add(by.site(), person, call.commandId(), call.caller().actor());
        return Response.status(Response.Status.CREATED)
                .entity(Made.of(made, by))
                .build();
    }

    @POST
    @Path("{agent}/password")
    @Operation(
            summary = "Make a new password",
            description = "It is told in the answer, nowhere else. It ends the agent's open sign-ins, but not the one"
                    + " by which it was asked for.")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`")
    @ApiResponse(responseCode = "404", description = "`unknown`: no sign-in of this site.")
    @SecurityRequirement(name = "agent")
    public Made newPassword(
            @Context Call call, @PathParam("agent") String agent, @CookieParam(SignIn.COOKIE) String token) {
        var by = call.administrator();
        var made = signIns.newPassword(
                by.site(),
                id(agent),
                Optional.ofNullable(token),
                call.commandId(),
                call.caller().actor());
        return Made.of(made, by);
    }

    @PUT
    @Path("{agent}/roles")
    @Operation(summary = "Say what an agent may do", description = "AGENT, SUPERVISOR, ADMINISTRATOR; AGENT always.")
    @ApiResponse(responseCode = "400", description = "`invalid`, with the field.")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`")
    @ApiResponse(responseCode = "404", description = "`unknown`: no sign-in of this site.")
    @ApiResponse(responseCode = "409", description = "`own-administrator`; `last-administrator`")
    @SecurityRequirement(name = "agent")
    public One roles(@Context Call call, @PathParam("agent") String agent, RolesBody sent) {
        var by = call.administrator();
        var wanted = Fields.body(sent).roles();
        if (wanted == null) {
            throw Fields.invalid("roles", "It is a list of roles.");
        }
        return One.of(signIns.roles(by, id(agent), roles(wanted)), by);
    }

    @DELETE
    @Path("{agent}")
    @Operation(summary = "Remove a sign-in", description = "The agent is signed out everywhere at once.")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`")
    @ApiResponse(responseCode = "404", description = "`unknown`: no sign-in of this site (any more).")
    @ApiResponse(responseCode = "409", description = "`yourself`; `last-administrator`")
    @SecurityRequirement(name = "agent")
    public void remove(@Context Call call, @PathParam("agent") String agent) {
        signIns.remove(call.administrator(), id(agent));
    }

    private static Set<Agent.Role> roles(List<String> sent) {
        var roles = EnumSet.of(Agent.Role.AGENT);
        for (int i = 0; i < sent.size(); i++) {
            try {
                roles.add(Agent.Role.valueOf(sent.get(i)));
            } catch (IllegalArgumentException | NullPointerException noRole) {
                throw Fields.invalid("roles[" + i + "]", "It is AGENT, SUPERVISOR or ADMINISTRATOR.");
            }
        }
        return roles;
    }

    /** What reads like no agent's id is as unknown as any other. */
    private static AgentId id(String agent) {
        try {
            return new AgentId(agent);
        } catch (IllegalArgumentException noAgent) {
            throw new ProblemException(Problem.unknown());
        }
    }
}
