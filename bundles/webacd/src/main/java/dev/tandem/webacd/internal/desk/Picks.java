package dev.tandem.webacd.internal.desk;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Recorded;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkFact;
import dev.tandem.webacd.internal.work.WorkState;

/** Requests of this node that wait for the router's word about a pick. */
@Component(service = Picks.class)
public final class Picks {
    static final String GRANTED = "granted";
    static final String TAKEN = "pick-taken";

    private record Asked(UUID item, UUID pick) {}

    private final Map<Asked, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
    private final Runnable deaf;

    @Activate
    public Picks(@Reference WorkBook book) {
        this.deaf = book.listen(this::committed);
    }

    @Deactivate
    void close() {
        deaf.run();
    }

    /** Completed with {@link #GRANTED} or why not. To be called before it is asked. */
    CompletableFuture<String> await(UUID item, UUID pick) {
        var answer = new CompletableFuture<String>();
        var asked = new Asked(item, pick);
        waiting.put(asked, answer);
        answer.whenComplete((what, failure) -> waiting.remove(asked));
        return answer;
    }

    private void committed(Recorded<WorkFact> event, WorkState after) {
        if (waiting.isEmpty() || event.event() instanceof WorkFact.PickAsked) {
            return;
        }
        waiting.forEach((asked, answer) -> {
            if (asked.item().equals(event.stream())) {
                if (event.event() instanceof WorkFact.PickGranted granted
                        && granted.pick().equals(asked.pick())) {
                    answer.complete(GRANTED);
                } else if (event.event() instanceof WorkFact.PickRefused refused
                        && refused.pick().equals(asked.pick())) {
                    answer.complete(refused.why());
                } else if (after.pick()
                        .filter(one -> one.id().equals(asked.pick()))
                        .isEmpty()) {
                    answer.complete(TAKEN);
                }
            }
        });
    }
}
