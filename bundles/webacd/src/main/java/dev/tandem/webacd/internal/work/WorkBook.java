package dev.tandem.webacd.internal.work;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Database;
import dev.tandem.journal.Journal;
import dev.tandem.journal.None;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Streams;
import dev.tandem.journal.Streams.Decider;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.WorkItemId;

/** The open streams of work items and their read models. */
@Component(service = WorkBook.class)
public final class WorkBook {
    private static final Logger LOG = LoggerFactory.getLogger(WorkBook.class);
    private static final int CHUNK = 500;

    private final Journal journal;
    private final WorkTable table;
    private final KnownTable known;
    private final Streams<WorkState, WorkFact> streams;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Hears of every durable event, on every node, in the order of the site; returns at once. */
    @FunctionalInterface
    public interface Listener {
        void committed(Recorded<WorkFact> event, WorkState after);
    }

    @Activate
    public WorkBook(@Reference Journal journal, @Reference Database database, @Reference Copies copies) {
        this.journal = journal;
        this.table = new WorkTable(database);
        this.known = new KnownTable(database);
        table.migrate();
        this.streams = journal.open(new WorkKind(this::committed, copies));
    }

    /** @return undoes it */
    public Runnable listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void committed(Recorded<WorkFact> event, WorkState after) {
        for (var listener : listeners) {
            try {
                listener.committed(event, after);
            } catch (RuntimeException e) {
                LOG.warn("A change of work item {} was not heard", event.stream(), e);
            }
        }
    }

    public WorkTable table() {
        return table;
    }

    public KnownTable known() {
        return known;
    }

    public Streams.Current<WorkState> load(SiteId site, WorkItemId item) {
        return streams.load(site, item.value());
    }

    /** Every item that lives, with its state, page by page: all of them may be many. */
    public void living(SiteId site, BiConsumer<WorkItemId, Streams.Current<WorkState>> each) {
        var after = Optional.<UUID>empty();
        List<UUID> page;
        do {
            page = table.living(site, after, CHUNK);
            var states = streams.load(site, page);
            for (var item : page) {
                Optional.ofNullable(states.get(item)).ifPresent(state -> each.accept(new WorkItemId(item), state));
                after = Optional.of(item);
            }
        } while (page.size() == CHUNK);
    }

    /** The text behind a reference; empty if there is none, or it was erased. */
    public Optional<String> text(SiteId site, Optional<Personal.Ref> ref) {
        return ref.flatMap(one -> journal.personal(site, one));
    }

    /** How an item began; empty if there is none. */
    public Optional<WorkFact.Submitted> submitted(SiteId site, WorkItemId item) {
        return streams.read(site, item.value(), 0, 1).stream()
                .map(Recorded::event)
                .filter(WorkFact.Submitted.class::isInstance)
                .map(WorkFact.Submitted.class::cast)
                .findFirst();
    }

    /** Every round of offers, with why it was made so, the latest last. */
    public List<Recorded<WorkFact>> history(SiteId site, WorkItemId item, Set<Class<? extends WorkFact>> kinds) {
        var all = new java.util.ArrayList<Recorded<WorkFact>>();
        for (long after = 0; ; ) {
            var events = streams.read(site, item.value(), after, CHUNK);
            for (var recorded : events) {
                if (kinds.contains(recorded.event().getClass())) {
                    all.add(recorded);
                }
                after = recorded.version();
            }
            if (events.size() < CHUNK) {
                return all;
            }
        }
    }

    public Answer<None> execute(
            SiteId site, WorkItemId item, UUID command, String actor, Decider<WorkState, WorkFact, None> decider) {
        return execute(new Command<>(site, item.value(), command, actor, None.class), decider);
    }

    public <A> Answer<A> execute(Command<A> command, Decider<WorkState, WorkFact, A> decider) {
        return streams.execute(command, decider);
    }

    @Deactivate
    public void close() {
        streams.close();
    }
}
