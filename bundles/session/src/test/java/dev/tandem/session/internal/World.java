package dev.tandem.session.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

import org.sqlite.SQLiteDataSource;

import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.InteractionId;
import dev.tandem.platform.Interactions;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Activity;
import dev.tandem.session.SessionId;
import dev.tandem.session.internal.CustomerDesk.Admitted;
import dev.tandem.session.internal.Views.AgentView;
import dev.tandem.session.internal.Views.CustomerView;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics;
import dev.tandem.web.Secrets;

/** The whole slice on a real journal, with a clock, a platform and a live channel in the test's hand. */
public final class World implements AutoCloseable {
    public static final SiteId SITE = new SiteId("main");
    public static final Agent ANNA = new Agent(SITE, new AgentId("anna.bell"), "Anna Bell", Set.of(Agent.Role.AGENT));
    public static final Agent BEN = new Agent(SITE, new AgentId("ben.cole"), "Ben Cole", Set.of(Agent.Role.AGENT));
    public static final InteractionId CALL = new InteractionId("call-1");
    public static final InteractionId CHAT = new InteractionId("chat-1");
    static final String URL = "http://127.0.0.1:8181/j/";

    private final DataSource source;
    final Living.Member nodes;
    public final TestClock clock;
    final JournalRuntime runtime;
    final HandLater later;
    final Platform platform = new Platform();
    final List<String> rung = Collections.synchronizedList(new ArrayList<>());
    final List<String> stopped = Collections.synchronizedList(new ArrayList<>());
    final Pins pins;
    final OutboxDoor outbox;
    public final InvitationDesk invitations;
    final Settings settings;
    final SessionStreams streams;
    final AgentOptions options;
    final FormKeys forms;
    public final SeatDesk seats;
    public final ConsentDesk consents;
    public final NoteDesk notes;
    final Presence presence;
    public final Views views;
    public final SeatTokens tokens;
    public final SessionDesk agents;
    public final CustomerDesk customers;
    final ViewerLinks viewerLinks;
    public final ControlDesk control;
    public final ViewerDesk viewers;
    final SessionTopics topics;
    final SessionsService sessions;

    public World() {
        this(fresh(), new TestClock());
    }

    World(DataSource source, TestClock clock) {
        this(source, clock, new Living());
    }

    /** One node of several. */
    World(DataSource source, TestClock clock, Living living) {
        this(source, clock, living, 30);
    }

    /** @param grace in seconds */
    World(DataSource source, TestClock clock, Living living, long grace) {
        this(JournalRuntime.open(source, clock), source, clock, living, grace);
    }

    World(JournalRuntime runtime, DataSource source, TestClock clock, Living living, long grace) {
        this.source = source;
        this.nodes = living.join();
        this.clock = clock;
        this.runtime = runtime;
        this.later = new HandLater(clock);
        Secrets secrets = purpose -> (purpose + "0123456789abcdef0123456789abcdef")
                .substring(0, 32)
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        var bell = new ActivityBell();
        bell.add(new Activity() {
            @Override
            public String name() {
                return "screen";
            }

            @Override
            public void stopped(SiteId site, SessionId session) {
                stopped.add(session.toString());
            }
        });
        this.pins = new Pins(secrets);
        this.settings = new Settings(runtime.settings(), new Seeds(grace, 5, 3600));
        runtime.declare(settings);
        var door = new PlatformDoor();
        door.bind(platform);
        this.streams = new SessionStreams(
                runtime.journal(), runtime.database(), (site, topic) -> rung.add(site + " " + topic), bell, later);
        this.presence = new Presence(streams, nodes, settings, clock, runtime.ids(), later);
        this.options = new AgentOptions(runtime.journal(), settings);
        this.forms = new FormKeys(secrets);
        this.viewerLinks = new ViewerLinks(secrets, streams);
        this.views = new Views(
                streams,
                runtime.journal(),
                pins,
                new InvitationTokens(secrets),
                options,
                settings,
                forms,
                viewerLinks,
                clock);
        this.tokens = new SeatTokens(secrets, streams);
        this.agents = new SessionDesk(
                streams, views, pins, settings, door, presence, options, new Links(), runtime.ids(), runtime.sealer());
        this.customers = new CustomerDesk(
                streams, views, pins, tokens, settings, door, presence, options, runtime.ids(), runtime.sealer());
        this.control = new ControlDesk(streams, views, pins, runtime.ids(), runtime.sealer());
        this.viewers = new ViewerDesk(streams, views, viewerLinks, new Links(), runtime.ids(), runtime.sealer());
        this.topics = new SessionTopics(streams, views, presence, later);
        var transfers = new TransferDesk(streams, pins, tokens, settings, runtime.ids(), runtime.sealer());
        this.sessions = new SessionsService(streams, views, bell, settings, transfers, runtime.ids());
        this.seats = new SeatDesk(streams, views, pins, options, runtime.ids());
        this.outbox = new OutboxDoor();
        this.invitations = new InvitationDesk(
                streams,
                views,
                seats,
                control,
                new InvitationTokens(secrets),
                new InvitationPace(clock),
                outbox,
                runtime.ids(),
                runtime.sealer());
        this.consents = new ConsentDesk(streams, views, settings, runtime.ids());
        this.notes = new NoteDesk(streams, views, forms, runtime.sealer());
    }

    /** The same database after a crash: nothing was said, nothing in memory is left. */
    World crashed() {
        runtime.close();
        presence.close();
        return new World(source, clock, nodes.died());
    }

    private static DataSource fresh() {
        try {
            Path folder = Files.createTempDirectory("tandem-session");
            folder.toFile().deleteOnExit();
            var sqlite = new SQLiteDataSource();
            sqlite.setUrl("jdbc:sqlite:" + folder.resolve("test.db"));
            return sqlite;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Time passes, half a second at a time, and whatever falls due happens. */
    void pass(Duration time) {
        var end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            clock.advance(Duration.ofMillis(500));
            later.runDue();
            runtime.fireDue();
            later.runDue();
        }
        settle();
    }

    public void passSeconds(long seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    /** What was asked for without delay is done. */
    void settle() {
        later.runDue();
        runtime.settle();
        later.runDue();
    }

    public AgentView start() {
        return start(CALL);
    }

    public AgentView start(InteractionId interaction) {
        return agents.open(ANNA, interaction, URL, UUID.randomUUID()).view();
    }

    public String pin(AgentView view) {
        return view.seats().get(0).pin();
    }

    Optional<Admitted> tryJoin(String pin) {
        return customers.join(SITE, pin, UUID.randomUUID());
    }

    public Admitted join(AgentView view) {
        return tryJoin(pin(view)).orElseThrow();
    }

    public AgentView now(AgentView before) {
        return views.after(ANNA, before.id());
    }

    CustomerView seenBy(Admitted customer) {
        return (CustomerView) views.of(customer.customer(), customer.customer().session());
    }

    /** A page of Anna's subscribes. */
    Page annasPage(AgentView view) {
        return new Page(new Caller.OfAgent(ANNA), view.id(), UUID.randomUUID()).open();
    }

    Page pageOf(Admitted customer) {
        return new Page(customer.customer(), customer.customer().session(), UUID.randomUUID()).open();
    }

    /** A page on the live channel. */
    final class Page {
        private final Caller caller;
        private final UUID session;
        final UUID id;

        Page(Caller caller, UUID session, UUID id) {
            this.caller = caller;
            this.session = session;
            this.id = id;
        }

        /** The same page, whose line goes to another node. */
        Page at(World other) {
            return other.new Page(caller, session, id);
        }

        Page open() {
            topics.attached(caller, session.toString(), id);
            settle();
            return this;
        }

        /** Its socket is gone, for whatever reason. */
        void drop() {
            topics.detached(caller, session.toString(), id);
            settle();
        }

        /** It says so and goes. */
        void close() {
            sayClosing();
            drop();
        }

        void sayClosing() {
            if (caller instanceof Caller.OfCustomer customer) {
                customers.closing(customer, session, id);
            } else if (caller instanceof Caller.OfAgent agent) {
                agents.closing(agent.agent(), session, id, UUID.randomUUID());
            }
        }

        LiveTopics.Delivery after(long number) {
            return topics.after(caller, session.toString(), number);
        }
    }

    @Override
    public void close() {
        presence.close();
        runtime.close();
    }

    /** The contact center. */
    static final class Platform implements Interactions {
        final Map<InteractionId, Interaction> known = new HashMap<>();
        final List<String> sent = new ArrayList<>();

        Platform() {
            put(CALL, Interaction.Kind.CALL, Interaction.State.ACTIVE, Optional.of(ANNA.id()));
            put(CHAT, Interaction.Kind.CHAT, Interaction.State.ACTIVE, Optional.of(ANNA.id()));
        }

        void put(InteractionId id, Interaction.Kind kind, Interaction.State state, Optional<AgentId> agent) {
            var contact = new Interaction.Contact("Marie Dupont", "+33 1 23 45 67 89");
            known.put(id, new Interaction(SITE, id, kind, state, agent, contact, java.time.Instant.EPOCH));
        }

        @Override
        public Optional<Interaction> find(SiteId site, InteractionId interaction) {
            return Optional.ofNullable(known.get(interaction))
                    .filter(i -> i.site().equals(site));
        }

        @Override
        public Sent send(SiteId site, InteractionId interaction, AgentId agent, String text) {
            sent.add(text);
            return Sent.SENT;
        }
    }

    /** Runs when the test says so. */
    static final class HandLater implements Later {
        private record Task(java.time.Instant at, Runnable what) {}

        private final TestClock clock;
        private final List<Task> tasks = new ArrayList<>();

        HandLater(TestClock clock) {
            this.clock = clock;
        }

        @Override
        public synchronized void run(Duration delay, Runnable what) {
            tasks.add(new Task(clock.instant().plus(delay), what));
        }

        void runDue() {
            for (var next = next(); next.isPresent(); next = next()) {
                next.get().what().run();
            }
        }

        private synchronized Optional<Task> next() {
            var due = tasks.stream()
                    .filter(t -> !t.at().isAfter(clock.instant()))
                    .min(java.util.Comparator.comparing(Task::at));
            due.ifPresent(tasks::remove);
            return due;
        }
    }

    /** What stands in {@code etc/}. */
    record Seeds(long grace, long closing, long unused) implements Settings.Config {
        @Override
        public long consentWait() {
            return 120;
        }

        @Override
        public String mode() {
            return "AGENT";
        }

        @Override
        public long customers() {
            return 10;
        }

        @Override
        public boolean form() {
            return false;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return Settings.Config.class;
        }
    }
}
