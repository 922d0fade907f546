package dev.tandem.webacd.internal.work;

import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Ids;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.config.Waiting;

/** What lives in queues, for those who configure them. */
@Component(service = Waiting.class)
public final class WaitingWork implements Waiting {
    private static final int CHUNK = 500;

    private final WorkBook book;
    private final WorkDesk desk;

    @Activate
    public WaitingWork(@Reference WorkBook book, @Reference WorkDesk desk) {
        this.book = book;
        this.desk = desk;
    }

    @Override
    public int in(SiteId site, QueueId queue) {
        return (int) book.table().living(site, queue.value());
    }

    @Override
    public int move(SiteId site, QueueId from, QueueId to, String actor, UUID command) {
        for (boolean more = true; more; ) {
            var items = book.table().waitingOrOffered(site, from.value(), CHUNK);
            long before = book.table().length(site, from.value());
            for (var item : items) {
                desk.move(
                        site, new WorkItemId(item), to, "queue-removed", actor, Ids.derived(command, item.toString()));
            }
            more = items.size() == CHUNK && book.table().length(site, from.value()) < before;
        }
        return in(site, from);
    }
}
