package dev.tandem.webacd.rest;

import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.web.Call;
import dev.tandem.web.RestPath;
import dev.tandem.webacd.internal.desk.Monitor;
import dev.tandem.webacd.internal.desk.MonitorView;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /api/webacd/monitor}: queues, agents and offers of this moment. */
@Component(service = MonitorResource.class)
@RestPath(rest_path = "/webacd/monitor")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "WebACD: monitor")
@SecurityRequirement(name = "agent")
public final class MonitorResource {
    private final Monitor monitor;

    @Activate
    public MonitorResource(@Reference Monitor monitor) {
        this.monitor = monitor;
    }

    @GET
    @Operation(
            summary = "Queues, agents and offers now",
            description =
                    "For supervisors and administrators. The live channel shows the same under webacd/monitor, at most"
                            + " once a second.")
    @ApiResponse(responseCode = "403", description = "`supervisor-needed`: not for every agent.")
    public MonitorView now(@Context Call call) {
        return monitor.view(Doors.reader(call));
    }
}
