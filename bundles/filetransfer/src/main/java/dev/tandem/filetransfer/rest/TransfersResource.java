package dev.tandem.filetransfer.rest;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.servlet.http.HttpServletResponse;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
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

import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.internal.desk.FilesDesk;
import dev.tandem.filetransfer.internal.desk.FilesTopics;
import dev.tandem.filetransfer.internal.desk.Gate;
import dev.tandem.filetransfer.internal.desk.Views;
import dev.tandem.filetransfer.internal.desk.Views.FilesView;
import dev.tandem.filetransfer.internal.desk.Views.Listing;
import dev.tandem.filetransfer.internal.desk.Views.TransferView;
import dev.tandem.session.SessionId;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /api/filetransfer}: what is sent in a session, who wants it. The bytes come and go by {@code /api/files}. */
@Component(service = TransfersResource.class)
@RestPath(rest_path = "/filetransfer", rest_downloads = "{session}/transfers/{transfer}/zip")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(
        name = "File transfer",
        description = "Files and folders between the people of a session, for those who are in it.")
public final class TransfersResource {
    private static final String ENDED = "`not-allowed-now`: control has passed, or the session has ended.";
    private static final String SENDING = "`not-in-control`: another agent is in control. `viewers-do-not-send`."
            + " `switched-off`: by the terms of the session. " + ENDED;

    private final FilesDesk desk;
    private final Gate gate;
    private final Views views;
    private final Downloads downloads;

    @Activate
    public TransfersResource(
            @Reference FilesDesk desk, @Reference Gate gate, @Reference Views views, @Reference Downloads downloads) {
        this.desk = desk;
        this.gate = gate;
        this.views = views;
        this.downloads = downloads;
    }

    /**
     * A folder that is about to be sent.
     *
     * @param kind FOLDER: a single file needs no announcement
     * @param files how many there will be
     * @param bytes how large they are, all together
     */
    public record NewFolder(Kind kind, String name, int files, Optional<Long> bytes) {}

    /** Ways to empty folders, within the folder that is sent. */
    public record Folders(List<String> paths) {}

    /** Whether the caller takes all. */
    public record AcceptAll(boolean on) {}

    @GET
    @Path("{session}/transfers")
    @Operation(
            summary = "List the transfers of a session",
            description =
                    "The same comes on the live channel under `filetransfer/SESSION` whenever it changes. Agents who"
                            + " were in the session read it after its end, too.")
    public Listing list(@Context Call call, @PathParam("session") String session) {
        return views.listing(gate.place(call.caller(), FilesTopics.session(session)));
    }

    @POST
    @Path("{session}/transfers")
    @Operation(
            summary = "Announce a folder",
            description =
                    "By the agent in control, to the customer who is helped; or by a customer. Then its files are sent by"
                            + " `/api/files`, each with the metadata `transfer` and `relativePath`, and it is completed. A single"
                            + " file is sent by `/api/files` alone.")
    @ApiResponse(
            responseCode = "201",
            description = "Announced.",
            content = @Content(schema = @Schema(implementation = TransferView.class)))
    @ApiResponse(responseCode = "403", description = SENDING)
    @ApiResponse(responseCode = "409", description = "`no-customer`: there is nobody to whom it could be sent.")
    @ApiResponse(
            responseCode = "413",
            description = "`too-many-files`. `quota-session`, `quota-site`: there is no room for so many bytes.")
    public Response announce(@Context Call call, @PathParam("session") String id, NewFolder folder) {
        if (folder.kind() != Kind.FOLDER) {
            throw new ProblemException(Problem.invalid("kind", "A single file is sent by /api/files, without this."));
        }
        var session = FilesTopics.session(id);
        var transfer = desk.announce(call, session, folder.name(), folder.files(), folder.bytes());
        return Response.status(Response.Status.CREATED)
                .entity(view(call, session, transfer.value()))
                .build();
    }

    @GET
    @Path("{session}/transfers/{transfer}")
    @Operation(summary = "A transfer")
    public TransferView get(
            @Context Call call, @PathParam("session") String session, @PathParam("transfer") String transfer) {
        return view(call, FilesTopics.session(session), id(transfer));
    }

    @GET
    @Path("{session}/transfers/{transfer}/files")
    @Operation(
            summary = "The files of a transfer",
            description = "At most 500 at once, in the order they were added in.")
    public FilesView files(
            @Context Call call,
            @PathParam("session") String session,
            @PathParam("transfer") String transfer,
            @QueryParam("after") String after) {
        var seen = desk.seen(call, FilesTopics.session(session), id(transfer));
        return views.files(seen.transfer(), number(after));
    }

    @POST
    @Path("{session}/transfers/{transfer}/folders")
    @Operation(summary = "Add empty folders", description = "By its sender, to a folder that is not complete.")
    @ApiResponse(responseCode = "204", description = "Added.")
    @ApiResponse(responseCode = "403", description = SENDING)
    @ApiResponse(
            responseCode = "409",
            description = "`transfer-over`: it is complete. `too-many-folders`: 10,000 are the most.")
    public void folders(
            @Context Call call,
            @PathParam("session") String session,
            @PathParam("transfer") String transfer,
            Folders folders) {
        desk.addFolders(call, of(call, session, transfer), folders.paths());
    }

    @POST
    @Path("{session}/transfers/{transfer}/complete")
    @Operation(
            summary = "Complete a folder",
            description = "By its sender: nothing more is added. Files that are on their way may still arrive.")
    @ApiResponse(responseCode = "204", description = "Complete.")
    @ApiResponse(responseCode = "403", description = SENDING)
    public void complete(
            @Context Call call, @PathParam("session") String session, @PathParam("transfer") String transfer) {
        desk.complete(call, of(call, session, transfer));
    }

    @POST
    @Path("{session}/transfers/{transfer}/agree")
    @Operation(
            summary = "Take what is offered",
            description = "By the customer for whom it is, or by the agent in control. From then on it can be read.")
    @ApiResponse(responseCode = "204", description = "Taken.")
    @ApiResponse(responseCode = "403", description = "`not-in-control`: the agent in control answers for the agents.")
    @ApiResponse(responseCode = "409", description = "`transfer-over`: it is not offered, or not any more.")
    public void agree(
            @Context Call call, @PathParam("session") String session, @PathParam("transfer") String transfer) {
        desk.agree(call, FilesTopics.session(session), id(transfer));
    }

    @POST
    @Path("{session}/transfers/{transfer}/decline")
    @Operation(summary = "Refuse what is sent", description = "Also while it arrives: nobody has to wait for it.")
    @ApiResponse(responseCode = "204", description = "Refused.")
    @ApiResponse(responseCode = "403", description = "`not-in-control`: the agent in control answers for the agents.")
    @ApiResponse(responseCode = "409", description = "`transfer-over`: it was answered, or has ended.")
    public void decline(
            @Context Call call, @PathParam("session") String session, @PathParam("transfer") String transfer) {
        desk.decline(call, FilesTopics.session(session), id(transfer));
    }

    @POST
    @Path("{session}/transfers/{transfer}/cancel")
    @Operation(summary = "Take back what one sends")
    @ApiResponse(responseCode = "204", description = "Taken back.")
    @ApiResponse(responseCode = "409", description = "`transfer-over`: the receiver has agreed to it already.")
    public void cancel(
            @Context Call call, @PathParam("session") String session, @PathParam("transfer") String transfer) {
        desk.cancel(call, FilesTopics.session(session), id(transfer));
    }

    @POST
    @Path("{session}/transfers/{transfer}/delivered")
    @Operation(
            summary = "Say that one has it",
            description =
                    "By the receiver who has written all of a folder. A single file needs no word: it is known when"
                            + " its last byte is sent.")
    @ApiResponse(responseCode = "204", description = "Noted.")
    public void delivered(
            @Context Call call, @PathParam("session") String session, @PathParam("transfer") String transfer) {
        desk.delivered(call, FilesTopics.session(session), id(transfer));
    }

    @GET
    @Path("{session}/transfers/{transfer}/zip")
    @Produces({"application/zip", MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Download a folder",
            description = "By who has agreed to it: as a zip that is made while it is sent, with its empty folders.")
    @ApiResponse(responseCode = "200", description = "The zip. If it breaks off it is no whole zip.")
    @ApiResponse(responseCode = "503", description = "`too-many-files`: come again after Retry-After.")
    public Response zip(
            @Context Call call,
            @PathParam("session") String session,
            @PathParam("transfer") String transfer,
            @Context HttpServletResponse response) {
        return downloads.zip(call, FilesTopics.session(session), transfer, response);
    }

    @PUT
    @Path("{session}/accept-all")
    @Operation(
            summary = "Take all without being asked",
            description = "By a customer: from the agent who is in control now, until control passes. By the agent in"
                    + " control: from customers. What waits for an answer is taken, too.")
    @ApiResponse(responseCode = "204", description = "So it is.")
    @ApiResponse(responseCode = "403", description = "`not-in-control`: the agent in control answers for the agents.")
    public void acceptAll(@Context Call call, @PathParam("session") String session, AcceptAll accept) {
        desk.acceptAll(call, FilesTopics.session(session), accept.on());
    }

    private TransferView view(Call call, SessionId session, UUID transfer) {
        var seen = desk.seen(call, session, transfer);
        return views.of(seen.place(), seen.transfer());
    }

    /** The transfer, which is one of that session. */
    private UUID of(Call call, String session, String transfer) {
        return desk.seen(call, FilesTopics.session(session), id(transfer))
                .transfer()
                .id()
                .value();
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.unknown());
        }
    }

    private static int number(String after) {
        if (after == null || after.isEmpty()) {
            return 0;
        }
        try {
            var number = Integer.parseInt(after);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below, as a negative one.
        }
        throw new ProblemException(Problem.invalid("after", "The place of a file is a whole number from 0."));
    }
}
