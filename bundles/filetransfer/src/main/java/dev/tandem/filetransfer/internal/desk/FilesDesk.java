package dev.tandem.filetransfer.internal.desk;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.FileTransfer.Ending;
import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.TransferId;
import dev.tandem.filetransfer.internal.book.Announcement;
import dev.tandem.filetransfer.internal.book.TransferBook;
import dev.tandem.filetransfer.internal.desk.Gate.Place;
import dev.tandem.journal.Ids;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.SessionId;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** What people do with transfers, and whether they may. That bytes come and go is done elsewhere. */
@Component(service = FilesDesk.class)
public final class FilesDesk {
    /** The longest name, and the longest path within a folder, in characters. */
    static final int LONGEST_NAME = 1024;

    static final int LONGEST_PATH = 4096;

    private final TransferBook book;
    private final Gate gate;

    /** A transfer that a caller may know of. */
    public record Seen(Place place, FileTransfer transfer) {}

    @Activate
    public FilesDesk(@Reference TransferBook book, @Reference Gate gate) {
        this.book = book;
        this.gate = gate;
    }

    /** A folder that the caller is about to send. @throws ProblemException as {@link Gate#sender}, 400, 413 */
    public TransferId announce(Call call, SessionId session, String name, int files, Optional<Long> bytes) {
        var sender = gate.sender(call, session);
        refuseLength("name", name, LONGEST_NAME);
        if (files < 0 || bytes.filter(all -> all < 0).isPresent()) {
            throw new ProblemException(
                    Problem.invalid(files < 0 ? "files" : "bytes", "There cannot be less than nothing."));
        }
        if (files > Gate.MOST_FILES) {
            throw new ProblemException(
                    new Problem(413, "too-many-files", "A folder has at most " + Gate.MOST_FILES + " files."));
        }
        gate.admitTransfer(sender);
        gate.admit(sender, bytes.orElse(0L));
        return book.announce(
                        sender,
                        new Announcement(Kind.FOLDER, name, files, bytes),
                        command(call, "announce/" + session + "/" + sender.from()))
                .orElseThrow(ProblemException::refused);
    }

    /** Empty folders of a folder that the caller sends. */
    public void addFolders(Call call, UUID transfer, List<String> paths) {
        var adding = gate.adding(call, transfer);
        for (int i = 0; i < paths.size(); i++) {
            refuseLength("paths[" + i + "]", paths.get(i), LONGEST_PATH);
        }
        if (paths.isEmpty()) {
            return;
        }
        book.addFolders(adding.sender(), adding.transfer().id(), paths, command(call, "folders/" + transfer))
                .orElseThrow(ProblemException::refused);
    }

    static void refuseLength(String field, String text, int longest) {
        if (text == null || text.isEmpty() || text.length() > longest) {
            throw new ProblemException(Problem.invalid(field, "A name here has 1 to " + longest + " characters."));
        }
    }

    /** Nothing more comes. */
    public void complete(Call call, UUID transfer) {
        var adding = gate.adding(call, transfer);
        book.complete(adding.sender(), adding.transfer().id(), command(call, "complete/" + transfer))
                .orElseThrow(ProblemException::refused);
    }

    /** A transfer that the caller may know of. @throws ProblemException 404 */
    public Seen seen(Call call, SessionId session, UUID id) {
        var place = gate.place(call.caller(), session);
        var transfer = book.brief(call.caller().site(), new TransferId(id))
                .filter(one -> one.session().equals(session))
                .filter(one -> Views.sees(place, one))
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
        return new Seen(place, transfer);
    }

    /** The receiver wants it. @throws ProblemException 404, 403 {@code not-in-control}, 409 {@code transfer-over} */
    public void agree(Call call, SessionId session, UUID id) {
        var seen = asked(call, session, id);
        if (seen.transfer().state() == State.OFFERED
                && !FilesActivity.goesOn(seen.place().session(), seen.transfer().epoch())) {
            throw new ProblemException(Gate.notNow());
        }
        book.agree(
                        seen.transfer().site(),
                        seen.transfer().id(),
                        seen.place().participant().id(),
                        call.caller().actor(),
                        command(call, "agree/" + id))
                .orElseThrow(ProblemException::refused);
    }

    /** The receiver does not want it. @throws ProblemException as {@link #agree} */
    public void decline(Call call, SessionId session, UUID id) {
        var seen = asked(call, session, id);
        book.decline(
                        seen.transfer().site(),
                        seen.transfer().id(),
                        seen.place().participant().id(),
                        call.caller().actor(),
                        command(call, "decline/" + id))
                .orElseThrow(ProblemException::refused);
    }

    /** The receiver has all of it. @throws ProblemException 404 */
    public void delivered(Call call, SessionId session, UUID id) {
        var seen = seen(call, session, id);
        if (!seen.place().receives(seen.transfer()) || !gate.reads(seen.place(), seen.transfer())) {
            throw new ProblemException(Problem.unknown());
        }
        book.delivered(
                        seen.transfer().site(),
                        seen.transfer().id(),
                        seen.place().participant().id(),
                        call.caller().actor(),
                        command(call, "delivered/" + id))
                .orElseThrow(ProblemException::refused);
    }

    /** Its sender does not want to send it any more. @throws ProblemException 404, 409 {@code transfer-over} */
    public void cancel(Call call, SessionId session, UUID id) {
        var seen = seen(call, session, id);
        var transfer = seen.transfer();
        if (!transfer.from().equals(seen.place().participant().id())) {
            throw new ProblemException(Problem.unknown());
        }
        if (transfer.state().readable()) {
            throw new ProblemException(new Problem(409, "transfer-over", "The receiver has agreed to it already."));
        }
        book.cancel(
                        transfer.site(),
                        transfer.id(),
                        Ending.TAKEN_BACK,
                        call.caller().actor(),
                        command(call, "cancel/" + id))
                .orElseThrow(ProblemException::refused);
    }

    /** From now on the caller agrees to all that the other side sends, or is asked again; what waits is agreed to as well. */
    public void acceptAll(Call call, SessionId id, boolean on) {
        var place = gate.place(call.caller(), id);
        var session = place.session();
        var me = place.participant();
        boolean customer = me.role() == Role.CUSTOMER;
        if (!customer && !session.controls(me.id())) {
            throw new ProblemException(notInControl());
        }
        book.acceptAll(session.site(), id, me.id(), customer, session.epoch(), on);
        if (on) {
            book.kept(session.site(), id).stream()
                    .filter(one -> one.state() == State.OFFERED && one.epoch() == session.epoch())
                    .filter(place::receives)
                    // One that is answered otherwise meanwhile stays as it is.
                    .forEach(one -> book.agree(
                            one.site(), one.id(), me.id(), call.caller().actor(), command(call, "agree/" + one.id())));
        }
    }

    private Seen asked(Call call, SessionId session, UUID id) {
        var seen = seen(call, session, id);
        if (!seen.place().receives(seen.transfer())) {
            throw new ProblemException(Problem.unknown());
        }
        if (!gate.asks(seen.place(), seen.transfer())) {
            throw new ProblemException(notInControl());
        }
        return seen;
    }

    private static Problem notInControl() {
        return new Problem(403, "not-in-control", "Only the agent in control answers for the agents.");
    }

    private static UUID command(Call call, String what) {
        return Ids.derived(call.commandId(), "files/" + what);
    }
}
