package dev.tandem.webacd.rest;

import java.time.Instant;
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

import dev.tandem.web.Call;
import dev.tandem.web.RestPath;
import dev.tandem.webacd.internal.simulator.RulesDiff;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Rules against those that hold, on what was really asked for. */
@Component(service = RulesDiffResource.class)
@RestPath(rest_path = "/webacd/rules/diff")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "WebACD")
@SecurityRequirement(name = "agent")
public final class RulesDiffResource {
    private final RulesDiff diff;

    @Activate
    public RulesDiffResource(@Reference RulesDiff diff) {
        this.diff = diff;
    }

    /** What is compared on which requests. */
    public record Asked(
            Instant from,
            Instant to,
            @Schema(description = "Which rules; without it the draft.") Optional<String> text) {}

    @POST
    @Operation(
            summary = "Compare rules on recorded requests",
            description =
                    "Who came by an entry is judged by the rules that hold and by the draft, as queues and hours are"
                            + " now, for the time at which they came. Who was forgotten is only counted.")
    @ApiResponse(
            responseCode = "400",
            description = "As of the draft. `too-many-items`: at most 50,000 requests; a time is at most 62 days.")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`: only an administrator may do this.")
    @ApiResponse(responseCode = "409", description = "`no-draft`: there is no draft.")
    public RulesDiff.Diff diff(@Context Call call, Asked body) {
        var site = call.administrator().site();
        var asked = Doors.needed(body);
        return Doors.get(() -> diff.diff(site, asked.from(), asked.to(), asked.text()));
    }
}
