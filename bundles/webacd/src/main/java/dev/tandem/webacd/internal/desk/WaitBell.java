package dev.tandem.webacd.internal.desk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Recorded;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.work.OtherWorks;
import dev.tandem.webacd.internal.work.Plans;
import dev.tandem.webacd.internal.work.Waits;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkFact;
import dev.tandem.webacd.internal.work.WorkState;

/**
 * Rings for those whom it concerns that others of a queue have come or gone: the customers of this node who look at their
 * place, and the agents who may pick from it. Twice a second at most for a queue.
 */
@Component(service = WaitBell.class)
public final class WaitBell {
    private static final Duration PACE = Duration.ofMillis(500);

    private record Customer(SiteId site, String session) {}

    /**
     * A customer's look at the wait.
     *
     * @param told whether the queue is known; as long as it is not, whatever changes may be the customer's
     * @param queue in which the customer stood when told last
     */
    private record Looks(int pages, boolean told, Optional<UUID> queue) {
        private Looks pages(int now) {
            return new Looks(now, told, queue);
        }

        private boolean concerns(UUID changed) {
            return !told || queue.equals(Optional.of(changed));
        }
    }

    private record Line(SiteId site, UUID queue) {}

    private final Plans plans;
    private final Waits waits;
    private final MyBell bell;
    private final Later later;
    private final Map<Customer, Looks> looking = new ConcurrentHashMap<>();
    private final Set<Line> ringing = ConcurrentHashMap.newKeySet();
    private final List<Runnable> deaf;

    @Activate
    public WaitBell(
            @Reference WorkBook book,
            @Reference Plans plans,
            @Reference Absences absences,
            @Reference OtherWorks others,
            @Reference Waits waits,
            @Reference MyBell bell,
            @Reference Later later) {
        this.plans = plans;
        this.waits = waits;
        this.bell = bell;
        this.later = later;
        this.deaf = List.of(
                book.listen(this::committed),
                absences.listen(this::staff),
                others.listen(this::staff),
                plans.listen(this::staff));
    }

    @Deactivate
    void close() {
        deaf.forEach(Runnable::run);
    }

    /**
     * A page of the customer begins to look. It was answered before, when nobody rang for it yet, and of a line that comes back
     * with the last number nobody has counted meanwhile: so it is told once more.
     */
    void attached(SiteId site, String session) {
        var looks = looking.merge(
                new Customer(site, session),
                new Looks(1, false, Optional.empty()),
                (before, one) -> before.pages(before.pages() + 1));
        if (looks.pages() == 1) {
            bell.waits(site, session);
        }
    }

    /** A page looks no longer. */
    void detached(SiteId site, String session) {
        looking.computeIfPresent(
                new Customer(site, session),
                (key, looks) -> looks.pages() == 1 ? null : looks.pages(looks.pages() - 1));
    }

    /** What is told next is about to be read. */
    void asks(SiteId site, String session) {
        looking.computeIfPresent(
                new Customer(site, session), (key, looks) -> new Looks(looks.pages(), false, Optional.empty()));
    }

    /** The customer is told of the wait in that queue. */
    void told(SiteId site, String session, Optional<UUID> queue) {
        looking.computeIfPresent(new Customer(site, session), (key, looks) -> new Looks(looks.pages(), true, queue));
    }

    /** Of a site's agents others are there now, so the estimates are others. Returns at once. */
    void staff(SiteId site) {
        plans.queues(site).forEach(queue -> changed(site, queue.id().value()));
    }

    private void committed(Recorded<WorkFact> event, WorkState after) {
        if (event.event() instanceof WorkFact.Told) {
            return;
        }
        after.queue().ifPresent(queue -> changed(event.site(), queue));
        if (event.event() instanceof WorkFact.Moved moved) {
            moved.from().ifPresent(queue -> changed(event.site(), queue));
        }
    }

    private void changed(SiteId site, UUID queue) {
        var line = new Line(site, queue);
        if (ringing.add(line)) {
            later.run(PACE, () -> {
                ringing.remove(line);
                ring(line);
            });
        }
    }

    private void ring(Line line) {
        waits.forget(line.site(), line.queue());
        looking.forEach((customer, looks) -> {
            if (customer.site().equals(line.site()) && looks.concerns(line.queue())) {
                bell.waits(customer.site(), customer.session());
            }
        });
        plans.queue(line.site(), new QueueId(line.queue()))
                .filter(queue -> queue.facts().pick())
                .ifPresent(
                        queue -> queue.members().keySet().forEach(agent -> bell.changed(line.site(), agent.value())));
    }
}
