package dev.tandem.webacd.internal.transfer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Command;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Lease;
import dev.tandem.journal.None;
import dev.tandem.journal.StorageException;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.desk.Later;
import dev.tandem.webacd.internal.router.Routers;
import dev.tandem.webacd.internal.work.Plans;
import dev.tandem.webacd.internal.work.Waits;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkEnds;
import dev.tandem.webacd.internal.work.WorkState.Phase;

/**
 * Tells customers who wait their place and about how long it takes: at once, and then when it has changed, but no more
 * often than a chat can bear. Where the router of the site is, under its lease.
 */
@Component(immediate = true, service = Teller.class)
public final class Teller {
    /** How often it is looked. */
    static final Duration LOOK = Duration.ofSeconds(5);
    /** The least time between two notes to one customer. */
    static final Duration PAUSE = Duration.ofSeconds(45);
    /** Of each queue those who are next. */
    private static final int MOST = 200;

    private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

    private final Routers routers;
    private final Plans plans;
    private final WorkBook book;
    private final Waits waits;
    private final Ids ids;
    private final Clock clock;
    private final Later later;
    private volatile boolean open = true;

    @Activate
    public Teller(
            @Reference Routers routers,
            @Reference Plans plans,
            @Reference WorkBook book,
            @Reference Waits waits,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference Later later) {
        this.routers = routers;
        this.plans = plans;
        this.book = book;
        this.waits = waits;
        this.ids = ids;
        this.clock = clock;
        this.later = later;
        later.run(LOOK, this::keepLooking);
    }

    private void keepLooking() {
        if (!open) {
            return;
        }
        try {
            look();
        } catch (RuntimeException e) {
            StorageException.log(LOG, "Customers could not be told of their wait", e);
        }
        later.run(LOOK, this::keepLooking);
    }

    void look() {
        for (var site : plans.sites()) {
            routers.held(site).ifPresent(lease -> look(site, lease));
        }
    }

    private void look(SiteId site, Lease lease) {
        for (var queue : plans.queues(site)) {
            if (queue.showPosition() || queue.showWait()) {
                for (var item : book.table().waiting(site, queue.id().value(), MOST)) {
                    tell(site, queue, new WorkItemId(item), lease);
                }
            }
        }
    }

    private void tell(SiteId site, Plans.QueuePlan queue, WorkItemId item, Lease lease) {
        var state = book.load(site, item).state();
        if (state.phase() != Phase.WAITING || !state.origin().source().equals(SessionSource.KIND)) {
            return;
        }
        var pause = clock.instant().minus(PAUSE);
        Instant last = state.told().map(told -> told.at()).orElse(Instant.EPOCH);
        if (last.isAfter(pause)) {
            return;
        }
        var place = waits.place(site, item);
        var number = place.filter(one -> queue.showPosition()).map(one -> one.number());
        // In the minutes in which it is told, so that a second more is no news.
        Optional<Long> seconds = queue.showWait()
                ? place.flatMap(one -> one.estimate()).map(estimate -> Wording.minutes(estimate) * 60)
                : Optional.empty();
        WorkEnds.tell(
                book,
                new Command<>(site, item.value(), ids.next(), "router", None.class).under(lease),
                number,
                seconds);
    }

    @Deactivate
    void close() {
        open = false;
    }
}
