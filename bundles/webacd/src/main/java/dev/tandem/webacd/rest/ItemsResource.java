package dev.tandem.webacd.rest;

import java.util.Optional;
import java.util.UUID;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.desk.AgentDesk;
import dev.tandem.webacd.internal.desk.MyViews;
import dev.tandem.webacd.internal.desk.Views.Explanations;
import dev.tandem.webacd.internal.desk.Views.MyView;
import dev.tandem.webacd.internal.desk.Views.WaitingList;
import dev.tandem.webacd.internal.desk.Views.WorkView;
import dev.tandem.webacd.internal.router.Routers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /api/webacd/items}: what waits, picking it, finishing it, and why it was offered to whom. */
@Component(service = ItemsResource.class)
@RestPath(rest_path = "/webacd/items")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "WebACD: work")
@SecurityRequirement(name = "agent")
public final class ItemsResource {
    private final AgentDesk desk;
    private final MyViews views;
    private final Routers routers;

    @Activate
    public ItemsResource(@Reference AgentDesk desk, @Reference MyViews views, @Reference Routers routers) {
        this.desk = desk;
        this.views = views;
        this.routers = routers;
    }

    @GET
    @Operation(
            summary = "Who waits in a queue",
            description =
                    "For its agents, if they may pick from it, supervisors and administrators; who is next first.")
    public WaitingList waiting(@Context Call call, @QueryParam("queue") String queue) {
        var agent = call.agent();
        UUID of = Optional.ofNullable(queue)
                .flatMap(Uuids::parse)
                .orElseThrow(() -> new ProblemException(Problem.invalid("queue", "Say of which queue.")));
        return new WaitingList(views.waiting(agent, of));
    }

    @POST
    @Path("{id}/pick")
    @Operation(
            summary = "Take what waits",
            description = "From a queue that lets its agents pick. The router says within moments whether.")
    @ApiResponse(
            responseCode = "409",
            description =
                    "`not-waiting`, `pick-taken`: a colleague was faster. `pick-not-allowed`, `pick-not-in-queue`,"
                            + " `pick-offline`, `pick-full`: the agent may not.")
    @ApiResponse(responseCode = "503", description = "`router-busy`: nobody can say now.")
    public WorkView pick(@Context Call call, @PathParam("id") String id) {
        return desk.pick(call.agent(), Uuids.needed(id), call.commandId());
    }

    @POST
    @Path("{id}/finish")
    @Operation(summary = "End the wrap-up", description = "By who had the work; otherwise it ends by itself.")
    @ApiResponse(responseCode = "409", description = "`not-wrap-up`: the work itself is not over yet.")
    public MyView finish(@Context Call call, @PathParam("id") String id) {
        return desk.finishWrapUp(call.agent(), Uuids.needed(id), call.commandId());
    }

    @GET
    @Path("{id}/explanations")
    @Operation(
            summary = "Why it was offered to whom",
            description = "Every round of offers with the agents who were considered, the values that counted and the"
                    + " reason of each. For supervisors, administrators, and agents who were offered it.")
    public Explanations explanations(@Context Call call, @PathParam("id") String id) {
        var agent = call.agent();
        var item = new WorkItemId(Uuids.needed(id));
        return views.explanations(agent, item, routers.explain(agent.site(), item));
    }
}
