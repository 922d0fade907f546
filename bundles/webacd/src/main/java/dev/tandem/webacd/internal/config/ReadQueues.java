package dev.tandem.webacd.internal.config;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Queues;

/** The queues as other slices see them. */
@Component(service = Queues.class)
public final class ReadQueues implements Queues {
    private final RoutingBook book;
    private final Clock clock;

    @Activate
    public ReadQueues(@Reference RoutingBook book, @Reference Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    @Override
    public Optional<Queue> find(SiteId site, QueueId queue) {
        return book.of(site).queue(queue).map(this::view);
    }

    @Override
    public List<Queue> queues(SiteId site) {
        return book.queues(site).stream().map(this::view).toList();
    }

    private Queue view(Routing.Queue queue) {
        var now = clock.instant();
        return new Queue(
                queue.id(),
                queue.config().slug(),
                queue.config().name(),
                queue.hours().openAt(now),
                queue.hours().nextChange(now));
    }
}
