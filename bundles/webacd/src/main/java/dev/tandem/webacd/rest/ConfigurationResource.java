package dev.tandem.webacd.rest;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
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
import dev.tandem.web.SentJson;
import dev.tandem.webacd.internal.config.ConfigDesk;
import dev.tandem.webacd.internal.config.ConfigTransfer;
import dev.tandem.webacd.internal.config.ConfigurationForm;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The whole routing of a site, out and in, and what holds for all of it. */
@Component(service = ConfigurationResource.class)
@RestPath(rest_path = "/webacd/configuration", rest_streams = true)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "WebACD")
public final class ConfigurationResource {
    /** Thousands of members, with their skills. */
    static final int LARGEST_ROUTING = 8 * 1024 * 1024;

    private static final int LARGEST_SITE = 64 * 1024;

    private final ConfigDesk desk;
    private final ConfigTransfer transfer;

    @Activate
    public ConfigurationResource(@Reference ConfigDesk desk, @Reference ConfigTransfer transfer) {
        this.desk = desk;
        this.transfer = transfer;
    }

    /** What holds for the whole site. */
    public record Site(
            @Schema(description = "For rules about what belongs to no queue; null: as the node's file says.")
                    Optional<String> zone,
            @Schema(description = "The short name of the queue for what nobody takes.") Optional<String> fallback) {}

    /** What holds for the whole site, as it is. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record SiteView(
            Optional<String> zone,
            @Schema(description = "The zone that holds.") String effectiveZone,
            Optional<String> fallback) {}

    /** What an import has done, or would do. */
    public record Imported(
            boolean dryRun,
            @Schema(description = "How many things it sets or deletes: queue-set, agent-removed and so on.")
                    Map<String, Integer> changes,
            @Schema(description = "The short names of queues that it deletes.") List<String> removedQueues) {}

    @GET
    @Operation(summary = "Export the routing", description = "Queues, agents, skills and rules, sorted.")
    @ApiResponse(responseCode = "403", description = "`supervisor-needed`: not for every agent.")
    @SecurityRequirement(name = "agent")
    public ConfigurationForm export(@Context Call call) {
        return transfer.export(Doors.reader(call));
    }

    @POST
    @Operation(
            summary = "Import a routing",
            description =
                    "What an export gave; a part that is left out stays. All is checked before anything is changed, and"
                            + " all of it is changed at once. mode=merge (as a rule) deletes nothing, mode=replace deletes"
                            + " what the parts do not name. dryRun=true only checks. The body is at most 8 MB.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = ConfigurationForm.class))))
    @ApiResponse(
            responseCode = "400",
            description = "As of the single resources, with the field: `queues[2].members[0].agent`; of rules with line"
                    + " and column: `rules[3:15]`.")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`: only an administrator may do this.")
    @ApiResponse(responseCode = "413", description = "`too-large`: the body is at most 8 MB.")
    @ApiResponse(
            responseCode = "409",
            description = "`queue-not-empty`, `skill-in-use`: what would be deleted is needed. `rules-break`.")
    @SecurityRequirement(name = "agent")
    public Imported take(@Context Call call, @QueryParam("mode") String mode, @QueryParam("dryRun") String dryRun) {
        return take(call, mode, dryRun, call::body);
    }

    /** @param body asked for only once it is known that the caller may */
    Imported take(Call call, String mode, String dryRun, Supplier<InputStream> body) {
        var by = Doors.writer(call);
        var form = SentJson.read(body.get(), ConfigurationForm.class, LARGEST_ROUTING);
        var how = mode(mode);
        boolean dry = flag(dryRun);
        var done = Doors.get(() -> dry ? transfer.dryRun(by.site(), form, how) : transfer.run(by, form, how));
        return new Imported(dry, done.changes(), done.removed());
    }

    private static ConfigTransfer.Mode mode(String word) {
        return word == null
                ? ConfigTransfer.Mode.MERGE
                : Stream.of(ConfigTransfer.Mode.values())
                        .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(word))
                        .findFirst()
                        .orElseThrow(
                                () -> new ProblemException(Problem.invalid("mode", "A mode is merge or replace.")));
    }

    private static boolean flag(String word) {
        if (word != null && !word.equals("true") && !word.equals("false")) {
            throw new ProblemException(Problem.invalid("dryRun", "true or false."));
        }
        return "true".equals(word);
    }

    @GET
    @Path("site")
    @Operation(summary = "What holds for the whole site")
    @ApiResponse(responseCode = "403", description = "`supervisor-needed`: not for every agent.")
    @SecurityRequirement(name = "agent")
    public SiteView site(@Context Call call) {
        return view(Doors.reader(call));
    }

    @PUT
    @Path("site")
    @Operation(
            summary = "Say what holds for the whole site",
            description = "The time zone and the fallback queue.",
            requestBody =
                    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Site.class))))
    @ApiResponse(
            responseCode = "400",
            description = "`invalid`, `queue-unknown`, `fallback-loop` (it overflows): with the field.")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`: only an administrator may do this.")
    @SecurityRequirement(name = "agent")
    public SiteView say(@Context Call call) {
        return say(call, call::body);
    }

    SiteView say(Call call, Supplier<InputStream> body) {
        var by = Doors.writer(call);
        var said = SentJson.read(body.get(), Site.class, LARGEST_SITE);
        Doors.run(() -> desk.site(by, said.zone(), said.fallback()));
        return view(by.site());
    }

    private SiteView view(SiteId site) {
        var routing = desk.routing(site);
        return new SiteView(
                routing.ownZone(),
                routing.zone().getId(),
                routing.fallback().flatMap(routing::queue).map(queue -> queue.config()
                        .slug()));
    }
}
