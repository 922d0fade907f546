package dev.tandem.webacd.internal.metrics;

import java.util.Optional;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.EventSubscriber;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkEvent;
import dev.tandem.webacd.internal.metrics.Visit.Outcome;
import dev.tandem.webacd.internal.metrics.VisitTable.At;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkFact;

/**
 * Keeps what happened to work items for {@link Metrics}: a catch-up projection with a cursor of its own, beside the writing of the
 * events, which it does not slow down. A new shape of its table gets a new name, which hears from the first event on.
 */
@Component(service = EventSubscriber.class)
public final class Visits implements EventSubscriber {
    private final VisitTable table;
    private final WorkBook book;

    @Activate
    public Visits(@Reference Kept kept, @Reference WorkBook book) {
        this.table = kept.visits();
        this.book = book;
    }

    @Override
    public String name() {
        return "webacd.visits.v1";
    }

    @Override
    public void on(Published published) {
        if (!(published.event() instanceof WorkEvent event)) {
            return;
        }
        var at = new At(published.site(), event.item().value(), published.position(), published.at());
        if (event instanceof WorkEvent.Submitted submitted) {
            boolean transfer = book.load(at.site(), submitted.item())
                    .state()
                    .submitted()
                    .flatMap(one -> one.by())
                    .isPresent();
            var queue = submitted.target() instanceof Target.Queue of
                    ? Optional.of(of.queue().value())
                    : Optional.<java.util.UUID>empty();
            table.submitted(at, queue, transfer);
        } else if (event instanceof WorkEvent.Moved moved) {
            table.moved(at, moved.to().value());
        } else if (event instanceof WorkEvent.Assigned assigned) {
            table.answered(at, assigned.agent().value());
        } else if (event instanceof WorkEvent.Passed passed) {
            table.passed(at, passed.to().value());
        } else if (event instanceof WorkEvent.Done) {
            table.done(at);
        } else if (event instanceof WorkEvent.Abandoned abandoned) {
            if (WorkFact.NEVER_CAME_ABOUT.contains(abandoned.why())) {
                table.neverCame(at);
            } else {
                table.ended(at, Outcome.ABANDONED);
            }
        } else if (event instanceof WorkEvent.Expired) {
            table.ended(at, Outcome.EXPIRED);
        }
    }
}
