package dev.tandem.web.internal.rest;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.ws.rs.Consumes;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;
import dev.tandem.web.internal.Problems;
import dev.tandem.web.internal.Tickets;
import dev.tandem.web.internal.media.MediaHub;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Gives out tickets for sockets and downloads, since a browser sends no Authorization header with either. */
@Component(service = TicketsResource.class)
@RestPath(rest_path = "/tickets")
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tickets", description = "The way to the live channel and to media sockets.")
public final class TicketsResource {
    /** Which socket, or a download. */
    public enum For {
        @JsonProperty("live")
        LIVE,
        @JsonProperty("media")
        MEDIA,
        @JsonProperty("download")
        DOWNLOAD;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** @param path of a download that a resource declares, below {@code /api/} */
    public record Wanted(
            @JsonProperty("for") For purpose,
            Optional<UUID> session,
            Optional<String> channel,
            Optional<String> path) {}

    public record Given(String ticket, String url) {}

    private static final Pattern PATH = Pattern.compile("/api/[0-9A-Za-z/_-]{1,200}");
    private static final String API = "/api";

    private static final Problem NOWHERE = new Problem(
            503, "media-away", "No node can relay this session just now.", Optional.empty(), Optional.of(1L));

    private final Tickets tickets;
    private final MediaHub media;
    private final Served served;

    @Activate
    public TicketsResource(@Reference Tickets tickets, @Reference MediaHub media, @Reference Served served) {
        this.tickets = tickets;
        this.media = media;
        this.served = served;
    }

    @POST
    @Operation(
            summary = "A ticket for a socket or a download",
            description =
                    "For a socket: single use, within 30 seconds; the first message on the socket carries it. A media ticket names session and channel;"
                            + " its url leads to the node that relays the session. That node may die, so each ticket's own url counts."
                            + " For a download: it names the path of a file or a zip below /api/ and stands in the url, which may be read by GET for ten minutes.")
    public Given give(Wanted wanted, @Context Call call) {
        var caller = call.caller();
        if (caller instanceof Caller.Anonymous) {
            throw new ProblemException(Problems.signInNeeded());
        }
        if (wanted.purpose() == For.LIVE) {
            return new Given(tickets.live(caller), "/live");
        }
        if (wanted.purpose() == For.DOWNLOAD) {
            var path = wanted.path()
                    .filter(PATH.asMatchPredicate())
                    .filter(one -> served.downloads(one.substring(API.length())))
                    .orElseThrow(() -> new ProblemException(Problem.invalid(
                            "path", "This must be the path of something to save, below /api/, without a query.")));
            var ticket = tickets.download(caller, path);
            return new Given(ticket, path + "?ticket=" + ticket);
        }
        var session = wanted.session().orElseThrow(() -> needed("session"));
        var channel = wanted.channel().orElseThrow(() -> needed("channel"));
        if (caller instanceof Caller.OfCustomer customer && !customer.session().equals(session)) {
            throw new ProblemException(Problem.unknown());
        }
        if (caller instanceof Caller.OfViewer viewer && !viewer.session().equals(session)) {
            throw new ProblemException(Problem.unknown());
        }
        var node = media.node(caller, session, channel).orElseThrow(() -> new ProblemException(NOWHERE));
        return new Given(tickets.media(caller, session, channel), "/media/" + node);
    }

    private static ProblemException needed(String field) {
        return new ProblemException(Problem.invalid(field, "This is needed for a media ticket."));
    }
}
