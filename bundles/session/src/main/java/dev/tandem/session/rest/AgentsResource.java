package dev.tandem.session.rest;

import java.util.Optional;
import java.util.stream.Stream;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tandem.journal.Refusal;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.internal.AgentOptions;
import dev.tandem.session.internal.AgentOptions.Effective;
import dev.tandem.session.internal.Mode;
import dev.tandem.session.internal.PlatformDoor;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What administrators set for single agents (W15, W16). */
@Component(service = AgentsResource.class)
@RestPath(rest_path = "/sessions/agents")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions")
public final class AgentsResource {
    private final AgentOptions options;
    private final PlatformDoor platform;

    @Activate
    public AgentsResource(@Reference AgentOptions options, @Reference PlatformDoor platform) {
        this.options = options;
        this.platform = platform;
    }

    /** Null: as the site says. */
    public record Allowed(Optional<String> mode, Optional<Long> customers) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record AgentsOptions(
            String agent,
            @Schema(description = "What an administrator has set for this agent; null: as the site says.")
                    Optional<Mode> mode,
            @Schema(description = "What an administrator has set for this agent; null: as the site says.")
                    Optional<Long> customers,
            @Schema(description = "What holds for the agent.") Effective effective) {}

    @GET
    @Path("{agent}/options")
    @Operation(summary = "An agent's options")
    @ApiResponse(
            responseCode = "403",
            description = "`administrator-needed`: only an administrator of the site may do this.")
    @SecurityRequirement(name = "agent")
    public AgentsOptions options(@Context Call call, @PathParam("agent") String agent) {
        var site = call.administrator().site();
        return view(site, agent(site, agent));
    }

    @PUT
    @Path("{agent}/options")
    @Operation(
            summary = "Set an agent's options",
            description =
                    "The mode, SINGLE or MULTI, and the largest number of customers, 1 to 50. Null: as the site says.")
    @ApiResponse(
            responseCode = "403",
            description = "`administrator-needed`: only an administrator of the site may do this.")
    @SecurityRequirement(name = "agent")
    public AgentsOptions set(@Context Call call, @PathParam("agent") String agent, Allowed body) {
        var site = call.administrator().site();
        if (body == null) {
            throw new ProblemException(Problem.invalid("mode", "A body is needed."));
        }
        var id = agent(site, agent);
        var mode = body.mode().map(AgentsResource::mode);
        options.allow(
                        site,
                        id,
                        mode,
                        body.customers(),
                        call.commandId(),
                        call.caller().actor())
                .orElseThrow(AgentsResource::refused);
        return view(site, id);
    }

    private AgentsOptions view(SiteId site, AgentId agent) {
        var stored = options.stored(site, agent);
        return new AgentsOptions(agent.value(), stored.fixed(), stored.customers(), options.of(site, agent));
    }

    private AgentId agent(SiteId site, String text) {
        try {
            return platform.agent(site, new AgentId(text)).id();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.unknown());
        }
    }

    /** The number is the one value that can be refused. */
    private static ProblemException refused(Refusal refusal) {
        return refusal.reason() == Refusal.Reason.INVALID
                ? new ProblemException(Problem.invalid("customers", refusal.detail()))
                : ProblemException.refused(refusal);
    }

    static Mode mode(String word) {
        return Stream.of(Mode.values())
                .filter(mode -> mode.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.invalid("mode", "A mode is SINGLE or MULTI.")));
    }
}
