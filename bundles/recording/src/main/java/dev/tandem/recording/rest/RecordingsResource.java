package dev.tandem.recording.rest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.POST;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.StreamingOutput;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import dev.tandem.journal.Nodes;
import dev.tandem.recording.Recording;
import dev.tandem.recording.Recording.PartState;
import dev.tandem.recording.Recording.State;
import dev.tandem.recording.Recordings;
import dev.tandem.recording.internal.Desk;
import dev.tandem.recording.internal.Readers;
import dev.tandem.recording.internal.Readers.Readable;
import dev.tandem.recording.internal.Shelf;
import dev.tandem.recording.internal.Tracks;
import dev.tandem.recording.internal.Tracks.TrackLine;
import dev.tandem.recording.internal.Views.RecordingView;
import dev.tandem.session.SessionId;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /api/recordings}: starting and stopping by the controller; listing, reading and playing by who may. */
@Component(service = RecordingsResource.class)
@RestPath(rest_path = "/recordings")
@javax.ws.rs.Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(
        name = "Recordings",
        description = "Recordings of sessions: for agents who were in them, supervisors and administrators.")
@SecurityRequirement(name = "agent")
public final class RecordingsResource {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm").withZone(ZoneOffset.UTC);
    private static final int CHUNK = 64 * 1024;

    private final Optional<Desk> desk;
    private final Readers readers;
    private final Recordings recordings;
    private final Tracks tracks;
    private final Shelf shelf;
    private final Nodes nodes;
    private final Clock clock;

    /** @param desk without it, since nothing can be shared, recordings are only listed and played */
    @Activate
    public RecordingsResource(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Desk desk,
            @Reference Readers readers,
            @Reference Recordings recordings,
            @Reference Tracks tracks,
            @Reference Shelf shelf,
            @Reference Nodes nodes,
            @Reference Clock clock) {
        this.desk = Optional.ofNullable(desk);
        this.readers = readers;
        this.recordings = recordings;
        this.tracks = tracks;
        this.shelf = shelf;
        this.nodes = nodes;
        this.clock = clock;
    }

    /** Which session is to be recorded. */
    public record NewRecording(UUID session) {}

    /**
     * Some recordings.
     *
     * @param next what to ask for as {@code before} to get more; null if these are all
     */
    public record Page(List<RecordingView> recordings, Optional<Instant> next) {}

    /** What stands beside a recording, in order. */
    public record Track(List<TrackLine> lines) {}

    @POST
    @Operation(
            summary = "Record a session",
            description = "By the agent in control, who so consents. Every other agent and customer of the session is"
                    + " asked; it begins when all have allowed it. If it is asked for or made already nothing changes.")
    @ApiResponse(
            responseCode = "201",
            description = "Asked for, or begun.",
            content = @Content(schema = @Schema(implementation = RecordingView.class)))
    @ApiResponse(
            responseCode = "403",
            description = "`not-controller`: another agent is in control. `recording-not-allowed`: the site does not"
                    + " allow recordings.")
    @ApiResponse(
            responseCode = "409",
            description = "`recording-no-room`: the disk is full. `recording-quota`: the site has used what it may.")
    public Response start(@Context Call call, NewRecording wanted) {
        call.agent();
        var recording = desk().start(call.caller(), new SessionId(wanted.session()), call.commandId());
        return Response.status(Response.Status.CREATED).entity(view(recording)).build();
    }

    @POST
    @javax.ws.rs.Path("{recording}/stop")
    @Operation(summary = "Stop a recording", description = "By the agent in control; also while others are asked.")
    @ApiResponse(responseCode = "403", description = "`not-controller`: another agent is in control.")
    public RecordingView stop(@Context Call call, @PathParam("recording") UUID id) {
        var recording = readers.readable(call.agent(), id).recording();
        return view(desk().stop(call.caller(), recording, call.commandId()));
    }

    @GET
    @Operation(
            summary = "List recordings",
            description = "Those of a session, the oldest first, for who was in it; or those of the site, the latest"
                    + " first, for supervisors and administrators.")
    @ApiResponse(responseCode = "403", description = "`supervisor-needed`: the whole site is not for every agent.")
    public Page list(
            @Context Call call,
            @QueryParam("session") UUID session,
            @QueryParam("before") String before,
            @QueryParam("limit") Integer limit) {
        var agent = call.agent();
        if (session != null) {
            var of = readers.session(agent, session);
            var found = recordings.of(agent.site(), of.id());
            return new Page(found.stream().map(this::view).toList(), Optional.empty());
        }
        if (!Readers.overseer(agent)) {
            throw new ProblemException(
                    new Problem(403, "supervisor-needed", "The recordings of a site are for its supervisors."));
        }
        int most = limit == null ? 50 : limit;
        if (most < 1 || most > Recordings.LONGEST_PAGE) {
            throw new ProblemException(
                    Problem.invalid("limit", "A page has 1 to " + Recordings.LONGEST_PAGE + " recordings."));
        }
        var found = recordings.before(agent.site(), instant(before), most);
        var next = found.size() < most
                ? Optional.<Instant>empty()
                : found.get(most - 1).startedAt();
        return new Page(found.stream().map(this::view).toList(), next);
    }

    @GET
    @javax.ws.rs.Path("{recording}")
    @Operation(summary = "A recording")
    public RecordingView get(@Context Call call, @PathParam("recording") UUID id) {
        return RecordingView.of(readers.readable(call.agent(), id));
    }

    @GET
    @javax.ws.rs.Path("{recording}/track")
    @Operation(
            summary = "What was said and happened beside the picture",
            description =
                    "With names and words as they are known now: erased ones are empty. Of one part, or of all: then"
                            + " all files have to be on one node.")
    @ApiResponse(
            responseCode = "404",
            description = "`recording-elsewhere`: a file is on another node, which the answer names.")
    @ApiResponse(responseCode = "410", description = "`recording-removed`: it has been deleted.")
    public Track track(@Context Call call, @PathParam("recording") UUID id, @QueryParam("part") Integer number)
            throws IOException {
        var of = readers.readable(call.agent(), id);
        var recording = of.recording();
        refuseRemoved(recording);
        var lines = new ArrayList<TrackLine>();
        for (var part : number == null ? recording.parts() : List.of(part(recording, number))) {
            if (!shelf.has(recording, part.number()) && isElsewhere(part)) {
                throw elsewhere(part);
            }
            lines.addAll(tracks.lines(of, part));
        }
        return new Track(lines);
    }

    @GET
    @javax.ws.rs.Path("{recording}/parts/{part}")
    @Produces("video/webm")
    @Operation(
            summary = "A file of a recording",
            description = "WebM with one VP8 track. Ranges of bytes are served, so a browser can seek.")
    @ApiResponse(responseCode = "200", description = "The file.")
    @ApiResponse(responseCode = "206", description = "The range of it that was asked for.")
    @ApiResponse(
            responseCode = "404",
            description = "`recording-elsewhere`: the file is on another node, which the answer names.")
    @ApiResponse(responseCode = "409", description = "`recording-unfinished`: it is still written, or being finished.")
    @ApiResponse(responseCode = "410", description = "`recording-removed`: it has been deleted.")
    @ApiResponse(responseCode = "416", description = "The range is beyond the end.")
    public Response file(
            @Context Call call,
            @PathParam("recording") UUID id,
            @PathParam("part") int number,
            @QueryParam("download") boolean download,
            @HeaderParam("Range") String range,
            @HeaderParam("If-Range") String ifRange,
            @HeaderParam("If-None-Match") String ifNoneMatch)
            throws IOException {
        var of = readers.readable(call.agent(), id);
        var file = file(of, number);
        long size = Files.size(file);
        var tag = "\"" + id + "-" + number + "-" + size + "\"";
        var answer = answer(of, number, tag, download);
        if (tag.equals(ifNoneMatch)) {
            return answer.status(Response.Status.NOT_MODIFIED).build();
        }
        var wanted = ifRange == null || ifRange.equals(tag) ? Ranges.of(range, size) : Optional.<Ranges.Range>empty();
        if (wanted.isEmpty()) {
            return send(answer.status(Response.Status.OK), file, new Ranges.Range(0, size - 1));
        }
        if (wanted.get().first() >= size) {
            return answer.status(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .header("Content-Range", "bytes */" + size)
                    .build();
        }
        answer.header(
                "Content-Range",
                "bytes " + wanted.get().first() + "-" + wanted.get().last() + "/" + size);
        return send(answer.status(Response.Status.PARTIAL_CONTENT), file, wanted.get());
    }

    @DELETE
    @javax.ws.rs.Path("{recording}")
    @Operation(summary = "Delete a recording", description = "By an administrator. Its files go first.")
    @ApiResponse(responseCode = "409", description = "`recording-runs`: it has not ended yet.")
    public RecordingView delete(@Context Call call, @PathParam("recording") UUID id) {
        var of = readers.readable(call.administrator(), id);
        return view(desk().remove(of.recording(), call.caller().actor(), call.commandId()));
    }

    private Desk desk() {
        return desk.orElseThrow(() -> new ProblemException(new Problem(
                503, "recording-away", "Nothing can be recorded just now.", Optional.empty(), Optional.of(5L))));
    }

    private RecordingView view(Recording recording) {
        return RecordingView.of(readers.of(recording));
    }

    private Path file(Readable of, int number) {
        var recording = of.recording();
        refuseRemoved(recording);
        var part = part(recording, number);
        var file = shelf.place(recording, number).finished();
        if (part.state() == PartState.WRITING) {
            throw new ProblemException(
                    new Problem(409, "recording-unfinished", "This part is still written, or being finished."));
        }
        if (part.state() != PartState.DONE || !Files.isRegularFile(file)) {
            throw isElsewhere(part)
                    ? elsewhere(part)
                    : new ProblemException(new Problem(404, "recording-lost", "The file of this part is gone."));
        }
        return file;
    }

    private static Recording.Part part(Recording recording, int number) {
        return recording.part(number).orElseThrow(() -> new ProblemException(Problem.unknown()));
    }

    /** Whether another node has made it, and has it still. */
    private boolean isElsewhere(Recording.Part part) {
        return (part.state() == PartState.DONE || part.state() == PartState.WRITING)
                && !part.node().equals(nodes.self().name());
    }

    /** A proxy that asks the other node after a 404 finds it there. */
    private static ProblemException elsewhere(Recording.Part part) {
        return new ProblemException(new Problem(
                404,
                "recording-elsewhere",
                "The file is on the node " + part.node() + ", whose folder is not shared."));
    }

    private static void refuseRemoved(Recording recording) {
        if (recording.state() == State.REMOVED) {
            throw new ProblemException(new Problem(410, "recording-removed", "This recording has been deleted."));
        }
    }

    private static Response.ResponseBuilder answer(Readable of, int number, String tag, boolean download) {
        var session = of.session().map(known -> known.number()).orElse("session");
        var when = DAY.format(of.recording().startedAt().orElse(of.recording().askedAt()));
        var name = "recording-" + session + "-" + when + "-" + number + ".webm";
        return Response.ok()
                .type("video/webm")
                .header("Accept-Ranges", "bytes")
                .header("ETag", tag)
                .header("Content-Disposition", (download ? "attachment" : "inline") + "; filename=\"" + name + "\"");
    }

    private static Response send(Response.ResponseBuilder answer, Path file, Ranges.Range range) {
        StreamingOutput body = out -> {
            try (var from = FileChannel.open(file, StandardOpenOption.READ);
                    WritableByteChannel to = Channels.newChannel(out)) {
                var chunk = ByteBuffer.allocate(CHUNK);
                long at = range.first();
                while (at <= range.last()) {
                    chunk.clear().limit((int) Math.min(CHUNK, range.last() - at + 1));
                    int read = from.read(chunk, at);
                    if (read < 0) {
                        throw new IOException("the file has become shorter");
                    }
                    at += read;
                    to.write(chunk.flip());
                }
            }
        };
        return answer.header("Content-Length", range.length()).entity(body).build();
    }

    private Instant instant(String before) {
        if (before == null || before.isEmpty()) {
            return clock.instant().plusSeconds(60);
        }
        try {
            return Instant.parse(before);
        } catch (DateTimeParseException e) {
            throw new ProblemException(Problem.invalid("before", "A time is like 2026-11-21T20:15:00Z."));
        }
    }
}
