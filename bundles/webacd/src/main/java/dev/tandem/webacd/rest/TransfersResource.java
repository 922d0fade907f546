package dev.tandem.webacd.rest;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.transfer.Targets;
import dev.tandem.webacd.internal.transfer.Targets.TargetsView;
import dev.tandem.webacd.internal.transfer.Transfers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /api/webacd/transfers}: handing a session over. */
@Component(service = TransfersResource.class)
@RestPath(rest_path = "/webacd/transfers")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "WebACD: work")
@SecurityRequirement(name = "agent")
public final class TransfersResource {
    private final Transfers transfers;
    private final Targets targets;

    @Activate
    public TransfersResource(@Reference Transfers transfers, @Reference Targets targets) {
        this.transfers = transfers;
        this.targets = targets;
    }

    /**
     * To whom a session goes.
     *
     * @param queue one queue's id; exactly one of this and agents
     * @param agents ids of agents, of whom the first to accept has it
     * @param reason for whoever is asked, at most 345 characters
     */
    public record Transfer(
            UUID session,
            @Schema(type = "string", format = "uuid") Optional<JsonNode> queue,
            Optional<List<String>> agents,
            Optional<String> reason) {
        public Transfer {
            agents = agents.map(List::copyOf);
        }
    }

    /** The item that stands for it. */
    public record Transferred(UUID item) {}

    @POST
    @Operation(
            summary = "Hand a session over and leave it",
            description = "To one queue or to agents of WebACD. The customer stays and waits; a call ends.")
    @ApiResponse(
            responseCode = "201",
            description = "Handed over.",
            content = @Content(schema = @Schema(implementation = Transferred.class)))
    @ApiResponse(
            responseCode = "400",
            description =
                    "`target-needed`, `target-both`, `two-queues`: exactly one queue, or agents. `reason-too-long`:"
                            + " how many characters it has is told.")
    @ApiResponse(
            responseCode = "403",
            description = "`not-webacd-agent`, `not-controller`: who may not hand this session over.")
    @ApiResponse(responseCode = "404", description = "`unknown-agent`: there is no such agent of WebACD.")
    @ApiResponse(
            responseCode = "409",
            description =
                    "`queue-closed`, `queue-full`: it takes nothing now. `no-customer`: nobody would wait. `session-ended`.")
    public Response transfer(@Context Call call, Transfer body) {
        call.agent();
        if (body == null || body.session() == null) {
            throw new ProblemException(Problem.invalid("session", "This field is needed."));
        }
        var item = transfers.transfer(
                (Caller.OfAgent) call.caller(),
                body.session(),
                body.queue().filter(node -> !node.isNull()).map(TransfersResource::queue),
                Transfers.agents(body.agents().orElse(List.of())),
                body.reason().orElse("").strip(),
                call.language(),
                call.commandId());
        return Response.status(Response.Status.CREATED)
                .entity(new Transferred(item.value()))
                .build();
    }

    private static QueueId queue(JsonNode sent) {
        if (sent.isArray()) {
            throw new ProblemException(new Problem(
                    400, "two-queues", "A session goes to one queue.", Optional.of("queue"), Optional.empty()));
        }
        return Uuids.parse(sent.asText())
                .map(QueueId::new)
                .orElseThrow(() -> new ProblemException(Problem.invalid("queue", "A queue's id is needed.")));
    }

    @GET
    @Path("targets")
    @Operation(summary = "To whom a session can go", description = "Queues and agents, with what is so just now.")
    public TargetsView targets(@Context Call call) {
        return targets.of(call.agent());
    }
}
