package dev.tandem.journal.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;

import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Database;

/**
 * Publishes the database as soon as it can be worked with, and says why it cannot until then. What stands on the database
 * starts with its service, a minute or a day later as well. A database that goes away later is still published: its
 * sessions are made anew once it is back.
 */
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"dev.tandem.journal.Database,dev.tandem.journal.internal.SqlDatabase\"")
@Component(service = DatabaseDoor.class, immediate = true)
public final class DatabaseDoor {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseDoor.class);
    /** The data source is made by another bundle, which may be a little later than this one, and end before it. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** How it stands. */
    sealed interface State {
        /** @param reason in plain words, with what to do */
        record Waiting(String code, String reason) implements State {}

        record Open(SqlDatabase database) implements State {}
    }

    /** Takes the database to those who want it; what it returns takes it away from them. */
    @FunctionalInterface
    interface Publisher {
        Runnable publish(SqlDatabase database);
    }

    private record Opened(DataSource source, SqlDatabase database, Runnable withdraw) {
        void close() {
            withdraw.run();
            database.close();
        }
    }

    private final Opening opening;
    private final Publisher publisher;
    private final Duration pause;
    private final Consumer<String> log;
    private final Complaints complaints = new Complaints();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        var made = new Thread(work, "tandem-database");
        made.setDaemon(true);
        return made;
    });

    private volatile State state =
            new State.Waiting("source", "There is no data source. Look at " + Opening.FILE + ": is there one?");
    private Optional<DataSource> source = Optional.empty();
    private long without = System.nanoTime();
    private Optional<Opened> opened = Optional.empty();
    private boolean started;
    private boolean closed;

    @Activate
    public DatabaseDoor(BundleContext context) {
        this(new Opening(Clock.systemUTC()), database -> published(context, database), PAUSE, LOG::warn);
    }

    /**
     * @param pause between two tries
     * @param log hears why it waits
     */
    DatabaseDoor(Opening opening, Publisher publisher, Duration pause, Consumer<String> log) {
        this.opening = opening;
        this.publisher = publisher;
        this.pause = pause;
        this.log = log;
    }

    private static Runnable published(BundleContext context, SqlDatabase database) {
        var names = new String[] {Database.class.getName(), SqlDatabase.class.getName()};
        return context.registerService(names, database, new Hashtable<>())::unregister;
    }

    /** The first try is made here: a node whose database is there has all of it once its bundles have started. */
    @Activate
    void start() {
        attempt();
        synchronized (this) {
            started = true;
        }
        thread.scheduleWithFixedDelay(this::attempt, 0, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Deactivate
    void close() {
        thread.shutdownNow();
        Optional<Opened> last;
        synchronized (this) {
            closed = true;
            last = opened;
            opened = Optional.empty();
        }
        last.ifPresent(Opened::close);
    }

    @Reference(
            target = "(dataSourceName=tandem)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bind(DataSource found) {
        synchronized (this) {
            source = Optional.of(found);
            if (!started || closed) {
                return;
            }
        }
        thread.execute(this::attempt);
    }

    /** The file has changed, or the pool is being stopped: whoever stands on it must leave before it goes. */
    void unbind(DataSource gone) {
        Optional<Opened> last;
        synchronized (this) {
            source = source.filter(known -> known != gone);
            without = System.nanoTime();
            last = opened.filter(one -> one.source() == gone);
            if (last.isPresent()) {
                opened = Optional.empty();
                state = new State.Waiting("source", "The data source has gone. Look at " + Opening.FILE + ".");
            }
        }
        last.ifPresent(Opened::close);
    }

    State state() {
        return state;
    }

    private void attempt() {
        Optional<DataSource> tried;
        boolean late;
        synchronized (this) {
            if (closed || opened.isPresent()) {
                return;
            }
            tried = source;
            late = System.nanoTime() - without > PATIENCE.toNanos();
        }
        try {
            if (tried.isPresent()) {
                open(tried.get());
            } else if (late) {
                waits(new NotReady(
                        "source",
                        "There is no data source \"tandem\". Look at " + Opening.FILE
                                + ": is it there, and are osgi.jdbc.driver.name and pool right?"));
            }
        } catch (NotReady e) {
            waits(e);
        } catch (RuntimeException | Error e) {
            // A thread that ends here would never try again.
            LOG.error("The database could not be opened; trying again", e);
        }
    }

    private void open(DataSource tried) {
        var database = opening.open(tried);
        var mine = new Opened(tried, database, publisher.publish(database));
        synchronized (this) {
            if (!closed && source.filter(now -> now == tried).isPresent()) {
                opened = Optional.of(mine);
                state = new State.Open(database);
            }
        }
        if (opened().filter(now -> now == mine).isEmpty()) {
            mine.close();
            return;
        }
        complaints
                .over(System.nanoTime())
                .ifPresent(lasted -> LOG.info(
                        "The database is there, {} s after it was first asked for: Tandem goes on starting",
                        lasted.toSeconds()));
    }

    private synchronized Optional<Opened> opened() {
        return opened;
    }

    private void waits(NotReady reason) {
        state = new State.Waiting(reason.code(), reason.getMessage());
        if (complaints.due(reason.code(), System.nanoTime())) {
            log.accept("Tandem waits for its database. " + reason.getMessage() + " Trying again every "
                    + pause.toSeconds() + " s.");
        }
    }
}
