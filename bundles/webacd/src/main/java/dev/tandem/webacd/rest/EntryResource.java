package dev.tandem.webacd.rest;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.SiteId;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;
import dev.tandem.webacd.internal.desk.MyViews;
import dev.tandem.webacd.internal.desk.Views.WaitView;
import dev.tandem.webacd.internal.transfer.EntryDesk;
import dev.tandem.webacd.internal.transfer.EntryDesk.Entered;
import dev.tandem.webacd.internal.transfer.EntryDesk.EntryView;
import dev.tandem.webacd.internal.transfer.SessionSource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /api/webacd/entry}: the link of a queue, for anybody. */
@Component(service = EntryResource.class)
@RestPath(rest_path = "/webacd/entry")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "WebACD: entry", description = "By a queue's link customers ask for a session.")
public final class EntryResource {
    private final EntryDesk desk;
    private final MyViews views;

    @Activate
    public EntryResource(@Reference EntryDesk desk, @Reference MyViews views) {
        this.desk = desk;
        this.views = views;
    }

    /**
     * What the customer says.
     *
     * @param language such as {@code fr}; the browser's if it is not said
     * @param os the computer's system, for rules
     * @param answers by the fields' keys
     */
    public record Enter(
            String name, Optional<String> language, Optional<String> os, Optional<Map<String, String>> answers) {
        public Enter {
            answers = answers.map(Map::copyOf);
        }
    }

    @GET
    @Path("{slug}")
    @Operation(summary = "What a queue's link shows", description = "Whether it is open, its words, its form.")
    @SecurityRequirement(name = "anyone")
    public EntryView look(@Context Call call, @PathParam("slug") String slug) {
        return desk.look(call.defaultSite(), slug);
    }

    @GET
    @Path("{site}/{slug}")
    @Operation(summary = "What a queue's link shows, of another site")
    @SecurityRequirement(name = "anyone")
    public EntryView look(@Context Call call, @PathParam("site") String site, @PathParam("slug") String slug) {
        return desk.look(site(site), slug);
    }

    @POST
    @Path("{slug}")
    @Operation(
            summary = "Ask for a session",
            description = "Gives a token as joining with a PIN does; the session waits for an agent.")
    @ApiResponse(
            responseCode = "201",
            description = "The customer is in, and waits.",
            content = @Content(schema = @Schema(implementation = Entered.class)))
    @ApiResponse(
            responseCode = "409",
            description = "`queue-closed`: outside its hours. `queue-full`: as many as may wait wait already.")
    @ApiResponse(
            responseCode = "429",
            description =
                    "`too-many-attempts`: this address has asked too often; `Retry-After` says when to try again.")
    @SecurityRequirement(name = "anyone")
    public Response enter(@Context Call call, @PathParam("slug") String slug, Enter body) {
        return enter(call, call.defaultSite(), slug, body);
    }

    @POST
    @Path("{site}/{slug}")
    @Operation(summary = "Ask for a session, of another site")
    @ApiResponse(
            responseCode = "201",
            description = "The customer is in, and waits.",
            content = @Content(schema = @Schema(implementation = Entered.class)))
    @ApiResponse(
            responseCode = "409",
            description = "`queue-closed`: outside its hours. `queue-full`: as many as may wait wait already.")
    @ApiResponse(
            responseCode = "429",
            description =
                    "`too-many-attempts`: this address has asked too often; `Retry-After` says when to try again.")
    @SecurityRequirement(name = "anyone")
    public Response enter(
            @Context Call call, @PathParam("site") String site, @PathParam("slug") String slug, Enter body) {
        return enter(call, site(site), slug, body);
    }

    private Response enter(Call call, SiteId site, String slug, Enter body) {
        if (body == null || body.name() == null) {
            throw new ProblemException(Problem.invalid("name", "This field is needed."));
        }
        var language = body.language().orElseGet(() -> call.language().getLanguage());
        if (!language.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*") || language.length() > 35) {
            throw new ProblemException(Problem.invalid("language", "A language such as fr or fr-CH."));
        }
        var said = new EntryDesk.Said(
                body.name(), language, body.os(), body.answers().orElse(Map.of()));
        var entered = desk.enter(site, slug, said, call.address(), call.publicUrl(), call.commandId());
        return Response.status(Response.Status.CREATED).entity(entered).build();
    }

    @GET
    @Path("wait/of/{session}")
    @Operation(
            summary = "How a customer's wait stands",
            description = "For the customer of that session. The live channel tells under webacd/wait/SESSION.")
    @SecurityRequirement(name = "customer")
    public WaitView waiting(@Context Call call, @PathParam("session") String session) {
        UUID id = Uuids.needed(session);
        if (!(call.caller() instanceof Caller.OfCustomer customer)
                || !customer.session().equals(id)) {
            throw new ProblemException(Problem.unknown());
        }
        return views.wait(customer.site(), SessionSource.KIND, id.toString())
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
    }

    private static SiteId site(String text) {
        try {
            return new SiteId(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.unknown());
        }
    }
}
