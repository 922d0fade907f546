package dev.tandem.journal.internal;

import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;

import dev.tandem.journal.Announcements;
import dev.tandem.journal.Database;
import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Journal;
import dev.tandem.journal.Leases;
import dev.tandem.journal.Nodes;
import dev.tandem.journal.Sealer;
import dev.tandem.journal.SiteSettings;

/**
 * A real journal without OSGi, for tests of slices: on a temporary SQLite file, or any database that is supported.
 *
 * <pre>
 * var source = new SQLiteDataSource();
 * source.setUrl("jdbc:sqlite:" + folder.resolve("test.db"));
 * var clock = new TestClock();
 * try (var runtime = JournalRuntime.open(source, clock)) {
 *     var streams = runtime.journal().open(new MyKind());
 *     ...
 *     clock.advance(Duration.ofMinutes(5));
 *     runtime.fireDue();
 *     runtime.settle();
 * }
 * </pre>
 */
public final class JournalRuntime implements AutoCloseable {
    private final SqlDatabase database;
    private final LocalNode node;
    private final Ids ids;
    private final Sealer sealer;
    private final LaneJournal journal;
    private final EventSettings settings;

    private JournalRuntime(DataSource source, Clock clock, int waiting, Optional<String> name, boolean byItself) {
        this(source, clock, waiting, name, byItself, false);
    }

    private JournalRuntime(
            DataSource source, Clock clock, int waiting, Optional<String> name, boolean byItself, boolean silent) {
        this.database = new SqlDatabase(source);
        this.ids = new TimeOrderedIds(clock);
        this.sealer = new SaltingSealer(ids);
        try {
            this.node = join(clock, name, byItself);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        this.journal = silent
                ? new LaneJournal(database, clock, ids, node, waiting, byItself, ears -> new Neighbours.Alone())
                : new LaneJournal(database, clock, ids, node, waiting, byItself);
        this.settings = new EventSettings(journal);
    }

    private LocalNode join(Clock clock, Optional<String> name, boolean byItself) {
        var called = name.orElseGet(() -> "test-" + ids.next());
        var joined = new LocalNode(database, clock, ids, new LocalNode.Identity(called, "test", !byItself));
        var namesake = joined.join();
        if (namesake.isPresent()) {
            joined.end();
            throw new IllegalStateException("there is a node named " + called + ": " + namesake.get());
        }
        return joined;
    }

    /** Opens a journal whose deadlines fire only when {@link #fireDue} is called. */
    public static JournalRuntime open(DataSource source, Clock clock) {
        return new JournalRuntime(source, clock, 1024, Optional.empty(), false);
    }

    /** Opens a journal whose deadlines fire by themselves, as in a bundle. */
    public static JournalRuntime openRunning(DataSource source, Clock clock) {
        return new JournalRuntime(source, clock, 1024, Optional.empty(), true);
    }

    /** Opens a running journal that neither rings the doorbell nor hears it, to measure what that costs. */
    public static JournalRuntime openSilent(DataSource source, Clock clock) {
        return new JournalRuntime(source, clock, 1024, Optional.empty(), true, true);
    }

    /**
     * Opens a journal as one of several nodes on a PostgreSQL that lives by itself, as in a bundle, and follows the clock of
     * the database.
     *
     * @throws IllegalStateException if there is a node of that name
     */
    public static JournalRuntime node(DataSource source, String name) {
        return new JournalRuntime(source, new SystemClock(), 1024, Optional.of(name), true);
    }

    /**
     * The same by hand: it beats when it is told to by {@link #beat}, fires deadlines by {@link #fireDue}, and the given
     * clock decides who is taken for dead. Share it among the nodes.
     */
    public static JournalRuntime node(DataSource source, Clock clock, String name) {
        return new JournalRuntime(source, clock, 1024, Optional.of(name), false);
    }

    /** @param waiting how many commands of a site may wait */
    static JournalRuntime open(DataSource source, Clock clock, int waiting) {
        return new JournalRuntime(source, clock, waiting, Optional.empty(), false);
    }

    public Journal journal() {
        return journal;
    }

    public Database database() {
        return database;
    }

    public SiteSettings settings() {
        return settings;
    }

    public Nodes nodes() {
        return node;
    }

    public Leases leases() {
        return node.leases();
    }

    /** Lets one hear of nodes. */
    public Subscription listen(Nodes.Listener listener) {
        node.listen(listener);
        return () -> node.forget(listener);
    }

    /** Says that the node lives, looks who else does, takes what is free, and waits until everybody has been told. */
    public void beat() {
        node.beat();
    }

    /** Ends as if the process had been killed: nothing is given up, and others must notice. */
    public void kill() {
        node.end();
        // Whatever the others would write when they are closed comes too late.
        database.close();
        settings.close();
        journal.close();
    }

    public Sealer sealer() {
        return sealer;
    }

    public Ids ids() {
        return ids;
    }

    /** Lets a subscriber hear until the returned handle is closed. */
    public Subscription subscribe(EventSubscriber subscriber) {
        journal.addSubscriber(subscriber);
        return () -> journal.removeSubscriber(subscriber);
    }

    /** Announces to all nodes on the database. */
    public Announcements announcements() {
        return journal;
    }

    /** Lets a listener hear announcements until the returned handle is closed. */
    public Subscription listen(Announcements.Listener listener) {
        journal.addListener(listener);
        return () -> journal.removeListener(listener);
    }

    /** A subscriber's place; closing ends it. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** Adds a group of settings, as its slice does by publishing it. */
    public void declare(SiteSettings.Group group) {
        settings.addGroup(group);
    }

    /** Fires the deadlines that are due by the clock, also those that the first ones set; returns how many. */
    public int fireDue() {
        return journal.fireDue();
    }

    /**
     * Waits until {@code committed} was called, every subscriber has heard of all that is durable now, by whichever node, and
     * what was announced on this node has been told here.
     */
    public void settle() {
        journal.settle();
    }

    /** Finishes what is under way and closes the database. Nothing is lost without it either. */
    @Override
    public void close() {
        settings.close();
        journal.close();
        node.close();
        database.close();
    }
}
