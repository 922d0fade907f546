package dev.tandem.webacd.rest;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
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

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;
import dev.tandem.webacd.internal.config.AgentConfig;
import dev.tandem.webacd.internal.config.ConfigDesk;
import dev.tandem.webacd.internal.config.Routing;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Agents whom WebACD gives work: how much, whether, for which queues (WX6). */
@Component(service = AgentsResource.class)
@RestPath(rest_path = "/webacd/agents")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "WebACD")
public final class AgentsResource {
    private final ConfigDesk desk;

    @Activate
    public AgentsResource(@Reference ConfigDesk desk) {
        this.desk = desk;
    }

    /** The agents of whom something is said, or who work for a queue. */
    public record AgentList(List<AgentView> agents) {}

    /** An agent. */
    public record AgentView(
            String agent,
            String name,
            @Schema(description = "The most offers, items and wrap-ups at once.") int capacity,
            @Schema(description = "Whether new work is given.") boolean inbound,
            @Schema(description = "Each with its level, 1 to 10.") Map<String, Integer> skills,
            List<OfQueue> queues,
            @Schema(description = "Whether something is said of the agent, or a queue has them.") boolean webacd) {}

    /** A queue that an agent works for. */
    public record OfQueue(String queue, String slug, @Schema(description = "1 comes first.") int rank) {}

    /** What is said of an agent. */
    public record Said(
            @Schema(description = "1 to 20.") int capacity, boolean inbound, Optional<Map<String, Integer>> skills) {
        public Said {
            skills = skills.map(Map::copyOf);
        }
    }

    @GET
    @Operation(summary = "The agents of WebACD", description = "By name. For supervisors and administrators.")
    @ApiResponse(responseCode = "403", description = "`supervisor-needed`: not for every agent.")
    @SecurityRequirement(name = "agent")
    public AgentList agents(
            @Context Call call,
            @Parameter(description = "true: the platform's other agents too, each with what would hold.")
                    @QueryParam("everybody")
                    String everybody) {
        var site = Doors.reader(call);
        var routing = desk.routing(site);
        var others = "true".equals(everybody) ? desk.others(site) : Map.<AgentId, AgentConfig>of();
        return new AgentList(Stream.of(routing.agents(), others)
                .flatMap(some -> some.entrySet().stream())
                .map(agent -> view(site, routing, agent.getKey(), agent.getValue()))
                .sorted(Comparator.comparing(AgentView::name).thenComparing(AgentView::agent))
                .toList());
    }

    @GET
    @Path("{agent}")
    @Operation(summary = "An agent of WebACD")
    @ApiResponse(responseCode = "403", description = "`supervisor-needed`: not for every agent.")
    @SecurityRequirement(name = "agent")
    public AgentView agent(@Context Call call, @PathParam("agent") String agent) {
        return view(Doors.reader(call), agent);
    }

    @PUT
    @Path("{agent}")
    @Operation(
            summary = "Say how much an agent does",
            description = "Capacity 1 to 20; queues stand with the queues, each with its members.")
    @ApiResponse(responseCode = "400", description = "`invalid`, `skill-unknown`: with the field.")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`: only an administrator may do this.")
    @SecurityRequirement(name = "agent")
    public AgentView say(@Context Call call, @PathParam("agent") String agent, Said body) {
        var by = Doors.writer(call);
        var said = Doors.needed(body);
        var config =
                new AgentConfig(said.capacity(), said.inbound(), said.skills().orElse(Map.of()));
        Doors.run(() -> desk.agent(by, agent, config, Optional.empty()));
        return view(by.site(), agent);
    }

    @DELETE
    @Path("{agent}")
    @Operation(summary = "Take an agent out of WebACD", description = "Out of every queue too.")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`: only an administrator may do this.")
    @SecurityRequirement(name = "agent")
    public void remove(@Context Call call, @PathParam("agent") String agent) {
        var by = Doors.writer(call);
        Doors.run(() -> desk.removeAgent(by, agent));
    }

    private AgentView view(SiteId site, String agent) {
        var routing = desk.routing(site);
        try {
            var id = new AgentId(agent);
            return Optional.ofNullable(routing.agents().get(id))
                    .map(config -> view(site, routing, id, config))
                    .orElseThrow(() -> new ProblemException(Problem.unknown()));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.unknown());
        }
    }

    private AgentView view(SiteId site, Routing routing, AgentId agent, AgentConfig config) {
        var queues = routing.queuesOf(agent).entrySet().stream()
                .map(of -> new OfQueue(
                        of.getKey().toString(),
                        routing.queue(of.getKey()).orElseThrow().config().slug(),
                        of.getValue()))
                .toList();
        return new AgentView(
                agent.value(),
                desk.name(site, agent),
                config.capacity(),
                config.inbound(),
                config.skills(),
                queues,
                routing.agents().containsKey(agent));
    }
}
