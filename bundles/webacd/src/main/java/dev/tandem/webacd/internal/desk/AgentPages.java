package dev.tandem.webacd.internal.desk;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Ids;
import dev.tandem.journal.Node;
import dev.tandem.journal.Nodes;
import dev.tandem.journal.StorageException;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.work.AbsentTable.Who;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkEnds;

/**
 * Which agents have a page open, at whatever node. One whose last page has gone for a few seconds, so that it was no reload,
 * loses the offers that are pending and gets none until a page is there again. Who never had a page, as a program by REST,
 * is not concerned.
 */
@Component(service = AgentPages.class)
public final class AgentPages {
    /** After which a page that has gone was no reload. */
    static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(AgentPages.class);

    private record Place(Who who, UUID page) {}

    private final WorkBook book;
    private final Absences absences;
    private final Nodes nodes;
    private final Ids ids;
    private final Clock clock;
    private final Later later;
    /** How many sockets of each page hang on this node; memory is right, since a socket never outlives its node. */
    private final Map<Place, Integer> here = new ConcurrentHashMap<>();

    private volatile boolean open = true;

    @Activate
    public AgentPages(
            @Reference WorkBook book,
            @Reference Absences absences,
            @Reference Nodes nodes,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference Later later) {
        this.book = book;
        this.absences = absences;
        this.nodes = nodes;
        this.ids = ids;
        this.clock = clock;
        this.later = later;
        later.run(LOOK, this::keepLooking);
    }

    void attached(Who who, UUID page) {
        here.merge(new Place(who, page), 1, Integer::sum);
        later.run(
                Duration.ZERO,
                () -> trying(() -> {
                    if (here.containsKey(new Place(who, page))) {
                        absences.table().opened(who, page, nodes.self().id());
                        absences.pageThere(who);
                    }
                }));
    }

    void detached(Who who, UUID page) {
        var place = new Place(who, page);
        if (here.computeIfPresent(place, (key, sockets) -> sockets == 1 ? null : sockets - 1) != null) {
            return;
        }
        var at = clock.instant();
        later.run(
                Duration.ZERO,
                () -> trying(() -> {
                    if (!here.containsKey(place)) {
                        absences.table().closed(who, page, nodes.self().id(), at);
                    }
                }));
        later.run(PATIENCE, () -> trying(this::judge));
    }

    /** Something may have happened to a node. */
    void lookSoon() {
        later.run(Duration.ZERO, () -> trying(this::look));
    }

    private void keepLooking() {
        if (open) {
            trying(this::look);
            later.run(LOOK, this::keepLooking);
        }
    }

    private void look() {
        var me = nodes.self().id();
        var withPages = absences.table().nodes();
        var living = nodes.all().stream().map(Node::id).collect(Collectors.toSet());
        var now = clock.instant();
        for (var node : withPages) {
            if (!node.equals(me) && !living.contains(node)) {
                absences.table().closedAll(node, now);
            }
        }
        // Under a new id, when the others had taken this node for dead; and what could not be written before.
        for (var place : here.keySet()) {
            absences.table().opened(place.who(), place.page(), me);
            absences.pageThere(place.who());
        }
        judge();
    }

    private void judge() {
        var before = clock.instant().minus(PATIENCE);
        for (var who : absences.table().goneSince(before)) {
            absences.pagesGone(who);
            for (var item : book.table().offeredTo(who.site(), who.agent())) {
                WorkEnds.withdrawFrom(book, who.site(), new WorkItemId(item), who.agent(), "page-closed", ids.next());
                LOG.info("The last page of agent {} of site {} has gone: an offer goes on", who.agent(), who.site());
            }
            absences.table().forget(who, before);
        }
    }

    private void trying(Runnable what) {
        if (!open) {
            return;
        }
        try {
            what.run();
        } catch (RuntimeException e) {
            // The next look does it.
            StorageException.log(LOG, "Pages of agents could not be noted", e);
        }
    }

    @Deactivate
    void close() {
        open = false;
    }
}
