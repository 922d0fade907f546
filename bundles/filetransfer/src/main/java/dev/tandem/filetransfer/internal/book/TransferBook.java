package dev.tandem.filetransfer.internal.book;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.FileTransfer.Ending;
import dev.tandem.filetransfer.FileTransfer.Reason;
import dev.tandem.filetransfer.FileTransfer.SentFile;
import dev.tandem.filetransfer.TransferId;
import dev.tandem.filetransfer.internal.desk.FilesActivity;
import dev.tandem.filetransfer.internal.desk.Settings;
import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Database;
import dev.tandem.journal.Decision;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Journal;
import dev.tandem.journal.None;
import dev.tandem.journal.Sealer;
import dev.tandem.journal.Streams;
import dev.tandem.journal.Streams.Decider;
import dev.tandem.platform.SiteId;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.web.LiveChannel;

/**
 * The transfers of this node's sites, open while the component is active. Who may do what is not judged here: see
 * {@link dev.tandem.filetransfer.internal.desk.Gate}.
 */
@Component(service = TransferBook.class)
public final class TransferBook {
    /** First part of the topics on the live channel. */
    public static final String TOPIC = "filetransfer";
    /** How many transfers of a session are listed. */
    public static final int MOST_LISTED = 500;

    private static final String SYSTEM = "system";

    private final Database database;
    private final Sealer sealer;
    private final Settings settings;
    private final FilesActivity activity;
    private final Clock clock;
    private final Snapshots snapshots;
    private final Streams<TransferState, Fact> streams;
    private final List<BiConsumer<SiteId, SessionId>> listeners = new CopyOnWriteArrayList<>();

    @Activate
    public TransferBook(
            @Reference Journal journal,
            @Reference Database database,
            @Reference Sealer sealer,
            @Reference Settings settings,
            @Reference FilesActivity activity,
            @Reference LiveChannel live,
            @Reference Clock clock) {
        this.database = database;
        this.sealer = sealer;
        this.settings = settings;
        this.activity = activity;
        this.clock = clock;
        this.snapshots = new Snapshots(journal);
        database.migrate("filetransfer", TransferBook.class, TransferTable.MIGRATIONS);
        this.streams = journal.open(new TransferKind((site, session) -> {
            listeners.forEach(listener -> listener.accept(site, session));
            live.ring(site, TOPIC + "/" + session);
        }));
    }

    @Deactivate
    public void close() {
        streams.close();
    }

    /** Is told of every change, on every node, before the bell is rung; to return at once. @return undoes it */
    public Runnable listen(BiConsumer<SiteId, SessionId> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** A transfer of which nothing is there yet. Its id cannot be guessed. A repeat of the command gives the same one. */
    public Answer<TransferId> announce(Sender sender, Announcement what, UUID command) {
        var started = activity.start(sender, Ids.derived(command, "activity"));
        if (started instanceof Answer.Refused<None> refused) {
            return new Answer.Refused<>(refused.refusal());
        }
        // The same for the same command, which its sender alone knows: a repeat is of the same stream.
        var id = announced(command, sender.from());
        var name = sealer.seal(sender.actor(), what.name());
        var expiry = settings.expiry(sender.site());
        return streams.execute(
                new Command<>(sender.site(), id.value(), command, sender.actor(), TransferId.class), (state, now) -> {
                    var announced = new Fact.Announced(
                            sender.session().value(),
                            sender.from().value(),
                            sender.to().map(ParticipantId::value),
                            sender.epoch(),
                            what.kind(),
                            name.ref(),
                            what.files(),
                            what.bytes(),
                            now);
                    var decision = TransferRules.announce(state, announced, expiry);
                    return answering(decision, id, name);
                });
    }

    /** The transfer that a command has announced, or would. */
    public static TransferId announced(UUID command, ParticipantId from) {
        return new TransferId(Ids.derived(command, "transfer/" + from));
    }

    /** A file whose bytes are about to come. A repeat of the command gives the id of the first time. */
    public Answer<Added> add(Sender sender, TransferId transfer, FileToCome file, UUID command) {
        var path = sealer.seal(sender.actor(), file.path());
        long most = settings.most(sender.site(), sender.direction());
        return streams.execute(
                new Command<>(sender.site(), transfer.value(), command, sender.actor(), Added.class),
                (state, now) -> answering(
                        TransferRules.add(state, file.file(), path, file.size(), file.type(), file.modified(), most),
                        new Added(file.file())));
    }

    /** For a file whose size was not known when it was added. */
    public Answer<None> sized(Sender sender, TransferId transfer, String file, long size, UUID command) {
        return execute(
                sender.site(),
                transfer,
                command,
                sender.actor(),
                (state, now) -> TransferRules.sized(state, file, size));
    }

    /** Empty folders of a folder. */
    public Answer<None> addFolders(Sender sender, TransferId transfer, List<String> paths, UUID command) {
        var text = sealer.seal(sender.actor(), Snapshots.text(paths));
        return execute(
                sender.site(),
                transfer,
                command,
                sender.actor(),
                (state, now) -> TransferRules.addFolders(state, text, paths.size()));
    }

    /** Nothing more is added. */
    public Answer<None> complete(Sender sender, TransferId transfer, UUID command) {
        var expiry = settings.expiry(sender.site());
        var beforehand = beforehand(sender.site(), transfer);
        return execute(
                sender.site(),
                transfer,
                command,
                sender.actor(),
                (state, now) -> TransferRules.complete(state, beforehand, expiry, now));
    }

    /** All its bytes are here, and it may pass. Nothing changes if it is not awaited any more. */
    public Answer<None> ready(SiteId site, TransferId transfer, String file, long size, String sha256, String type) {
        var expiry = settings.expiry(site);
        var beforehand = beforehand(site, transfer);
        return execute(
                site,
                transfer,
                command(file, "ready"),
                SYSTEM,
                (state, now) -> TransferRules.ready(state, file, size, sha256, type, beforehand, expiry, now));
    }

    /** It may not pass. Nothing changes if it is not awaited any more. */
    public Answer<None> refuse(SiteId site, TransferId transfer, String file, Reason reason) {
        var expiry = settings.expiry(site);
        var beforehand = beforehand(site, transfer);
        return execute(
                site,
                transfer,
                command(file, "refused"),
                SYSTEM,
                (state, now) -> TransferRules.refuse(state, file, reason, beforehand, expiry, now));
    }

    /** Its sender does not want to send that file. */
    public Answer<None> takeBack(SiteId site, TransferId transfer, String file, String actor, UUID command) {
        var expiry = settings.expiry(site);
        var beforehand = beforehand(site, transfer);
        return execute(
                site,
                transfer,
                command,
                actor,
                (state, now) -> TransferRules.takeBack(state, file, beforehand, expiry, now));
    }

    /** Bytes have come for it: it expires so much later. To be called now and then, not for every block. */
    public Answer<None> prolong(SiteId site, TransferId transfer, UUID command) {
        var expiry = settings.expiry(site);
        return execute(site, transfer, command, SYSTEM, (state, now) -> TransferRules.prolong(state, expiry, now));
    }

    /** The receiver wants it. */
    public Answer<None> agree(SiteId site, TransferId transfer, ParticipantId by, String actor, UUID command) {
        return execute(site, transfer, command, actor, (state, now) -> TransferRules.agree(state, by.value(), now));
    }

    /** The receiver does not want it. */
    public Answer<None> decline(SiteId site, TransferId transfer, ParticipantId by, String actor, UUID command) {
        return execute(site, transfer, command, actor, (state, now) -> TransferRules.decline(state, by.value(), now));
    }

    /** The receiver has it. */
    public Answer<None> delivered(SiteId site, TransferId transfer, ParticipantId by, String actor, UUID command) {
        return execute(site, transfer, command, actor, (state, now) -> TransferRules.delivered(state, by.value(), now));
    }

    /** It comes to nothing, unless the receiver has agreed to it already. */
    public Answer<None> cancel(SiteId site, TransferId transfer, Ending why, String actor, UUID command) {
        return execute(site, transfer, command, actor, (state, now) -> TransferRules.cancel(state, why, now));
    }

    /** Its session has ended. */
    public Answer<None> sessionOver(SiteId site, TransferId transfer, UUID command) {
        var keep = settings.keep(site);
        return execute(site, transfer, command, SYSTEM, (state, now) -> TransferRules.sessionOver(state, keep, now));
    }

    /** The transfer with all its files, folders and names. Of a large folder that is a lot: see {@link #ofFile}. */
    public Optional<FileTransfer> find(SiteId site, TransferId transfer) {
        var current = streams.load(site, transfer.value());
        return current.state()
                .announced()
                .map(known -> snapshots.whole(site, transfer.value(), current.state(), current.version()));
    }

    /** The same without the paths in a folder, and without its empty folders. */
    public Optional<FileTransfer> brief(SiteId site, TransferId transfer) {
        var current = streams.load(site, transfer.value());
        return current.state()
                .announced()
                .map(known -> snapshots.brief(site, transfer.value(), current.state(), current.version()));
    }

    /** The transfer without any of its files: for who only asks whose it is. */
    public Optional<FileTransfer> head(SiteId site, TransferId transfer) {
        var current = streams.load(site, transfer.value());
        return current.state()
                .announced()
                .map(known -> snapshots.head(site, transfer.value(), current.state(), current.version()));
    }

    /** The transfer to which a file belongs, with that file alone in it. */
    public Optional<FileTransfer> ofFile(SiteId site, String file) {
        return database.read(sql -> TransferTable.transferOf(sql, site, file)).flatMap(id -> {
            var current = streams.load(site, id);
            return current.state()
                    .file(file)
                    .map(entry -> snapshots.with(site, id, current.state(), current.version(), entry));
        });
    }

    /** Files of a transfer, in the order in which they were added, from that place on. */
    public List<SentFile> files(SiteId site, TransferId transfer, int from, int most) {
        var entries = streams.load(site, transfer.value()).state().files().inOrder();
        int first = Math.min(from, entries.size());
        return snapshots.files(site, entries.subList(first, Math.min(entries.size(), first + most)));
    }

    /** Empty folders of a transfer. */
    public List<String> folders(SiteId site, TransferId transfer) {
        return snapshots.folders(site, streams.load(site, transfer.value()).state());
    }

    /** Those of a session that are open and the latest of the others, the oldest first, as {@link #brief}. */
    public List<FileTransfer> of(SiteId site, SessionId session) {
        return briefs(site, database.read(sql -> TransferTable.of(sql, site, session, MOST_LISTED)));
    }

    /** Files of a session whose bytes are not kept, however many transfers it has had. */
    public List<String> unwanted(SiteId site, SessionId session) {
        return database.read(sql -> TransferTable.unwanted(sql, site, session));
    }

    /** How many a session has had. */
    public long count(SiteId site, SessionId session) {
        return database.read(sql -> TransferTable.count(sql, site, session));
    }

    /** Those of a session that are not over, or whose bytes are still kept, as {@link #brief}. */
    public List<FileTransfer> kept(SiteId site, SessionId session) {
        return briefs(site, database.read(sql -> TransferTable.kept(sql, site, session)));
    }

    /** Whether any of a session is open, however many it has had. */
    public boolean anyOpen(SiteId site, SessionId session) {
        return database.read(sql -> TransferTable.anyOpen(sql, site, session));
    }

    /** Those of all sites in which bytes may be coming, as {@link #brief}. */
    public List<FileTransfer> arriving() {
        var all = new ArrayList<FileTransfer>();
        for (var found : database.read(TransferTable::arriving)) {
            brief(found.site(), found.transfer()).ifPresent(all::add);
        }
        return all;
    }

    private List<FileTransfer> briefs(SiteId site, List<UUID> ids) {
        return ids.stream()
                .flatMap(id -> brief(site, new TransferId(id)).stream())
                .toList();
    }

    /** Those of a site, or of all, that are not over, or whose bytes are still kept, the latest first, as {@link #brief}. */
    public List<FileTransfer> latest(Optional<SiteId> site, int most) {
        return database.read(sql -> TransferTable.latest(sql, site, most)).stream()
                .flatMap(found -> brief(found.site(), found.transfer()).stream())
                .toList();
    }

    /** The transfer of that id, of whatever site, as {@link #brief}; for administrators of the node. */
    public Optional<FileTransfer> anywhere(UUID id) {
        return database.read(sql -> TransferTable.siteOf(sql, id)).flatMap(site -> brief(site, new TransferId(id)));
    }

    /** A session in which something was sent. */
    public record Place(SiteId site, SessionId session) {}

    /** The sessions of a site, or of all, in which something was sent, the latest first; for administrators of the node. */
    public List<Place> sessions(Optional<SiteId> site, int most) {
        return database.read(sql -> TransferTable.sessions(sql, site, most));
    }

    /** What a file counts towards the quotas: its size, or what it may come to while nobody knows. */
    public long room(SiteId site, String file) {
        return database.read(sql -> TransferTable.room(sql, site, file));
    }

    /**
     * Makes room for a file that is added next; its being added takes it. Exact also for those who come at the same moment.
     *
     * @return what has no room; then nothing was made
     */
    public Optional<Quota.Full> makeRoom(Sender sender, String file, long bytes, Quota quota) {
        return database.write(
                sql -> RoomTable.make(sql, sender.site(), sender.session(), file, bytes, quota, clock.instant()));
    }

    /** The file is not added after all. */
    public void giveRoomBack(SiteId site, String file) {
        database.write(sql -> {
            RoomTable.end(sql, site, file);
            return None.NONE;
        });
    }

    /** Bytes that the site keeps, or has made room for. */
    public long bytes(SiteId site) {
        return database.read(sql -> TransferTable.bytes(sql, site, clock.instant()));
    }

    /** The same of a session. */
    public long bytes(SiteId site, SessionId session) {
        return database.read(sql -> TransferTable.bytes(sql, site, session, clock.instant()));
    }

    /** What has last happened to a transfer of that session, as a number that ascends; 0 if there is none. */
    public long position(SiteId site, SessionId session) {
        return database.read(sql -> TransferTable.position(sql, site, session));
    }

    /**
     * From now on a receiver agrees to all that the other side sends, or is asked again. It holds for that epoch of control,
     * so a customer's for one agent.
     */
    public void acceptAll(
            SiteId site, SessionId session, ParticipantId receiver, boolean customer, long epoch, boolean on) {
        database.write(sql -> {
            if (on) {
                AcceptingTable.set(sql, site, session, receiver, customer, epoch);
            } else {
                AcceptingTable.clear(sql, site, session, receiver);
            }
            return None.NONE;
        });
        listeners.forEach(listener -> listener.accept(site, session));
    }

    /** Whether a receiver agrees to all in that epoch. */
    public boolean acceptsAll(SiteId site, SessionId session, ParticipantId receiver, long epoch) {
        return database.read(sql -> AcceptingTable.holds(sql, site, session, receiver, epoch));
    }

    /** The session is over: nobody agrees to anything any more. */
    public void forgetAccepting(SiteId site, SessionId session) {
        database.write(sql -> {
            AcceptingTable.clear(sql, site, session);
            return None.NONE;
        });
    }

    /** The receiver who has agreed to all of this sender. */
    private Optional<UUID> beforehand(SiteId site, TransferId transfer) {
        return streams.load(site, transfer.value()).state().announced().flatMap(announced -> {
            var session = new SessionId(announced.session());
            return database.read(sql -> {
                if (announced.to().isEmpty()) {
                    return AcceptingTable.agent(sql, site, session, announced.epoch());
                }
                var customer = new ParticipantId(announced.to().get());
                return AcceptingTable.holds(sql, site, session, customer, announced.epoch())
                        ? announced.to()
                        : Optional.<UUID>empty();
            });
        });
    }

    private Answer<None> execute(
            SiteId site, TransferId transfer, UUID command, String actor, Decider<TransferState, Fact, None> decider) {
        return streams.execute(new Command<>(site, transfer.value(), command, actor, None.class), decider);
    }

    /** What is found out about a file is found out once. */
    private static UUID command(String file, String what) {
        return Ids.derived(UUID.nameUUIDFromBytes(file.getBytes(StandardCharsets.UTF_8)), "file/" + what);
    }

    private static <A> Decision<Fact, A> answering(
            Decision<Fact, None> decision, A answer, dev.tandem.journal.Personal... personal) {
        if (decision instanceof Decision.Refused<Fact, None> refused) {
            return new Decision.Refused<>(refused.refusal());
        }
        var accepted = (Decision.Accepted<Fact, None>) decision;
        var result = new Decision.Accepted<>(accepted.events(), answer, accepted.deadlines(), accepted.personal());
        for (var row : personal) {
            result = result.with(row);
        }
        return result;
    }
}
