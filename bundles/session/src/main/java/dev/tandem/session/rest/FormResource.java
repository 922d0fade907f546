package dev.tandem.session.rest;

import java.util.Optional;
import javax.ws.rs.Consumes;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.session.internal.NoteDesk;
import dev.tandem.web.AttemptLimiter;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Where customers say how it was. Their tokens are dead by then; a key from the ended session's last view opens it once. */
@Component(service = FormResource.class)
@RestPath(rest_path = "/form")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions")
public final class FormResource {
    private static final int BEST = 5;

    private final AttemptLimiter limiter;
    private final NoteDesk desk;

    @Activate
    public FormResource(@Reference AttemptLimiter limiter, @Reference NoteDesk desk) {
        this.limiter = limiter;
        this.desk = desk;
    }

    /** @param rating 1 (bad) to 5 (good) */
    public record Given(String key, Optional<Integer> rating, Optional<String> comment) {}

    @POST
    @Operation(
            summary = "Give the form after a session",
            description =
                    "With the key that a customer's view of the ended session carries, where the site asks for opinions: once,"
                            + " within an hour. Rating 1 to 5, comment of at most 1,000 characters, either may be left out.")
    @ApiResponse(
            responseCode = "403",
            description = "`form-refused`: the key does not admit to a form, is too old, or was used already.")
    @ApiResponse(
            responseCode = "429",
            description =
                    "`too-many-attempts`: this address has failed too often; `Retry-After` says when to try again.")
    @SecurityRequirement(name = "anyone")
    public void give(@Context Call call, Given body) {
        var key = Bodies.required(body, Given::key, "key");
        if (body.rating().filter(n -> n < 1 || n > BEST).isPresent()) {
            throw new ProblemException(Problem.invalid("rating", "A rating is 1 to " + BEST + "."));
        }
        var comment = Bodies.text(body.comment().orElse(""), NoteDesk.LONGEST_COMMENT, "comment");
        var command = call.commandId();
        limiter.attempt(
                        call.defaultSite(),
                        "form",
                        call.address(),
                        () -> desk.give(key, body.rating(), comment, command))
                .orElseThrow(() -> new ProblemException(new Problem(
                        403, "form-refused", "This key does not admit to a form, or it was given already.")));
    }
}
