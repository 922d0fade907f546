package dev.tandem.filetransfer.rest;

import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.HEAD;
import javax.ws.rs.OPTIONS;
import javax.ws.rs.PATCH;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.Response;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.filetransfer.FileStore.NoRoomException;
import dev.tandem.filetransfer.internal.book.Direction;
import dev.tandem.filetransfer.internal.desk.Settings;
import dev.tandem.filetransfer.internal.receive.Checksum;
import dev.tandem.filetransfer.internal.receive.Headers;
import dev.tandem.filetransfer.internal.receive.Headers.Concat;
import dev.tandem.filetransfer.internal.receive.Parts;
import dev.tandem.filetransfer.internal.receive.Receiving;
import dev.tandem.filetransfer.internal.receive.Upload;
import dev.tandem.filetransfer.internal.receive.Uploads;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /api/files}: bytes in, by tus 1.0.0; bytes out, as HTTP has it. */
@Component(service = FilesResource.class)
@RestPath(rest_path = "/files", rest_streams = true, rest_downloads = "{file}")
@Path("/")
@Consumes("*/*")
@Tag(
        name = "Files",
        description = "The bytes of files that people of a session send each other: uploads by tus 1.0.0, which any tus"
                + " client can make, and downloads.")
@SecurityRequirement(name = "agent")
public final class FilesResource {
    private static final Logger LOG = LoggerFactory.getLogger(FilesResource.class);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final Uploads uploads;
    private final Parts parts;
    private final Downloads downloads;
    private final Settings settings;

    @Activate
    public FilesResource(
            @Reference Uploads uploads,
            @Reference Parts parts,
            @Reference Downloads downloads,
            @Reference Settings settings) {
        this.uploads = uploads;
        this.parts = parts;
        this.downloads = downloads;
        this.settings = settings;
    }

    @OPTIONS
    @Operation(summary = "What of tus there is", description = "Version, extensions, checksums and the largest file.")
    @ApiResponse(responseCode = "204", description = "In headers.")
    public Response options(@Context Call call, @Context HttpServletResponse response) {
        return options(call, response, "OPTIONS", "POST");
    }

    @OPTIONS
    @Path("{file}")
    @Operation(hidden = true)
    public Response optionsOfFile(@Context Call call, @Context HttpServletResponse response) {
        return options(call, response, "OPTIONS", "HEAD", "GET", "PATCH", "DELETE");
    }

    private Response options(Call call, HttpServletResponse response, String... methods) {
        version(response);
        return Response.noContent()
                .allow(methods)
                .header("Tus-Version", Headers.VERSION)
                .header("Tus-Extension", Headers.EXTENSIONS)
                .header("Tus-Checksum-Algorithm", Checksum.Algorithm.all())
                .header("Tus-Max-Size", most(call))
                .build();
    }

    /** The larger one for whoever is not known: what they hear must not depend on a lie. */
    private long most(Call call) {
        boolean customer = call.caller() instanceof Caller.OfCustomer;
        return settings.most(call.caller().site(), customer ? Direction.FROM_CUSTOMER : Direction.TO_CUSTOMER);
    }

    @POST
    @Operation(
            summary = "Begin an upload",
            description = "Upload-Metadata: `filename`, `filetype` and, of an agent, `session`; or, for a file of an"
                    + " announced folder, `transfer`, `relativePath`, `modified`. Bytes may come along. A part"
                    + " (Upload-Concat: partial) needs no metadata.")
    @ApiResponse(responseCode = "201", description = "Begun; its address is in Location.")
    @ApiResponse(
            responseCode = "403",
            description = "`not-in-control`, `viewers-do-not-send`, `not-allowed-now`: the caller may not send now.")
    @ApiResponse(responseCode = "412", description = "`other-version`: Tus-Resumable is not 1.0.0.")
    @ApiResponse(
            responseCode = "413",
            description = "`file-too-large`, `quota-session`, `quota-site`, `more-than-announced`.")
    @ApiResponse(responseCode = "415", description = "`type-not-allowed`, `not-bytes`.")
    @ApiResponse(responseCode = "460", description = "`checksum-mismatch`")
    @ApiResponse(responseCode = "503", description = "`too-many-files`: come again after Retry-After.")
    @ApiResponse(responseCode = "507", description = "`storage-full`")
    public Response create(
            @Context Call call, @Context HttpServletRequest request, @Context HttpServletResponse response) {
        var headers = headers(request, response);
        if (!headers.bytes() && headers.body().orElse(0L) > 0) {
            throw notBytes();
        }
        boolean repeatable = request.getHeader("Idempotency-Key") != null;
        return answered(() -> {
            var concat = headers.concat();
            Upload upload;
            if (concat instanceof Concat.Partial) {
                upload = parts.create(call, headers, call.body());
            } else if (concat instanceof Concat.Final of) {
                upload = parts.join(call, headers, of);
            } else {
                upload = uploads.create(call, headers, repeatable, call.body());
            }
            var answer = Response.status(Response.Status.CREATED)
                    .header("Location", call.publicUrl().getRawPath() + "/api/files/" + upload.file());
            if (headers.bytes()) {
                answer.header(Headers.OFFSET, upload.offset());
            }
            return expires(answer, upload).build();
        });
    }

    private static ProblemException notBytes() {
        return new ProblemException(
                new Problem(415, "not-bytes", "The body is " + Headers.BYTES + ", or there is none."));
    }

    @HEAD
    @Path("{file}")
    @Operation(
            summary = "Where an upload goes on",
            description = "By its sender. A request of it that is still under way, but was cut off, is over then.")
    @ApiResponse(responseCode = "200", description = "Upload-Offset says it.")
    @ApiResponse(responseCode = "403", description = "`not-allowed-now`: control has passed, or the session has ended.")
    @ApiResponse(
            responseCode = "404",
            description = "`gone`: nothing came for too long. `unknown`: it is none of the caller's.")
    public Response offset(
            @Context Call call,
            @PathParam("file") String file,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response) {
        if (request.getHeader("Tus-Resumable") == null) {
            // A browser or a download manager that asks about a download.
            return answered(() -> downloads.send(call, known(file), false, request, response));
        }
        headers(request, response);
        return answered(() -> {
            var part = parts.find(call, known(file));
            var upload = part.isPresent() ? parts.offset(part.get()) : uploads.find(call, file);
            var answer = Response.ok().type(Headers.BYTES).header(Headers.OFFSET, upload.offset());
            upload.length()
                    .ifPresentOrElse(
                            length -> answer.header(Headers.LENGTH, length), () -> answer.header(Headers.DEFER, "1"));
            upload.metadata().ifPresent(said -> answer.header(Headers.METADATA, said));
            upload.concat().ifPresent(said -> answer.header(Headers.CONCAT, said));
            return expires(answer, upload).build();
        });
    }

    @PATCH
    @Path("{file}")
    @Operation(
            summary = "Go on with an upload",
            description =
                    "The body goes on at Upload-Offset. Of two requests the later one wins. When it is answered the"
                            + " bytes are durable.")
    @ApiResponse(responseCode = "204", description = "Upload-Offset says how far it is now.")
    @ApiResponse(responseCode = "403", description = "`not-allowed-now`, `declined`, `made-of-parts`.")
    @ApiResponse(responseCode = "409", description = "`other-offset`: ask where it goes on.")
    @ApiResponse(
            responseCode = "404",
            description = "`gone`: nothing came for too long. `unknown`: it is none of the caller's.")
    @ApiResponse(responseCode = "413", description = "`more-than-announced`")
    @ApiResponse(responseCode = "423", description = "`taken-over`: another request goes on with it.")
    @ApiResponse(responseCode = "460", description = "`checksum-mismatch`: nothing of the body is kept.")
    @ApiResponse(responseCode = "503", description = "`too-many-files`, `cut-off`: come again.")
    @ApiResponse(responseCode = "507", description = "`storage-full`")
    public Response append(
            @Context Call call,
            @PathParam("file") String file,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response) {
        var headers = headers(request, response);
        return answered(() -> {
            var part = parts.find(call, known(file));
            var upload = part.isPresent()
                    ? parts.append(call, part.get(), headers, call.body())
                    : uploads.append(call, file, headers, call.body());
            return expires(Response.noContent().header(Headers.OFFSET, upload.offset()), upload)
                    .build();
        });
    }

    @DELETE
    @Path("{file}")
    @Operation(summary = "Take a file back", description = "By its sender, until the receiver has agreed to it.")
    @ApiResponse(responseCode = "204", description = "It is gone.")
    @ApiResponse(
            responseCode = "409",
            description = "`agreed`: it is the receiver's. `transfer-over`: its folder is offered as it is.")
    public Response end(
            @Context Call call,
            @PathParam("file") String file,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response) {
        headers(request, response);
        return answered(() -> {
            var part = parts.find(call, known(file));
            if (part.isPresent()) {
                parts.end(part.get());
            } else {
                uploads.end(call, file);
            }
            return Response.noContent().build();
        });
    }

    @GET
    @Path("{file}")
    @Operation(
            summary = "Download a file",
            description = "By who has agreed to it. Ranges are served; the ETag and Repr-Digest are its SHA-256.")
    @ApiResponse(responseCode = "200", description = "The file.")
    @ApiResponse(responseCode = "206", description = "The range of it that was asked for.")
    @ApiResponse(responseCode = "304", description = "It is the one that the caller has.")
    @ApiResponse(responseCode = "416", description = "The range is beyond the end.")
    public Response read(
            @Context Call call,
            @PathParam("file") String file,
            @QueryParam("inline") boolean inline,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response) {
        return answered(() -> downloads.send(call, known(file), inline, request, response));
    }

    private static String known(String file) {
        if (!ID.matcher(file).matches()) {
            throw new ProblemException(Problem.unknown());
        }
        return file;
    }

    /** Every answer says our version; who speaks another one is not served. */
    private static Headers headers(HttpServletRequest request, HttpServletResponse response) {
        version(response);
        var headers = new Headers(name -> {
            var values = request.getHeaders(name);
            return values == null ? List.of() : Collections.list(values);
        });
        if (!headers.speaksOurs()) {
            response.setHeader("Tus-Version", Headers.VERSION);
            throw new ProblemException(
                    new Problem(412, "other-version", "Tus-Resumable has to be " + Headers.VERSION + "."));
        }
        return headers;
    }

    private static void version(HttpServletResponse response) {
        response.setHeader("Tus-Resumable", Headers.VERSION);
    }

    private static Response.ResponseBuilder expires(Response.ResponseBuilder answer, Upload upload) {
        upload.expires().ifPresent(at -> answer.header("Upload-Expires", HTTP_DATE.format(at)));
        return answer;
    }

    private interface Work {
        Response done() throws IOException;
    }

    private static Response answered(Work work) {
        try {
            return work.done();
        } catch (NoRoomException e) {
            LOG.warn("The store of files is full", e);
            throw new ProblemException(Receiving.storageFull());
        } catch (IOException e) {
            LOG.warn("The store of files is out of order", e);
            throw new ProblemException(new Problem(
                    503, "store-away", "Files cannot be kept or read just now.", Optional.empty(), Optional.of(5L)));
        }
    }
}
