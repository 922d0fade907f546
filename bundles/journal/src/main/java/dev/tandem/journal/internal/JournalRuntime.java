package dev.tandem.journal.internal;

import java.time.Clock;
import javax.sql.DataSource;

import dev.tandem.journal.Announcements;
import dev.tandem.journal.Database;
import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Journal;
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
    private final Ids ids;
    private final Sealer sealer;
    private final LaneJournal journal;
    private final EventSettings settings;

    private JournalRuntime(DataSource source, Clock clock, int waiting, boolean byItself) {
        this.database = new SqlDatabase(source);
        this.ids = new TimeOrderedIds(clock);
        this.sealer = new SaltingSealer(ids);
        this.journal = new LaneJournal(database, clock, ids, waiting, byItself);
        this.settings = new EventSettings(journal);
    }

    /** Opens a journal whose deadlines fire only when {@link #fireDue} is called. */
    public static JournalRuntime open(DataSource source, Clock clock) {
        return new JournalRuntime(source, clock, 1024, false);
    }

    /** Opens a journal whose deadlines fire by themselves, as in a bundle. */
    public static JournalRuntime openRunning(DataSource source, Clock clock) {
        return new JournalRuntime(source, clock, 1024, true);
    }

    /** @param waiting how many commands of a site may wait */
    static JournalRuntime open(DataSource source, Clock clock, int waiting) {
        return new JournalRuntime(source, clock, waiting, false);
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
        database.close();
    }
}
