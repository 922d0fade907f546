package dev.tandem.filetransfer.internal.desk;

import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.FileTransfer.Ending;
import dev.tandem.filetransfer.FileTransfer.FileState;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.TransferId;
import dev.tandem.filetransfer.internal.book.Direction;
import dev.tandem.filetransfer.internal.book.Quota;
import dev.tandem.filetransfer.internal.book.Sender;
import dev.tandem.filetransfer.internal.book.TransferBook;
import dev.tandem.filetransfer.internal.verify.TypeList;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** Who may send and read what: the one check of every door of this bundle. Whatever is not the caller's is not there. */
@Component(service = Gate.class)
public final class Gate {
    /** How many files a folder has at most. */
    public static final int MOST_FILES = 10_000;

    /** How many transfers a session has at most. */
    static final int MOST_TRANSFERS = 20_000;

    private static final Problem ENDED = new Problem(409, "session-ended", "The session has ended.");

    private final SupportSessions sessions;
    private final TransferBook book;
    private final Settings settings;

    /** A sender with a transfer of theirs, to which they add. */
    public record Adding(Sender sender, FileTransfer transfer) {}

    /** What a caller may see of a session. @param session perhaps one that has ended, for agents who were in it */
    public record Place(SupportSession session, Participant participant) {
        /** Whether what goes that way is for this caller, and not from them. */
        public boolean receives(FileTransfer transfer) {
            return transfer.to().isPresent()
                    ? transfer.to().get().equals(participant.id())
                    : participant.role() == Role.AGENT;
        }
    }

    @Activate
    public Gate(@Reference SupportSessions sessions, @Reference TransferBook book, @Reference Settings settings) {
        this.sessions = sessions;
        this.book = book;
        this.settings = settings;
    }

    /**
     * Who sends in a session.
     *
     * @throws ProblemException 404 for a session that is not the caller's; 403 {@code not-in-control},
     *     {@code viewers-do-not-send}, {@code switched-off}, {@code not-allowed-now}; 409 {@code session-ended}, {@code no-customer}
     */
    public Sender sender(Call call, SessionId session) {
        known(call.caller());
        var in = sessions.audience(call.caller(), session);
        return sender(in.session(), in.participant());
    }

    /** The agent in control of a session, in whose name something is sent. @throws ProblemException as {@link #sender} */
    Sender controller(SiteId site, SessionId id) {
        var session = sessions.find(site, id).orElseThrow(() -> new ProblemException(Problem.unknown()));
        var controller = session.controller().flatMap(session::participant);
        if (controller.isEmpty()) {
            boolean ended = session.state() == SupportSession.State.ENDED;
            throw new ProblemException(ended ? ENDED : notNow());
        }
        return sender(session, controller.get());
    }

    private Sender sender(SupportSession session, Participant who) {
        var refused = refusal(session, who);
        if (refused.isPresent()) {
            throw new ProblemException(refused.get());
        }
        boolean agent = who.role() == Role.AGENT;
        return new Sender(
                session.site(),
                session.id(),
                who.id(),
                who.agent().map(id -> "agent:" + id).orElse("customer:" + who.id()),
                agent ? session.assisted() : Optional.empty(),
                session.epoch(),
                session.controller().orElseThrow());
    }

    /** Why that participant cannot send anything now; empty if they can. */
    Optional<Problem> refusal(SupportSession session, Participant who) {
        if (session.state() == SupportSession.State.ENDED) {
            return Optional.of(ENDED);
        }
        if (who.role() == Role.VIEWER) {
            return Optional.of(new Problem(403, "viewers-do-not-send", "Who looks on from outside sends no files."));
        }
        if (session.terms().off(FilesActivity.NAME)) {
            return Optional.of(new Problem(403, "switched-off", "Files are switched off in this session."));
        }
        if (who.role() == Role.AGENT && !session.controls(who.id())) {
            return Optional.of(
                    new Problem(403, "not-in-control", "Only the agent in control sends files to the customer."));
        }
        boolean controlled = session.controller().filter(session::controls).isPresent();
        if (session.state() == SupportSession.State.TRANSFERRING || !controlled) {
            return Optional.of(notNow());
        }
        boolean customer = session.assisted()
                .flatMap(session::participant)
                .filter(one -> one.state().present())
                .isPresent();
        return customer
                ? Optional.empty()
                : Optional.of(new Problem(409, "no-customer", "No customer is here to send something to."));
    }

    /** A sender who goes on with what they have announced, of which no file is told. @throws ProblemException as {@link #sender}, and 404 */
    public Adding adding(Call call, UUID transfer) {
        known(call.caller());
        var found = book.head(call.caller().site(), new TransferId(transfer))
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
        var owner = owner(call.caller(), found.session());
        if (!owner.participant().id().equals(found.from())) {
            throw new ProblemException(Problem.unknown());
        }
        refuseEnded(owner.session(), found);
        var sender = sender(call, found.session());
        return new Adding(sender, found);
    }

    /**
     * Whether such a file may be sent at all, before a byte comes. One whose size nobody knows needs room for the largest.
     *
     * @param size empty if the sender does not know it yet
     * @param type as the sender says: nobody relies on it, what counts are name and content
     * @throws ProblemException 413 {@code file-too-large}, {@code quota-session}, {@code quota-site}; 415
     *     {@code type-not-allowed}
     */
    public void admit(Sender sender, String name, Optional<Long> size, String type) {
        admit(sender, name, size, type, 0);
    }

    /** @param more bytes that the site keeps, or has made room for, beside its files; less than none for room made already */
    public void admit(Sender sender, String name, Optional<Long> size, String type, long more) {
        long most = most(sender);
        if (size.filter(bytes -> bytes > most).isPresent()) {
            throw new ProblemException(
                    new Problem(413, "file-too-large", "A file this way has at most " + most + " bytes."));
        }
        long bytes = size.orElse(most);
        refuseSession(sender, bytes + Math.min(0, more));
        refuseSite(sender.site(), bytes + more);
        if (!types(sender.site(), sender.direction()).admits(name)) {
            throw new ProblemException(
                    new Problem(415, "type-not-allowed", "Files of this type are not allowed here."));
        }
    }

    /** Whether there is room for so many bytes more. @throws ProblemException 413 {@code quota-session}, {@code quota-site} */
    public void admit(Sender sender, long bytes) {
        refuseSession(sender, bytes);
        refuseSite(sender.site(), bytes);
    }

    /**
     * Makes room for a file that is added next, after {@link #admit}: of those who come at the same moment only as many get it as
     * there is room for. Who does not add it gives it back.
     *
     * @param more as for {@link #admit}
     * @throws ProblemException 413 {@code quota-session}, {@code quota-site}
     */
    public void makeRoom(Sender sender, String file, Optional<Long> size, long more) {
        var site = sender.site();
        long bytes = size.orElse(most(sender));
        if (bytes == 0) {
            return;
        }
        var quota = new Quota(settings.sessionQuota(site), settings.siteQuota(site) - more);
        book.makeRoom(sender, file, bytes, quota).ifPresent(full -> {
            throw full(full);
        });
    }

    private static ProblemException full(Quota.Full full) {
        return new ProblemException(
                switch (full) {
                    case SESSION -> new Problem(413, "quota-session", "The files of this session take all they may.");
                    case SITE -> new Problem(413, "quota-site", "The files of this site take all they may.");
                });
    }

    private void refuseSession(Sender sender, long bytes) {
        if (bytes > 0 && book.bytes(sender.site(), sender.session()) + bytes > settings.sessionQuota(sender.site())) {
            throw full(Quota.Full.SESSION);
        }
    }

    /** @throws ProblemException 413 {@code quota-site} unless the site has room for so many bytes more */
    private void refuseSite(SiteId site, long bytes) {
        if (bytes > 0 && book.bytes(site) + bytes > settings.siteQuota(site)) {
            throw full(Quota.Full.SITE);
        }
    }

    /** Whether one more transfer may begin: each is listed, loaded and kept. @throws ProblemException 413 {@code quota-session} */
    public void admitTransfer(Sender sender) {
        if (book.count(sender.site(), sender.session()) >= MOST_TRANSFERS) {
            throw new ProblemException(
                    new Problem(413, "quota-session", "A session has at most " + MOST_TRANSFERS + " transfers."));
        }
    }

    /**
     * Whether a caller may send something in a session now, for what does not say in which.
     *
     * @throws ProblemException as {@link #sender}; 403 {@code not-in-control} for agents who are in control of no session
     */
    public void somewhere(Call call) {
        var caller = call.caller();
        known(caller);
        if (caller instanceof Caller.OfCustomer customer) {
            sender(call, new SessionId(customer.session()));
        } else if (caller instanceof Caller.OfAgent agent) {
            var refused = sessions.controlled(caller.site()).stream()
                    .filter(one -> one.agent().equals(agent.agent().id()))
                    .map(one -> refusal(call, one.session()))
                    .toList();
            if (refused.stream().noneMatch(Optional::isEmpty)) {
                throw new ProblemException(refused.stream()
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElseGet(() -> new Problem(
                                403, "not-in-control", "Only the agent in control sends files to the customer.")));
            }
        }
    }

    private Optional<Problem> refusal(Call call, SessionId session) {
        try {
            sender(call, session);
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
    }

    /** Bytes of the largest file that this sender may send. */
    public long most(Sender sender) {
        return settings.most(sender.site(), sender.direction());
    }

    /** The same for a file that comes already. */
    public long most(FileTransfer transfer) {
        return settings.most(transfer.site(), Direction.of(transfer));
    }

    /** Types that may go that way. */
    public TypeList types(SiteId site, Direction direction) {
        return settings.types(site, direction);
    }

    /**
     * The transfer of a file that the caller sends, with that file alone in it. Its bytes may be all here already, so whoever
     * asks looks at the file's state.
     *
     * @throws ProblemException 404 {@code unknown}; 403 {@code not-allowed-now} if it was ended by the control's passing or the
     *     session's end; 404 {@code gone} if it has expired
     */
    public FileTransfer mine(Call call, String file) {
        known(call.caller());
        var transfer =
                book.ofFile(call.caller().site(), file).orElseThrow(() -> new ProblemException(Problem.unknown()));
        var owner = owner(call.caller(), transfer.session());
        if (!owner.participant().id().equals(transfer.from())) {
            throw new ProblemException(Problem.unknown());
        }
        refuseEnded(owner.session(), transfer);
        boolean there = transfer.file(file)
                .filter(one -> one.state() != FileState.TAKEN_BACK)
                .isPresent();
        if (!there || transfer.state() == State.REMOVED || transfer.state() == State.CANCELLED) {
            throw new ProblemException(Problem.unknown());
        }
        return transfer;
    }

    private static void refuseEnded(SupportSession session, FileTransfer transfer) {
        var ending = transfer.ending();
        if (ending.equals(Optional.of(Ending.EXPIRED))) {
            throw new ProblemException(new Problem(404, "gone", "Nothing came for too long: it was given up."));
        }
        boolean ended =
                ending.equals(Optional.of(Ending.CONTROL_PASSED)) || ending.equals(Optional.of(Ending.SESSION_ENDED));
        boolean coming = transfer.state() == State.ARRIVING || transfer.state() == State.OFFERED;
        if (ended || coming && !FilesActivity.goesOn(session, transfer.epoch())) {
            throw new ProblemException(notNow());
        }
        if (transfer.state() == State.DECLINED) {
            throw new ProblemException(new Problem(403, "declined", "The receiver does not want it."));
        }
    }

    /** The transfer of a file that the caller may read, with that file alone in it. @throws ProblemException 404 */
    public FileTransfer readable(Call call, String file) {
        known(call.caller());
        var transfer =
                book.ofFile(call.caller().site(), file).orElseThrow(() -> new ProblemException(Problem.unknown()));
        boolean ready = transfer.file(file)
                .filter(one -> one.state() == FileState.READY)
                .isPresent();
        if (!ready || !reads(place(call.caller(), transfer.session()), transfer)) {
            throw new ProblemException(Problem.unknown());
        }
        return transfer;
    }

    /** A transfer that the caller may read, with all that is in it. @throws ProblemException 404 */
    public FileTransfer readable(Call call, TransferId id) {
        known(call.caller());
        var site = call.caller().site();
        var brief = book.brief(site, id).orElseThrow(() -> new ProblemException(Problem.unknown()));
        if (!reads(place(call.caller(), brief.session()), brief)) {
            throw new ProblemException(Problem.unknown());
        }
        return book.find(site, id).orElseThrow(() -> new ProblemException(Problem.unknown()));
    }

    /** Receivers read what was agreed to; agents of the session also what customers have got, so that nothing is asked twice. */
    boolean reads(Place place, FileTransfer transfer) {
        boolean looks = place.participant().role() == Role.AGENT && transfer.state() == State.DONE;
        return transfer.state().readable() && (place.receives(transfer) || looks);
    }

    /** Whether the caller is the one who answers: a customer for themselves, the agent in control for the agents. */
    boolean asks(Place place, FileTransfer transfer) {
        var me = place.participant();
        return place.receives(transfer)
                && (me.role() == Role.CUSTOMER || place.session().controls(me.id()));
    }

    /**
     * Where the caller stands in a session. Who has left one that goes on is not in it; of one that has ended agents may look at
     * what there was.
     *
     * @throws ProblemException 404 {@code unknown}
     */
    public Place place(Caller caller, SessionId id) {
        known(caller);
        var place = owner(caller, id);
        var me = place.participant();
        boolean there = place.session().state() == SupportSession.State.ENDED
                ? me.role() == Role.AGENT
                : me.role() == Role.AGENT
                        ? me.state() != Participant.State.LEFT
                        : me.state().present();
        if (!there) {
            throw new ProblemException(Problem.unknown());
        }
        return place;
    }

    /** The same for who asks for what they send themselves: customers, too, are told that it has ended. */
    private Place owner(Caller caller, SessionId id) {
        var session = sessions.find(caller.site(), id).orElseThrow(() -> new ProblemException(Problem.unknown()));
        return session.participants().stream()
                .filter(one -> is(one, caller, id))
                .filter(one -> one.state() != Participant.State.INVITED && one.state() != Participant.State.REMOVED)
                .findFirst()
                .map(one -> new Place(session, one))
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
    }

    /** Before anything is looked for: strangers hear the same of what is there and of what is not. */
    private static void known(Caller caller) {
        if (caller instanceof Caller.Anonymous) {
            throw new ProblemException(new Problem(401, "sign-in-needed", "Sign in, or join with a PIN."));
        }
    }

    private static boolean is(Participant participant, Caller caller, SessionId session) {
        if (caller instanceof Caller.OfAgent agent) {
            return participant.agent().equals(Optional.of(agent.agent().id()));
        }
        return caller instanceof Caller.OfCustomer customer
                && customer.session().equals(session.value())
                && participant.id().equals(new ParticipantId(customer.participant()));
    }

    static Problem notNow() {
        return new Problem(403, "not-allowed-now", "Files cannot be sent now: control has passed, or nobody has it.");
    }
}
