package dev.tandem.webacd.internal.desk;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Refusal;
import dev.tandem.platform.Agent;
import dev.tandem.webacd.WorkItem;
import dev.tandem.webacd.WorkSource;
import dev.tandem.webacd.WorkSource.Card;

/** Where work comes from, as far as it is there now. */
@Component(service = Sources.class)
public final class Sources {
    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);
    private static final Card EMPTY = new Card(List.of(), Optional.empty());

    private final List<WorkSource> sources = new CopyOnWriteArrayList<>();
    private final List<Taker> takers = new CopyOnWriteArrayList<>();

    @Activate
    public Sources() {}

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void add(WorkSource source) {
        sources.add(source);
    }

    void remove(WorkSource source) {
        sources.remove(source);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addTaker(Taker taker) {
        takers.add(taker);
    }

    void removeTaker(Taker taker) {
        takers.remove(taker);
    }

    /** What its source shows of an item; nothing if the source is away or fails. */
    Card card(WorkItem item) {
        return sources.stream()
                .filter(source -> source.kind().equals(item.request().source()))
                .findFirst()
                .map(source -> card(source, item))
                .orElse(EMPTY);
    }

    private static Card card(WorkSource source, WorkItem item) {
        try {
            return source.card(item);
        } catch (RuntimeException e) {
            LOG.warn("The source {} has no card for {}", source.kind(), item.id(), e);
            return EMPTY;
        }
    }

    Optional<Refusal> assigned(WorkItem item, Agent to) {
        return takers.stream()
                .filter(taker -> taker.kind().equals(item.request().source()))
                .findFirst()
                .flatMap(taker -> taker.assigned(item, to));
    }
}
