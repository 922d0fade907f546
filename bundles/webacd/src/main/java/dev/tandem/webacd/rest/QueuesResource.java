package dev.tandem.webacd.rest;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tandem.platform.SiteId;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.config.ConfigDesk;
import dev.tandem.webacd.internal.config.QueueForm;
import dev.tandem.webacd.internal.config.Routing;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Queues: what they are, who works for them, when they are open (WX1, WX2, WX4, WX6). */
@Component(service = QueuesResource.class)
@RestPath(rest_path = "/webacd/queues")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "WebACD")
public final class QueuesResource {
    private final ConfigDesk desk;
    private final Clock clock;

    @Activate
    public QueuesResource(@Reference ConfigDesk desk, @Reference Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /** The queues of a site. */
    public record QueueList(
            List<QueueView> queues,
            @Schema(description = "How a queue can choose agents now.") List<String> strategies,
            @Schema(description = "A queue of which nothing is said but its name: what is left out is as here.")
                    QueueForm fresh) {}

    /** A queue. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record QueueView(
            String id,
            @Schema(description = "To be sent along with a change, which is refused if somebody else was faster.")
                    long version,
            boolean open,
            @Schema(description = "When it opens or closes next.") Optional<Instant> changes,
            QueueForm queue) {}

    @GET
    @Operation(summary = "The queues", description = "By name. For supervisors and administrators.")
    @ApiResponse(responseCode = "403", description = "`supervisor-needed`: not for every agent.")
    @SecurityRequirement(name = "agent")
    public QueueList queues(@Context Call call) {
        var routing = desk.routing(Doors.reader(call));
        return new QueueList(
                routing.queues().stream().map(queue -> view(routing, queue)).toList(),
                List.copyOf(desk.strategies()),
                desk.fresh());
    }

    @GET
    @Path("{queue}")
    @Operation(summary = "A queue")
    @ApiResponse(responseCode = "403", description = "`supervisor-needed`: not for every agent.")
    @SecurityRequirement(name = "agent")
    public QueueView queue(@Context Call call, @PathParam("queue") String queue) {
        return view(Doors.reader(call), Doors.queue(queue));
    }

    @POST
    @Operation(
            summary = "Make a queue",
            description = "What is left out is as the node's file etc/dev.tandem.webacd.cfg says.")
    @ApiResponse(
            responseCode = "400",
            description = "`invalid`, `slug-taken`, `queue-unknown`, `skill-unknown`, `agent-unknown`,"
                    + " `strategy-unknown`, `field-type`, `overflow-loop`, `fallback-loop`: with the field.")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`: only an administrator may do this.")
    @SecurityRequirement(name = "agent")
    public QueueView make(@Context Call call, QueueForm body) {
        var by = Doors.writer(call);
        var id = Doors.get(() -> desk.create(by, Doors.needed(body)));
        return view(by.site(), id);
    }

    @PUT
    @Path("{queue}")
    @Operation(summary = "Change a queue", description = "The whole queue, as POST takes it.")
    @ApiResponse(responseCode = "400", description = "As of POST: with the field.")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`: only an administrator may do this.")
    @ApiResponse(
            responseCode = "409",
            description = "`changed-meanwhile`: another version holds. `rules-break`: the rules that hold need what"
                    + " would go.")
    @SecurityRequirement(name = "agent")
    public QueueView change(
            @Context Call call,
            @PathParam("queue") String queue,
            @QueryParam("version") String version,
            QueueForm body) {
        var by = Doors.writer(call);
        var id = Doors.queue(queue);
        Doors.run(() -> desk.change(by, id, Doors.needed(body), Doors.version(version)));
        return view(by.site(), id);
    }

    @DELETE
    @Path("{queue}")
    @Operation(
            summary = "Delete a queue",
            description = "With moveTo, another queue's id, what waits goes there first, with its first waiting time.")
    @ApiResponse(responseCode = "400", description = "`queue-unknown`: moveTo is no other queue.")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`: only an administrator may do this.")
    @ApiResponse(
            responseCode = "409",
            description = "`queue-not-empty`: items are in it. `queue-in-use`: another one overflows into it."
                    + " `queue-is-fallback`. `rules-break`: the rules that hold speak of it.")
    @SecurityRequirement(name = "agent")
    public void remove(@Context Call call, @PathParam("queue") String queue, @QueryParam("moveTo") String moveTo) {
        var by = Doors.writer(call);
        var to = Optional.ofNullable(moveTo).map(QueuesResource::moveTo);
        Doors.run(() -> desk.remove(by, Doors.queue(queue), to));
    }

    private static QueueId moveTo(String id) {
        try {
            return Doors.queue(id);
        } catch (ProblemException e) {
            throw new ProblemException(new Problem(
                    400, "queue-unknown", "There is no such queue.", Optional.of("moveTo"), Optional.empty()));
        }
    }

    private QueueView view(SiteId site, QueueId id) {
        var routing = desk.routing(site);
        return routing.queue(id)
                .map(queue -> view(routing, queue))
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
    }

    private QueueView view(Routing routing, Routing.Queue queue) {
        var now = clock.instant();
        return new QueueView(
                queue.id().toString(),
                queue.version(),
                queue.hours().openAt(now),
                queue.hours().nextChange(now),
                desk.form(routing, queue));
    }
}
