package dev.tandem.webacd.rest;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Ids;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;
import dev.tandem.webacd.internal.simulator.Recorded;
import dev.tandem.webacd.internal.simulator.Request;
import dev.tandem.webacd.internal.simulator.SimulationView;
import dev.tandem.webacd.internal.simulator.Simulations;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /api/webacd/simulations}: recorded or made-up traffic with other rules, agents or hours, in virtual time. */
@Component(service = SimulationsResource.class)
@RestPath(rest_path = "/webacd/simulations")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "WebACD: simulator")
@SecurityRequirement(name = "agent")
public final class SimulationsResource {
    private static final String ADMINISTRATORS = "`administrator-needed`: only an administrator may do this.";

    private final Simulations simulations;
    private final Clock clock;

    @Activate
    public SimulationsResource(@Reference Simulations simulations, @Reference Clock clock) {
        this.simulations = simulations;
        this.clock = clock;
    }

    /** Simulations, the latest first, without what came of them. */
    public record All(List<SimulationView> simulations) {}

    @POST
    @Operation(
            summary = "Simulate",
            description =
                    "Runs on this node, once those before it are over. The live channel tells of its progress under"
                            + " webacd/simulations. Nothing is routed.")
    @ApiResponse(responseCode = "201", description = "It waits or runs.")
    @ApiResponse(
            responseCode = "400",
            description = "`invalid` and those of queues, agents and rules, with the field, such as"
                    + " scenarios[1].queues.ID.offerSeconds. `too-many-items`: at most 2,000,000; a time is at most 62"
                    + " days.")
    @ApiResponse(responseCode = "403", description = ADMINISTRATORS)
    @ApiResponse(
            responseCode = "409",
            description = "`too-many-simulations`: 4 of the site wait or run. `no-draft`: there are no rules to try.")
    public Response begin(@Context Call call, Request body) {
        var agent = call.administrator();
        var request = Doors.needed(body);
        var begun = Doors.get(() -> simulations.begin(
                agent.site(), Ids.derived(call.commandId(), "webacd.simulation"), agent.name(), request));
        return Response.status(Response.Status.CREATED).entity(begun).build();
    }

    @GET
    @Operation(
            summary = "The latest simulations",
            description = "Of this node, which keeps the 8 latest of a site until it stops; without what came of them.")
    @ApiResponse(responseCode = "403", description = ADMINISTRATORS)
    public All all(@Context Call call) {
        return new All(simulations.all(call.administrator().site()));
    }

    @GET
    @Path("traffic")
    @Operation(
            summary = "What was recorded",
            description = "In the words of made-up traffic, so that this can be made up like it. At most 62 days.")
    @ApiResponse(responseCode = "400", description = "`invalid`: with the field.")
    @ApiResponse(responseCode = "403", description = ADMINISTRATORS)
    public Recorded.Summary traffic(
            @Context Call call,
            @QueryParam("from") @Schema(description = "An instant; a day before `to` if missing.") String from,
            @QueryParam("to") @Schema(description = "An instant; now if missing.") String to) {
        var site = call.administrator().site();
        var end = Times.parse("to", to).orElseGet(clock::instant);
        var begin = Times.parse("from", from).orElse(end.minus(Duration.ofDays(1)));
        return Doors.get(() -> simulations.recorded(site, begin, end));
    }

    @GET
    @Path("{simulation}")
    @Operation(summary = "A simulation", description = "With what came of the scenarios that are done.")
    @ApiResponse(responseCode = "403", description = ADMINISTRATORS)
    public SimulationView one(@Context Call call, @PathParam("simulation") String simulation) {
        return simulations
                .find(call.administrator().site(), Uuids.needed(simulation))
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
    }

    @DELETE
    @Path("{simulation}")
    @Operation(
            summary = "End or forget a simulation",
            description = "One that waits or runs ends; one that is over goes.")
    @ApiResponse(responseCode = "403", description = ADMINISTRATORS)
    public void end(@Context Call call, @PathParam("simulation") String simulation) {
        if (!simulations.end(call.administrator().site(), Uuids.needed(simulation))) {
            throw new ProblemException(Problem.unknown());
        }
    }
}
