package dev.tandem.webacd.rest;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import dev.tandem.webacd.internal.config.ConfigDesk;
import dev.tandem.webacd.internal.config.Routing;
import dev.tandem.webacd.internal.config.RulesVersion;
import dev.tandem.webacd.internal.rules.RuleProblem;
import dev.tandem.webacd.internal.rules.Trial;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Rules: draft, check, try, publish, roll back (WX1). */
@Component(service = RulesResource.class)
@RestPath(rest_path = "/webacd/rules")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "WebACD")
public final class RulesResource {
    private static final int MOST_VERSIONS = 200;
    private static final int MOST_ANSWERS = 100;

    private final ConfigDesk desk;
    private final Clock clock;

    @Activate
    public RulesResource(@Reference ConfigDesk desk, @Reference Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /** The rules of a site. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Rules(
            @Schema(description = "The version that holds, 0 before the first.") int version,
            String text,
            Optional<String> draft,
            @Schema(description = "To be sent along with a change of the draft.") long draftVersion,
            @Schema(description = "What is wrong with the draft now, if queues have changed meanwhile.")
                    List<RuleProblem> problems,
            Words words) {}

    /** What rules may speak of. */
    public record Words(List<String> queues, List<String> skills, List<String> fields) {}

    /** A text of rules. */
    public record Text(String text) {}

    /** What is wrong with a text. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Checked(
            List<RuleProblem> problems,
            @Schema(description = "The text as it is written well; null if it cannot be read.")
                    Optional<String> formatted) {}

    /** An example. */
    public record Example(
            @Schema(description = "Which rules; without it those that hold.") Optional<String> text,
            @Schema(description = "The short name of the queue by whose entry the customer comes.")
                    Optional<String> entry,
            Optional<String> source,
            Optional<String> company,
            Optional<String> language,
            Optional<Map<String, String>> form,
            Optional<Map<String, String>> attributes,
            @Schema(description = "When; without it now.") Optional<Instant> at) {
        public Example {
            form = form.map(Map::copyOf);
            attributes = attributes.map(Map::copyOf);
        }
    }

    /** What becomes of an example. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Tried(
            @Schema(description = "The short name of the queue; null if nothing says where.") Optional<String> queue,
            Optional<Integer> priority,
            Map<String, Integer> skills,
            @Schema(description = "The rule that decides, from 1; null if none does.") Optional<Integer> rule,
            @Schema(description = "The rules that were tried, and why each before the last does not match.")
                    List<Trial.Step> steps) {}

    /** A note for those who read the list of versions. */
    public record Publishing(Optional<String> note) {}

    /** Which version is to hold again. */
    public record Rollback(int version) {}

    /** Versions, the newest first. */
    public record Versions(List<Version> versions) {}

    /** Rules that held once, or hold. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Version(
            int version,
            String note,
            @Schema(description = "The version whose text it is again.") Optional<Integer> restores,
            Instant at,
            String actor,
            String text) {}

    @GET
    @Operation(
            summary = "The rules",
            description = "Those that hold, and the draft. For supervisors and administrators.")
    @ApiResponse(responseCode = "403", description = "`supervisor-needed`: not for every agent.")
    @SecurityRequirement(name = "agent")
    public Rules rules(@Context Call call) {
        return view(Doors.reader(call));
    }

    @PUT
    @Path("draft")
    @Operation(summary = "Save the draft", description = "It is checked first.")
    @ApiResponse(
            responseCode = "400",
            description = "`rule-syntax`, `rule-unknown-queue`, `rule-contradiction`, `rule-shadowed` and others:"
                    + " the field is text[LINE:COLUMN]. POST /check tells all of them at once.")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`: only an administrator may do this.")
    @ApiResponse(responseCode = "409", description = "`changed-meanwhile`: somebody else has saved a draft.")
    @SecurityRequirement(name = "agent")
    public Rules draft(@Context Call call, @QueryParam("version") String version, Text body) {
        var by = Doors.writer(call);
        var text = Doors.needed(body).text();
        Doors.run(() -> desk.draft(by, text, Doors.version(version)));
        return view(by.site());
    }

    @DELETE
    @Path("draft")
    @Operation(summary = "Throw the draft away")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`: only an administrator may do this.")
    @SecurityRequirement(name = "agent")
    public Rules discard(@Context Call call) {
        var by = Doors.writer(call);
        Doors.run(() -> desk.discard(by));
        return view(by.site());
    }

    @POST
    @Path("check")
    @Operation(summary = "Check a text of rules", description = "Everything that is wrong, with line and column.")
    @ApiResponse(responseCode = "403", description = "`supervisor-needed`: not for every agent.")
    @SecurityRequirement(name = "agent")
    public Checked check(@Context Call call, Text body) {
        var site = Doors.reader(call);
        var text = Doors.needed(body).text();
        return new Checked(desk.check(site, text), desk.formatted(text));
    }

    @POST
    @Path("try")
    @Operation(summary = "Try rules on an example", description = "Nothing is routed.")
    @ApiResponse(responseCode = "400", description = "As of the draft; `queue-unknown`: no such entry.")
    @ApiResponse(responseCode = "403", description = "`supervisor-needed`: not for every agent.")
    @SecurityRequirement(name = "agent")
    public Tried attempt(@Context Call call, Example body) {
        var site = Doors.reader(call);
        var example = Doors.needed(body);
        var routing = desk.routing(site);
        var entry = example.entry().map(slug -> routing.bySlug(slug)
                .orElseThrow(() -> new ProblemException(new Problem(
                        400, "queue-unknown", "There is no such queue.", Optional.of("entry"), Optional.empty()))));
        var asked = new Routing.Asked(
                bounded("source", example.source()),
                entry.map(Routing.Queue::id),
                bounded("company", example.company()),
                bounded("language", example.language()),
                bounded("form", example.form().orElse(Map.of())),
                bounded("attributes", example.attributes().orElse(Map.of())));
        var at = example.at().map(time -> Times.known("at", time)).orElseGet(clock::instant);
        var tried = Doors.get(() -> desk.attempt(site, example.text(), asked, at));
        var routed = tried.routed();
        return new Tried(
                routed.queue().flatMap(routing::queue).map(queue -> queue.config()
                        .slug()),
                routed.priority(),
                routed.skills(),
                routed.rule(),
                tried.steps());
    }

    private static String bounded(String field, Optional<String> text) {
        var known = text.orElse("");
        if (known.length() > 2_000) {
            throw new ProblemException(Problem.invalid(field, "At most 2,000 characters."));
        }
        return known;
    }

    private static Map<String, String> bounded(String field, Map<String, String> texts) {
        if (texts.size() > MOST_ANSWERS) {
            throw new ProblemException(Problem.invalid(field, "At most 100 texts."));
        }
        texts.forEach((key, text) -> bounded(field + "." + key, Optional.of(text)));
        return texts;
    }

    @POST
    @Path("publish")
    @Operation(summary = "Publish the draft", description = "It holds at once, for what comes from then on.")
    @ApiResponse(responseCode = "400", description = "As of the draft, if queues have changed meanwhile.")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`: only an administrator may do this.")
    @ApiResponse(
            responseCode = "409",
            description = "`no-draft`. `rules-same`: these rules hold already. `changed-meanwhile`: another draft.")
    @SecurityRequirement(name = "agent")
    public Rules publish(@Context Call call, @QueryParam("version") String version, Publishing body) {
        var by = Doors.writer(call);
        var note = Optional.ofNullable(body).flatMap(Publishing::note).orElse("");
        Doors.run(() -> desk.publish(by, note, Doors.version(version)));
        return view(by.site());
    }

    @POST
    @Path("rollback")
    @Operation(
            summary = "Roll back",
            description = "A former version holds again at once, as a new version; the draft stays.")
    @ApiResponse(responseCode = "400", description = "As of the draft, if its queues are no more.")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`: only an administrator may do this.")
    @ApiResponse(responseCode = "409", description = "`rules-same`: it holds already.")
    @SecurityRequirement(name = "agent")
    public Rules rollback(@Context Call call, Rollback body) {
        var by = Doors.writer(call);
        var version = Doors.needed(body).version();
        Doors.run(() -> desk.rollback(by, version));
        return view(by.site());
    }

    @GET
    @Path("versions")
    @Operation(summary = "The versions of the rules", description = "The newest first, at most 200.")
    @ApiResponse(responseCode = "403", description = "`supervisor-needed`: not for every agent.")
    @SecurityRequirement(name = "agent")
    public Versions versions(@Context Call call) {
        return new Versions(desk.versions(Doors.reader(call), MOST_VERSIONS).stream()
                .map(RulesResource::version)
                .toList());
    }

    @GET
    @Path("versions/{version}")
    @Operation(summary = "A version of the rules")
    @ApiResponse(responseCode = "403", description = "`supervisor-needed`: not for every agent.")
    @SecurityRequirement(name = "agent")
    public Version version(@Context Call call, @PathParam("version") String version) {
        var site = Doors.reader(call);
        return Optional.of(version)
                .filter(text -> text.matches("\\d{1,9}"))
                .flatMap(text -> desk.version(site, Integer.parseInt(text)))
                .map(RulesResource::version)
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
    }

    private static Version version(RulesVersion one) {
        return new Version(one.version(), one.note(), one.restores(), one.at(), one.actor(), one.text());
    }

    private Rules view(SiteId site) {
        var routing = desk.routing(site);
        var words = routing.words();
        var now = routing.rulesNow();
        return new Rules(
                now.last(),
                now.live().orElse(""),
                now.draft(),
                now.draftVersion(),
                now.draft().map(text -> desk.check(site, text)).orElse(List.of()),
                new Words(words.queues(), words.skills(), words.fields()));
    }
}
