package dev.tandem.session.rest;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tandem.platform.Agent;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.internal.InvitationDesk;
import dev.tandem.session.internal.InvitationView;
import dev.tandem.session.internal.Views.AgentView;
import dev.tandem.session.internal.invite.Texts;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The invitations of one session, below its path. */
@Component(service = InvitationsResource.class)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions")
public final class InvitationsResource {
    private final InvitationDesk desk;

    @Activate
    public InvitationsResource(@Reference InvitationDesk desk) {
        this.desk = desk;
    }

    /** What is typed into the mail window. */
    public record NewInvitation(
            @Schema(
                            description = "Who is invited.",
                            allowableValues = {"CUSTOMER", "AGENT"})
                    String role,
            @Schema(description = "One mail address; empty, with `own`, for a link to hand over by another way.")
                    String address,
            @Schema(description = "Whether the agent's own mail program sends it, as it is if nothing is said.")
                    Optional<Boolean> own,
            @Schema(description = "Of the words: en, fr, it or nl; else that of the agent's page.")
                    Optional<String> language) {}

    /** @param mailto a draft with address, subject and text (RFC 6068) */
    public record Draft(String mailto) {}

    /** The invitation, and what the agent's own mail program is to open. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Invited(InvitationView invitation, Optional<Draft> draft) {
        static Invited of(InvitationDesk.Made made) {
            return new Invited(made.invitation(), made.draft().map(Draft::new));
        }
    }

    @POST
    @Operation(
            summary = "Invite one person",
            description =
                    "By the server's mail, or with `own` by a draft for the agent's own mail program; then the server sends nothing. The link lets one person in, and is dead with the session.")
    @ApiResponse(
            responseCode = "201",
            description = "Invited; how it goes on stands in the session's `invitations`.",
            content = @Content(schema = @Schema(implementation = Invited.class)))
    @ApiResponse(
            responseCode = "400",
            description = "`bad-address`: this is no mail address. `one-address`: there are several.")
    @ApiResponse(responseCode = "403", description = "`not-controller`: only the agent in control can do this.")
    @ApiResponse(
            responseCode = "409",
            description =
                    "`mail-not-configured`: this server sends no mail. `too-many-invitations`: a session has at most 20. `too-many-customers`: the agent helps as many as are allowed. `session-ended`: it has ended.")
    @ApiResponse(
            responseCode = "429",
            description = "`too-many-invitations`: ten a minute are the most; `Retry-After` says when to try again.")
    @SecurityRequirement(name = "agent")
    public Response invite(@Context Call call, @PathParam("id") String session, NewInvitation body) {
        var wish = new InvitationDesk.Wish(
                role(Bodies.required(body, NewInvitation::role, "role")),
                Bodies.required(body, NewInvitation::address, "address"),
                body.own().orElse(true),
                body.language()
                        .map(InvitationsResource::language)
                        .orElse(call.language().getLanguage()),
                call.publicUrl());
        return created(desk.invite(call.agent(), Ids.of(session), wish, call.commandId()));
    }

    @POST
    @Path("{invitation}/again")
    @Operation(
            summary = "Send an invitation again",
            description =
                    "What failed or is uncertain goes once more under its own Message-ID. A draft is only made again.")
    @ApiResponse(
            responseCode = "201",
            description = "It is on its way.",
            content = @Content(schema = @Schema(implementation = Invited.class)))
    @ApiResponse(responseCode = "403", description = "`not-controller`: only the agent in control can do this.")
    @ApiResponse(
            responseCode = "409",
            description =
                    "`invitation-withdrawn`: it was withdrawn. `too-many-invitations`: it was sent again five times. `session-ended`: it has ended.")
    @SecurityRequirement(name = "agent")
    public Response again(
            @Context Call call, @PathParam("id") String session, @PathParam("invitation") String invitation) {
        return created(desk.again(call.agent(), Ids.of(session), Ids.of(invitation), call.commandId()));
    }

    @DELETE
    @Path("{invitation}")
    @Operation(summary = "Withdraw an invitation", description = "Its link is dead; who has come by it stays.")
    @ApiResponse(responseCode = "403", description = "`not-controller`: only the agent in control can do this.")
    @ApiResponse(responseCode = "409", description = "`session-ended`: it has ended.")
    @SecurityRequirement(name = "agent")
    public InvitationView withdraw(
            @Context Call call, @PathParam("id") String session, @PathParam("invitation") String invitation) {
        return desk.withdraw(call.agent(), Ids.of(session), Ids.of(invitation), call.commandId());
    }

    /** The door of assistants hands those on who come by a link. */
    Optional<AgentView> assist(Agent agent, String token, UUID command) {
        return desk.assist(agent, token, command);
    }

    /** Whether it is a link that lets the agent in. */
    boolean admits(Agent agent, String token) {
        return desk.admits(agent, token);
    }

    private static Response created(InvitationDesk.Made made) {
        return Response.status(Response.Status.CREATED).entity(Invited.of(made)).build();
    }

    private static Role role(String word) {
        return Arrays.stream(new Role[] {Role.CUSTOMER, Role.AGENT})
                .filter(role -> role.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.invalid("role", "It is CUSTOMER or AGENT.")));
    }

    private static String language(String tag) {
        if (!Texts.LANGUAGES.contains(tag)) {
            throw new ProblemException(Problem.invalid("language", "It is en, fr, it or nl."));
        }
        return tag;
    }
}
