package dev.tandem.filetransfer.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.StreamingOutput;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore;
import dev.tandem.filetransfer.FileStore.MissingFileException;
import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.FileTransfer.FileState;
import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.FileTransfer.SentFile;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.TransferId;
import dev.tandem.filetransfer.internal.book.TransferBook;
import dev.tandem.filetransfer.internal.desk.Gate;
import dev.tandem.filetransfer.internal.names.SafeName;
import dev.tandem.filetransfer.internal.receive.Lines;
import dev.tandem.filetransfer.internal.store.Stores;
import dev.tandem.filetransfer.internal.zip.FolderZip;
import dev.tandem.filetransfer.rest.Ranges.Range;
import dev.tandem.journal.Answer;
import dev.tandem.journal.Ids;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.session.SessionId;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/**
 * Files on their way out. Browsers save them and show none: what a stranger has sent must not run in our origin, whatever it is.
 * Only pictures may be shown, by our own pages.
 */
@Component(service = Downloads.class)
public final class Downloads {
    private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);
    private static final int CHUNK = 128 * 1024;
    private static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+");

    private final Gate gate;
    private final TransferBook book;
    private final Stores stores;
    private final Lines lines;
    private final Sent sent = new Sent();

    @Activate
    public Downloads(
            @Reference Gate gate, @Reference TransferBook book, @Reference Stores stores, @Reference Lines lines) {
        this.gate = gate;
        this.book = book;
        this.stores = stores;
        this.lines = lines;
    }

    /** What a caller wants of a file. */
    private record Wanted(Call call, FileTransfer transfer, SentFile file, FileStore store, FileKey key) {
        long size() {
            return file.size().orElse(0L);
        }

        String caller() {
            return call.caller().actor();
        }

        String tag() {
            return "\"" + file.sha256().orElse("") + "\"";
        }
    }

    /** A file, or what of it is asked for. @throws ProblemException 404 if the caller may not read it */
    Response send(Call call, String id, boolean inline, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var transfer = gate.readable(call, id);
        var key = new FileKey(transfer.site(), id);
        var wanted = new Wanted(call, transfer, transfer.file(id).orElseThrow(), holding(key), key);
        harmless(response);
        var answer = head(wanted, inline);
        if (isKnown(request.getHeader("If-None-Match"), wanted.tag())) {
            return answer.status(Response.Status.NOT_MODIFIED).build();
        }
        var condition = request.getHeader("If-Range");
        boolean same = condition == null || condition.equals(wanted.tag());
        var range = same ? Ranges.of(request.getHeader("Range"), wanted.size()) : Optional.<Range>empty();
        if (range.isEmpty()) {
            return body(answer, wanted, new Range(0, wanted.size()), request);
        }
        if (!range.get().within(wanted.size())) {
            return answer.status(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .header("Content-Range", "bytes */" + wanted.size())
                    .build();
        }
        answer.status(Response.Status.PARTIAL_CONTENT)
                .header(
                        "Content-Range",
                        "bytes " + range.get().from() + "-" + (range.get().to() - 1) + "/" + wanted.size());
        return body(answer, wanted, range.get(), request);
    }

    private FileStore holding(FileKey key) throws IOException {
        try {
            return stores.holding(key);
        } catch (MissingFileException e) {
            LOG.warn("The bytes of the file {} are not here", key.id());
            throw new ProblemException(Problem.unknown());
        }
    }

    private static boolean isKnown(String header, String tag) {
        return header != null
                && Arrays.stream(header.split(","))
                        .map(String::strip)
                        .map(one -> one.startsWith("W/") ? one.substring(2) : one)
                        .anyMatch(one -> one.equals(tag) || one.equals("*"));
    }

    /** Nothing in it runs, and who keeps it asks again: the caller may not be allowed to read it any more. */
    private static void harmless(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
        response.setHeader("Cache-Control", "private, no-cache");
    }

    private static Response.ResponseBuilder head(Wanted wanted, boolean inline) {
        var file = wanted.file();
        boolean shown = inline && PICTURES.contains(file.type());
        var disposition = SafeName.attachment(file.path().orElse("file"));
        return Response.ok()
                .type(TYPE.matcher(file.type()).matches() ? file.type() : "application/octet-stream")
                .header("Accept-Ranges", "bytes")
                .header("ETag", wanted.tag())
                .header("Repr-Digest", "sha-256=:" + base64(file.sha256().orElse("")) + ":")
                .header("Content-Disposition", shown ? disposition.replaceFirst("^attachment", "inline") : disposition);
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }

    private Response body(Response.ResponseBuilder answer, Wanted wanted, Range range, HttpServletRequest request) {
        answer.header("Content-Length", range.length());
        if (request.getMethod().equals("HEAD")) {
            return answer.build();
        }
        if (range.length() == 0) {
            delivered(wanted);
            return answer.build();
        }
        var caller = wanted.caller();
        // Who goes on by the tag has the beginning; by a part from the end of the file nobody goes on.
        if (range.from() > 0
                && request.getHeader("If-Range") != null
                && !request.getHeader("Range").strip().startsWith("bytes=-")
                && sent.none(caller, wanted.key().id())) {
            sent.sent(caller, wanted.key().id(), 0, range.from());
        }
        lines.refuseWhenFull(caller);
        StreamingOutput body = out -> {
            try (var line = lines.enter(caller)) {
                copy(wanted, range, lines.watched(out));
            }
            if (range.to() == wanted.size() && sent.all(caller, wanted.key().id(), wanted.size())) {
                delivered(wanted);
            }
        };
        return answer.entity(body).build();
    }

    private void copy(Wanted wanted, Range range, OutputStream out) throws IOException {
        var chunk = ByteBuffer.allocate(CHUNK);
        long at = range.from();
        try (var from = wanted.store().read(wanted.key(), at)) {
            while (at < range.to()) {
                chunk.clear().limit((int) Math.min(CHUNK, range.to() - at));
                int read = from.read(chunk);
                if (read < 0) {
                    throw new IOException("The file " + wanted.key().id() + " has become shorter");
                }
                out.write(chunk.array(), 0, read);
                at += read;
            }
        } finally {
            sent.sent(wanted.caller(), wanted.key().id(), range.from(), at);
        }
    }

    /** The receiver has got all of it. */
    private void delivered(Wanted wanted) {
        if (wanted.transfer().kind() == Kind.FILE) {
            delivered(wanted.call(), wanted.transfer());
        }
    }

    /** What is said of it afterwards spoils nothing that has come whole. */
    private void delivered(Call call, FileTransfer transfer) {
        if (transfer.state() != State.AGREED) {
            return;
        }
        try {
            if (isBusy(note(call, transfer)) && isBusy(note(call, transfer))) {
                LOG.warn("It could not be noted that {} was delivered: the node is busy", transfer.id());
            }
        } catch (RuntimeException e) {
            LOG.warn("It could not be noted that {} was delivered", transfer.id(), e);
        }
    }

    private static boolean isBusy(Optional<Answer<None>> answer) {
        return answer.filter(one -> one instanceof Answer.Refused<None> refused
                        && refused.refusal().reason() == Refusal.Reason.BUSY)
                .isPresent();
    }

    private Optional<Answer<None>> note(Call call, FileTransfer transfer) {
        var place = gate.place(call.caller(), transfer.session());
        return place.receives(transfer)
                ? Optional.of(book.delivered(
                        transfer.site(),
                        transfer.id(),
                        place.participant().id(),
                        call.caller().actor(),
                        Ids.derived(transfer.id().value(), "delivered")))
                : Optional.empty();
    }

    /**
     * A folder as a zip that is made while it is sent.
     *
     * @throws ProblemException 404 if the caller may not read it, or it is no folder
     */
    Response zip(Call call, SessionId session, String id, HttpServletResponse response) {
        var transfer = gate.readable(call, transfer(id));
        if (transfer.kind() != Kind.FOLDER || !transfer.session().equals(session)) {
            throw new ProblemException(Problem.unknown());
        }
        harmless(response);
        var entries = new ArrayList<FolderZip.Entry>();
        transfer.folders().forEach(path -> entries.add(new FolderZip.Empty(path, Optional.<Instant>empty())));
        transfer.files().stream()
                .filter(file -> file.state() == FileState.READY)
                .forEach(file -> entries.add(new FolderZip.Content(
                        file.path().orElse(file.id()), file.modified(), () -> open(transfer, file))));
        var name = transfer.name().orElse("folder");
        var caller = call.caller().actor();
        lines.refuseWhenFull(caller);
        StreamingOutput body = out -> {
            try (var line = lines.enter(caller)) {
                FolderZip.write(name, entries, lines.watched(out));
            }
            delivered(call, transfer);
        };
        return Response.ok(body)
                .type("application/zip")
                .header("Content-Disposition", SafeName.attachment(name + ".zip"))
                .build();
    }

    private static TransferId transfer(String id) {
        try {
            return new TransferId(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.unknown());
        }
    }

    private ReadableByteChannel open(FileTransfer transfer, SentFile file) throws IOException {
        var key = new FileKey(transfer.site(), file.id());
        return stores.holding(key).read(key, 0);
    }
}
