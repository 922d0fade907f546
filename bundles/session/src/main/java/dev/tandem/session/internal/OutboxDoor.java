package dev.tandem.session.internal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import dev.tandem.outbox.Outbox;

/** The outbox, which may be away while sessions go on. */
@Component(service = OutboxDoor.class)
public final class OutboxDoor {
    private final AtomicReference<Optional<Outbox>> outbox = new AtomicReference<>(Optional.empty());

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bind(Outbox there) {
        outbox.set(Optional.of(there));
    }

    void unbind(Outbox gone) {
        outbox.updateAndGet(now -> now.filter(one -> one != gone));
    }

    /** Whether mail leaves from here. */
    boolean ready() {
        return outbox.get().filter(Outbox::ready).isPresent();
    }
}
