package dev.tandem.session.rest;

import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.session.internal.AgentOptions;
import dev.tandem.session.internal.AgentOptions.Effective;
import dev.tandem.web.Call;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** One session or several, and how many customers (W4, W15, W16). The agent's own; what an administrator sets is another. */
@Component(service = OptionsResource.class)
@RestPath(rest_path = "/sessions/options")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions")
public final class OptionsResource {
    private final AgentOptions options;

    @Activate
    public OptionsResource(@Reference AgentOptions options) {
        this.options = options;
    }

    public record Choice(String mode) {}

    @GET
    @Operation(summary = "One session or several, and how many customers", description = "What holds for the agent.")
    @SecurityRequirement(name = "agent")
    public Effective mine(@Context Call call) {
        var agent = call.agent();
        return options.of(agent.site(), agent.id());
    }

    @PUT
    @Operation(summary = "Choose the mode", description = "SINGLE or MULTI, where the agent may choose.")
    @ApiResponse(responseCode = "403", description = "`mode-fixed`: the administration has decided this.")
    @SecurityRequirement(name = "agent")
    public Effective choose(@Context Call call, Choice body) {
        var agent = call.agent();
        var mode = AgentsResource.mode(Bodies.required(body, Choice::mode, "mode"));
        options.choose(agent.site(), agent.id(), mode, call.commandId()).orElseThrow(ProblemException::refused);
        return mine(call);
    }
}
