package dev.tandem.session.rest;

import java.util.UUID;
import javax.ws.rs.Consumes;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.session.internal.ViewerDesk;
import dev.tandem.session.internal.Views;
import dev.tandem.web.AttemptLimiter;
import dev.tandem.web.Call;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/**
 * The one door for outside viewers. Whatever does not admit gets the same answer, and counts for the limit. A link that is
 * alive admits in any case: behind one address there may be a whole company, in which somebody tries a dead one again and again.
 */
@Component(service = ViewResource.class)
@RestPath(rest_path = "/view")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions", description = "Sessions of remote support: seats, PINs, participants.")
public final class ViewResource {
    private final AttemptLimiter limiter;
    private final ViewerDesk viewers;
    private final Views views;

    @Activate
    public ViewResource(@Reference AttemptLimiter limiter, @Reference ViewerDesk viewers, @Reference Views views) {
        this.limiter = limiter;
        this.viewers = viewers;
        this.views = views;
    }

    /** @param token the last part of the link */
    public record Open(String token) {}

    public record Opened(String token, UUID session, UUID participant, Views.View view) {}

    @POST
    @Operation(
            summary = "Open a link for outside viewers",
            description =
                    "The answer's token lets its holder see the session and get tickets for `live` and for the media"
                            + " channel of the screen, and nothing else. Opening the link again gives the same one.")
    @ApiResponse(responseCode = "403", description = "`link-refused`: this link does not lead to a session.")
    @ApiResponse(
            responseCode = "429",
            description =
                    "`too-many-attempts`: this address has failed too often; `Retry-After` says when to try again. A link that"
                            + " is alive is never answered so.")
    @SecurityRequirement(name = "anyone")
    public Opened open(@Context Call call, Open body) {
        var token = Bodies.required(body, Open::token, "token");
        var command = call.commandId();
        var admitted = viewers.knows(token)
                ? viewers.open(token, command)
                : limiter.attempt(call.defaultSite(), "view", call.address(), () -> viewers.open(token, command));
        return admitted.map(this::opened).orElseThrow(() -> new ProblemException(Views.LINK_REFUSED));
    }

    private Opened opened(ViewerDesk.Admitted admitted) {
        var viewer = admitted.viewer();
        return new Opened(admitted.token(), viewer.session(), viewer.participant(), views.of(viewer, viewer.session()));
    }
}
