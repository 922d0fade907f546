package dev.tandem.session.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.session.SupportSession;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics;

/**
 * Topics {@code session/ID}: always the whole view. A page that subscribes is a page that is there. Customers and viewers see
 * the end as a last state, then the topic is gone.
 */
@Component(service = LiveTopics.class)
public final class SessionTopics implements LiveTopics {
    private static final Duration LAST_LOOK = Duration.ofMillis(500);

    private final SessionStreams streams;
    private final Views views;
    private final Presence presence;
    private final Later later;

    @Activate
    public SessionTopics(
            @Reference SessionStreams streams,
            @Reference Views views,
            @Reference Presence presence,
            @Reference Later later) {
        this.streams = streams;
        this.views = views;
        this.presence = presence;
        this.later = later;
    }

    @Override
    public String kind() {
        return SessionStreams.TOPIC_KIND;
    }

    @Override
    public Delivery after(Caller caller, String id, long after) {
        var session = Uuids.parse(id).orElseThrow(Views::unknown);
        var view = views.of(caller, session);
        boolean over = view.state() == SupportSession.State.ENDED && !(caller instanceof Caller.OfAgent);
        if (view.version() <= after) {
            if (over) {
                throw Views.ended();
            }
            return new Delivery.Messages(List.of());
        }
        if (over) {
            later.run(LAST_LOOK, () -> streams.ring(caller.site(), session));
        }
        return new Delivery.Snapshot(new Message(view.version(), "session.state", view));
    }

    @Override
    public void attached(Caller caller, String id, UUID page) {
        visit(caller, id, page).ifPresent(presence::attached);
    }

    @Override
    public void detached(Caller caller, String id, UUID page) {
        visit(caller, id, page).ifPresent(presence::detached);
    }

    /** Asks no database: each page that comes must be counted, and each that goes. */
    private static Optional<PagesHere.Visit> visit(Caller caller, String id, UUID page) {
        var session = Uuids.parse(id);
        if (caller instanceof Caller.OfCustomer customer) {
            return session.filter(customer.session()::equals)
                    .map(s -> new PagesHere.Visit(
                            customer.site(), s, Optional.empty(), Optional.of(customer.participant()), page));
        }
        if (caller instanceof Caller.OfViewer viewer) {
            return session.filter(viewer.session()::equals)
                    .map(s -> new PagesHere.Visit(
                            viewer.site(), s, Optional.empty(), Optional.of(viewer.participant()), page));
        }
        if (caller instanceof Caller.OfAgent agent) {
            return session.map(s -> new PagesHere.Visit(
                    agent.site(), s, Optional.of(agent.agent().id()), Optional.empty(), page));
        }
        return Optional.empty();
    }
}
