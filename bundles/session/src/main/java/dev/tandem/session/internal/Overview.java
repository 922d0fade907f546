package dev.tandem.session.internal;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Ids;
import dev.tandem.journal.None;
import dev.tandem.platform.SiteId;
import dev.tandem.session.SupportSession;

/**
 * The sessions of all sites for who runs the node and is in none of them. It tells who is in and what is going on, never a
 * PIN or a token: those belong to the people in the session.
 */
@Component(service = Overview.class)
public final class Overview {
    private final SessionStreams streams;
    private final Views views;
    private final Clock clock;
    private final Ids ids;

    @Activate
    public Overview(
            @Reference SessionStreams streams, @Reference Views views, @Reference Clock clock, @Reference Ids ids) {
        this.streams = streams;
        this.views = views;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * The living sessions, the newest first.
     *
     * @param site only of this one
     * @param ended also those that ended within the last day
     */
    public List<SupportSession> list(Optional<SiteId> site, boolean ended) {
        var since = ended ? Optional.of(clock.instant().minus(Views.LOOK_BACK)) : Optional.<java.time.Instant>empty();
        return streams.tables().since(since).stream()
                .filter(key -> site.isEmpty() || site.get().equals(key.site()))
                .flatMap(key -> views.snapshot(key.site(), key.session()).stream())
                .toList();
    }

    /** Those with that id, or that number among the sessions of {@link #list}; numbers are each site's own. */
    public List<SupportSession> find(String idOrNumber, Optional<SiteId> site) {
        var listed = list(site, true);
        var living = listed.stream()
                .filter(session -> session.state() != SupportSession.State.ENDED)
                .filter(session -> session.number().equals(idOrNumber))
                .toList();
        if (!living.isEmpty()) {
            return living;
        }
        return Stream.concat(
                        listed.stream()
                                .filter(session -> session.number().equals(idOrNumber)
                                        || session.id().toString().equals(idOrNumber)),
                        older(idOrNumber, site).stream())
                .distinct()
                .toList();
    }

    /** One that ended long ago still has its id. */
    private Optional<SupportSession> older(String id, Optional<SiteId> site) {
        return Uuids.parse(id).flatMap(session -> streams.tables()
                .site(session)
                .filter(of -> site.isEmpty() || site.get().equals(of))
                .flatMap(of -> views.snapshot(of, session)));
    }

    /** Ends a session over the heads of those in it, who are told that the administration did. */
    public Answer<None> end(SiteId site, UUID session, String actor) {
        return streams.execute(
                new Command<>(site, session, ids.next(), actor, None.class), SessionRules::endFromOutside);
    }
}
