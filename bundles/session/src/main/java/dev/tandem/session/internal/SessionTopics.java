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
 * Topics {@code session/ID}: always the whole view. A page that subscribes is a page that is there. A customer sees the end
 * as a last state, then the topic is gone.
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
        boolean over = view.state() == SupportSession.State.ENDED && caller instanceof Caller.OfCustomer;
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
        participant(caller, id).ifPresent(key -> presence.attached(key, page));
    }

    @Override
    public void detached(Caller caller, String id, UUID page) {
        participant(caller, id).ifPresent(key -> presence.detached(key, page));
    }

    private Optional<Presence.Key> participant(Caller caller, String id) {
        var session = Uuids.parse(id);
        if (session.isEmpty()) {
            return Optional.empty();
        }
        if (caller instanceof Caller.OfCustomer customer) {
            return session.filter(customer.session()::equals)
                    .map(s -> new Presence.Key(customer.site(), s, customer.participant()));
        }
        if (caller instanceof Caller.OfAgent agent) {
            return streams.load(agent.site(), session.get())
                    .state()
                    .agent(agent.agent().id())
                    .map(p -> new Presence.Key(agent.site(), session.get(), p.id()));
        }
        return Optional.empty();
    }
}
