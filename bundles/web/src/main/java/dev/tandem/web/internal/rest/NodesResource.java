package dev.tandem.web.internal.rest;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Leases;
import dev.tandem.journal.Node;
import dev.tandem.journal.Nodes;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;
import dev.tandem.web.internal.admin.Alone;
import dev.tandem.web.internal.admin.Fingerprint;
import dev.tandem.web.internal.admin.HealthChecks;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The nodes that share the database. Administrators of any site may look; those of the default site may also drain. */
@Component(service = NodesResource.class)
@RestPath(rest_path = "/nodes")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Nodes", description = "The nodes that share the database, and how the one that answers is.")
public final class NodesResource {
    private static final Logger LOG = LoggerFactory.getLogger(NodesResource.class);

    /**
     * A living node.
     *
     * @param id of this life of it
     * @param release the version of its journal
     * @param seen when it last said that it lives
     * @param leases how many it holds
     * @param alone what it does alone for whole sites; of the caller's site only, unless it is the first one
     * @param answers whether it is the one that answers this
     * @param otherSecret whether its {@code etc/tandem.secret} differs from that of the one that answers
     */
    public record One(
            UUID id,
            String name,
            String release,
            Node.State state,
            Instant since,
            Instant seen,
            int leases,
            List<Alone.Duty> alone,
            boolean answers,
            boolean otherSecret) {}

    /** @param mayChange whether who asks may drain: nodes are everybody's */
    public record All(List<One> nodes, boolean mayChange) {}

    /** @param node the name of the one that answers, whose checks these are */
    public record Health(String node, HealthChecks.Status status, List<HealthChecks.Check> checks) {}

    private final Nodes nodes;
    private final Alone alone;
    private final Fingerprint fingerprint;
    private final HealthChecks health;

    @Activate
    public NodesResource(
            @Reference Nodes nodes,
            @Reference Leases leases,
            @Reference Fingerprint fingerprint,
            @Reference HealthChecks health) {
        this.nodes = nodes;
        this.alone = new Alone(leases);
        this.fingerprint = fingerprint;
        this.health = health;
    }

    @GET
    @Operation(
            summary = "All living nodes",
            description = "For administrators of any site. `alone` tells which node does what for which site, such as"
                    + " `router` (gives out its work) and `deadlines`: of all sites for the first site's administrators, of"
                    + " their own for others.")
    @ApiResponse(
            responseCode = "403",
            description = "`administrator-needed`: only an administrator of the site may do this.")
    @SecurityRequirement(name = "agent")
    public All all(@Context Call call) {
        boolean mayChange = call.administrator().site().equals(call.defaultSite());
        var self = nodes.self().id();
        // Whose sites there are is the business of the first one's administrators alone.
        var duties = alone.duties(
                site -> mayChange || site.equals(call.administrator().site()));
        return new All(
                nodes.all().stream()
                        .map(node -> one(
                                node,
                                duties.getOrDefault(node.id(), List.of()),
                                node.id().equals(self)))
                        .toList(),
                mayChange);
    }

    @GET
    @Path("self/health")
    @Operation(
            summary = "How the node that answers is",
            description = "Every check with what it says. `GET /health` tells strangers the one word.")
    @ApiResponse(
            responseCode = "403",
            description = "`administrator-needed`: only an administrator of the site may do this.")
    @SecurityRequirement(name = "agent")
    public Health health(@Context Call call) {
        call.administrator();
        var report = health.report();
        return new Health(nodes.self().name(), report.status(), report.checks());
    }

    /** Draining what drains changes nothing, so a repeat does no harm. */
    @POST
    @Path("{node}/drain")
    @Operation(
            summary = "Drains the node that answers",
            description =
                    "It gives up what it does alone, closes its sockets, so that pages come back at other nodes, and"
                            + " answers 503 `draining` to everything but these requests, until it is resumed or stopped. To be done"
                            + " before a restart. A single node serves nobody then. The node is `self`, or an id or name: behind a"
                            + " proxy another one may answer, which then says so and does nothing.")
    @ApiResponse(responseCode = "403", description = "`home-administrator-needed`: only for the first site's.")
    @ApiResponse(responseCode = "409", description = "`other-node`: another node has answered. Try again.")
    @SecurityRequirement(name = "agent")
    public All drain(@PathParam("node") String node, @Context Call call) {
        return change(node, call, "drained", Nodes::drain);
    }

    @POST
    @Path("{node}/resume")
    @Operation(
            summary = "Lets the node that answers take part again",
            description = "Undoes draining. The node is `self`, or an id or name, as for draining.")
    @ApiResponse(responseCode = "403", description = "`home-administrator-needed`: only for the first site's.")
    @ApiResponse(responseCode = "409", description = "`other-node`: another node has answered. Try again.")
    @SecurityRequirement(name = "agent")
    public All resume(@PathParam("node") String node, @Context Call call) {
        return change(node, call, "resumed", Nodes::resume);
    }

    private All change(String node, Call call, String what, Consumer<Nodes> change) {
        if (!call.administrator().site().equals(call.defaultSite())) {
            throw new ProblemException(new Problem(
                    403, "home-administrator-needed", "Only an administrator of the first site may change this node."));
        }
        var self = nodes.self();
        if (!List.of("self", self.name(), self.id().toString()).contains(node)) {
            throw new ProblemException(
                    new Problem(409, "other-node", "This is node " + self.name() + ". Try again to reach the other."));
        }
        LOG.info("Node {} is {} by {}", self.name(), what, call.caller().actor());
        change.accept(nodes);
        return all(call);
    }

    private One one(Node node, List<Alone.Duty> duties, boolean answers) {
        return new One(
                node.id(),
                node.name(),
                node.release(),
                node.state(),
                node.since(),
                node.seen(),
                node.leases(),
                duties,
                answers,
                fingerprint.differs(node));
    }
}
