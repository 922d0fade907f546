package dev.tandem.recording.internal;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.sqlite.SQLiteDataSource;

import dev.tandem.journal.Lease;
import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.recording.Recording;
import dev.tandem.recording.RecordingId;
import dev.tandem.session.Consent;
import dev.tandem.session.Participant;
import dev.tandem.session.testing.Cast;
import dev.tandem.session.testing.FakeSession;
import dev.tandem.session.testing.FakeSessions;
import dev.tandem.web.Caller;
import dev.tandem.web.MediaNodes;

/** Anna in control and Marie, who is helped, over a real journal and real files. Time and looks are the test's. */
public final class Scene implements AutoCloseable {
    static final SiteId ACME = new SiteId("acme");

    final TestClock clock = new TestClock();
    final FakeSessions sessions = new FakeSessions(clock);
    final FakeSession session = sessions.open(ACME);
    final Participant anna = session.join(Cast.agent("anna"));
    final Participant marie = session.join(Cast.customer("Marie"));
    final FakeScreen screen = new FakeScreen(clock);
    final Values values = new Values();
    final JournalRuntime journal;
    final Path folder;
    final Settings settings;
    final Shelf shelf;
    RecordingBook book;
    Director director;
    Caretaker caretaker;
    Recorder recorder;
    Desk desk;
    /** Another node relays. */
    boolean elsewhere;

    Scene(Path folder) {
        this.folder = folder.resolve("recordings");
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("test.db"));
        journal = JournalRuntime.open(source, clock);
        settings = new Settings(journal.settings(), values);
        journal.declare(settings);
        shelf = new Shelf(this.folder, settings);
        start();
    }

    /** As when the bundle starts. */
    void start() {
        book = new RecordingBook(journal.journal(), journal.database(), (site, topic) -> {});
        director = new Director(sessions, book, settings, clock);
        caretaker = new Caretaker(book, shelf, journal.nodes(), journal.leases(), clock);
        recorder = new Recorder(
                sessions,
                screen,
                book,
                director,
                shelf,
                settings,
                caretaker,
                media(),
                journal.nodes(),
                journal.ids(),
                clock,
                nobody(),
                nobody(),
                Runnable::run);
        desk = new Desk(sessions, director, recorder, book, settings);
    }

    /** Takes nothing: the test looks. */
    private static ScheduledExecutorService nobody() {
        var nobody = Executors.newSingleThreadScheduledExecutor();
        nobody.shutdown();
        return nobody;
    }

    /** As when it stops. */
    void stop() {
        recorder.close();
        book.close();
    }

    /** As when the node is killed: nothing is closed, nothing flushed. */
    void kill() {
        recorder.forget();
        book.close();
    }

    private MediaNodes media() {
        return new MediaNodes() {
            @Override
            public boolean othersGoOn() {
                return false;
            }

            @Override
            public Optional<Lease> held(SiteId site, UUID session) {
                return take(site, session);
            }

            @Override
            public Optional<Lease> take(SiteId site, UUID session) {
                return elsewhere ? Optional.empty() : journal.leases().take(site, "media/" + session);
            }
        };
    }

    /** Anna presses, Marie allows it, and it is written. */
    Recording recording() {
        press();
        allow(marie);
        look();
        return latest();
    }

    Recording press() {
        return desk.start(asAnna(), session.id(), UUID.randomUUID());
    }

    void allow(Participant who) {
        answer(who, Consent.State.GRANTED);
        director.advance(ACME, session.id());
    }

    void answer(Participant who, Consent.State now) {
        session.answer(who.id(), Director.NAME, now);
    }

    Recording latest() {
        var all = book.of(ACME, session.id());
        return all.get(all.size() - 1);
    }

    Recording again(Recording of) {
        return book.find(ACME, new RecordingId(of.id().value())).orElseThrow();
    }

    /** Time goes by, and the recorder looks. */
    void pass(Duration time) {
        clock.advance(time);
        recorder.tick();
    }

    /** It looks as often as it takes to ask the database. */
    void look() {
        pass(Recorder.LOOK);
    }

    static Agent agent(String name, Agent.Role... more) {
        var roles = new java.util.HashSet<>(Set.of(more));
        roles.add(Agent.Role.AGENT);
        return new Agent(ACME, new AgentId(name), name, roles);
    }

    Caller asAnna() {
        return new Caller.OfAgent(agent("anna"));
    }

    @Override
    public void close() {
        stop();
        journal.close();
    }

    /** The configuration of the node. */
    static final class Values implements Settings.Config {
        long reserve;
        long quota;
        long retention = 90;
        boolean allowed = true;

        @Override
        public String folder() {
            return "";
        }

        @Override
        public long reserve() {
            return reserve;
        }

        @Override
        public boolean allowed() {
            return allowed;
        }

        @Override
        public long retention() {
            return retention;
        }

        @Override
        public long quota() {
            return quota;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return Settings.Config.class;
        }
    }
}
