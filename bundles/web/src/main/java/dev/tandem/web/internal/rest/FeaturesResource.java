package dev.tandem.web.internal.rest;

import java.util.function.BiConsumer;
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

import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;
import dev.tandem.web.internal.WebConfig;
import dev.tandem.web.internal.admin.FeatureTopics;
import dev.tandem.web.internal.admin.Features;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What is installed on this node. Administrators of any site may look; those of the default site may also change it. */
@Component(service = FeaturesResource.class)
@RestPath(rest_path = "/features")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Features", description = "What is installed on this node, and how it is.")
public final class FeaturesResource {
    private final Features features;
    private final WebConfig config;

    @Activate
    public FeaturesResource(@Reference Features features, @Reference WebConfig config) {
        this.features = features;
        this.config = config;
    }

    @GET
    @Operation(summary = "All features of this node", description = "For administrators of any site.")
    @ApiResponse(
            responseCode = "403",
            description = "`administrator-needed`: only an administrator of the site may do this.")
    @SecurityRequirement(name = "agent")
    public FeatureTopics.View all(@Context Call call) {
        return FeatureTopics.View.of(features.all(), call.administrator(), config);
    }

    /** Starting what runs changes nothing, so a repeat does no harm. */
    @POST
    @Path("{name}/start")
    @Operation(summary = "Starts a slice", description = "It lasts over a restart of the node.")
    @ApiResponse(responseCode = "403", description = "`home-administrator-needed`: only for the first site's.")
    @ApiResponse(responseCode = "404", description = "`unknown`: there is no such feature.")
    @ApiResponse(
            responseCode = "409",
            description = "`feature-needed`: Tandem stands on it. `feature-failed`: the detail says why.")
    @SecurityRequirement(name = "agent")
    public FeatureTopics.View start(@PathParam("name") String name, @Context Call call) {
        return change(name, call, features::start);
    }

    @POST
    @Path("{name}/stop")
    @Operation(
            summary = "Stops a slice, for everybody on this node",
            description = "It lasts over a restart of the node.")
    @ApiResponse(responseCode = "403", description = "`home-administrator-needed`: only for the first site's.")
    @ApiResponse(responseCode = "404", description = "`unknown`: there is no such feature.")
    @ApiResponse(
            responseCode = "409",
            description = "`feature-needed`: Tandem stands on it. `feature-failed`: the detail says why.")
    @SecurityRequirement(name = "agent")
    public FeatureTopics.View stop(@PathParam("name") String name, @Context Call call) {
        return change(name, call, features::stop);
    }

    private FeatureTopics.View change(String name, Call call, BiConsumer<String, String> what) {
        if (!call.administrator().site().equals(call.defaultSite())) {
            throw new ProblemException(new Problem(
                    403, "home-administrator-needed", "Only an administrator of the first site may change this node."));
        }
        what.accept(name, call.caller().actor());
        return all(call);
    }
}
