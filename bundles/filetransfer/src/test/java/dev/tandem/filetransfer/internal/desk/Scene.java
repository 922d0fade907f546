package dev.tandem.filetransfer.internal.desk;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.TransferId;
import dev.tandem.filetransfer.internal.book.Announcement;
import dev.tandem.filetransfer.internal.book.FileToCome;
import dev.tandem.filetransfer.internal.book.TransferBook;
import dev.tandem.filetransfer.internal.store.Stores;
import dev.tandem.filetransfer.internal.verify.Types;
import dev.tandem.filetransfer.rest.TransfersResource;
import dev.tandem.journal.EventSubscriber.Published;
import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.testing.Cast;
import dev.tandem.session.testing.FakeSession;
import dev.tandem.session.testing.FakeSessions;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.testing.FakeCall;

/** The session of {@link Cast} over a real journal. Bytes are not sent: what becomes of them is told to the book. */
public final class Scene implements AutoCloseable {
    private static final Types TYPES = new Types();
    private static final Path NOWHERE = Path.of("target", "no-files");

    public final TestClock clock = new TestClock();
    public final FakeSessions sessions = new FakeSessions(clock);
    public final FakeSession session = Cast.in(sessions);
    public final List<String> rung = new CopyOnWriteArrayList<>();
    public final JournalRuntime journal;
    public final TransferBook book;
    public final Gate gate;
    public final FilesDesk desk;
    public final TransfersResource resource;
    final Settings settings;
    final Progress progress;
    final FilesTopics topics;
    final SessionWatch watch;

    public Scene(DataSource source) {
        journal = JournalRuntime.open(source, clock);
        settings = new Settings(journal.settings(), TYPES, defaults());
        journal.declare(settings);
        var activity = new FilesActivity(sessions);
        book = new TransferBook(
                journal.journal(),
                journal.database(),
                journal.sealer(),
                settings,
                activity,
                (site, topic) -> rung.add(topic),
                clock);
        gate = new Gate(sessions, book, settings);
        progress = new Progress((site, topic) -> rung.add(topic), clock, (delay, what) -> {});
        book.listen(progress::changed);
        desk = new FilesDesk(book, gate);
        var views = new Views(book, gate, settings, progress, new Stores(NOWHERE, settings));
        topics = new FilesTopics(sessions, views, progress);
        // No bytes are read here.
        resource = new TransfersResource(desk, gate, views, null);
        watch = new SessionWatch(sessions, book, activity);
        journal.subscribe(watch);
    }

    private static Settings.Config defaults() {
        return (Settings.Config) Proxy.newProxyInstance(
                Scene.class.getClassLoader(),
                new Class<?>[] {Settings.Config.class},
                (proxy, method, values) -> method.getDefaultValue());
    }

    void set(String key, String value) {
        journal.settings()
                .set(Cast.SITE, key, Optional.of(value), UUID.randomUUID(), "agent:root")
                .orElseThrow(refusal -> new IllegalArgumentException(refusal.detail()));
    }

    static Call call(Caller caller) {
        return new FakeCall(caller);
    }

    /** A single file, as it is known once its bytes have been announced. */
    Sent file(Caller from, String name, long size) {
        var sender = gate.sender(call(from), Cast.SESSION);
        gate.admit(sender, name, Optional.of(size), "");
        var transfer = book.announce(sender, new Announcement(Kind.FILE, name, 1, Optional.of(size)), UUID.randomUUID())
                .orElseThrow(refusal -> new IllegalStateException(refusal.toString()));
        var sent = add(from, transfer, name, size);
        book.complete(sender, transfer, UUID.randomUUID())
                .orElseThrow(refusal -> new IllegalStateException(refusal.toString()));
        return sent;
    }

    /** A file more for a transfer. */
    Sent add(Caller from, TransferId transfer, String path, long size) {
        var id = UUID.randomUUID().toString().replace("-", "");
        var adding = gate.adding(call(from), transfer.value());
        book.add(
                        adding.sender(),
                        transfer,
                        new FileToCome(id, path, Optional.of(size), "text/plain", Optional.empty()),
                        UUID.randomUUID())
                .orElseThrow(refusal -> new IllegalStateException(refusal.toString()));
        return new Sent(transfer, id, size);
    }

    record Sent(TransferId transfer, String file, long size) {
        String id() {
            return transfer.toString();
        }
    }

    void ready(Sent sent) {
        book.ready(Cast.SITE, sent.transfer(), sent.file(), sent.size(), "00", "text/plain");
    }

    FileTransfer now(Sent sent) {
        return book.find(Cast.SITE, sent.transfer()).orElseThrow();
    }

    /** As the session tells it. */
    void heard(SessionEvent event) {
        watch.on(new Published(Cast.SITE, 1, UUID.randomUUID(), UUID.randomUUID(), Instant.EPOCH, event));
        journal.settle();
    }

    boolean running() {
        return session.now().running(FilesActivity.NAME);
    }

    @Override
    public void close() {
        book.close();
        journal.close();
    }
}
