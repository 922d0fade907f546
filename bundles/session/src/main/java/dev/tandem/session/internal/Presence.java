package dev.tandem.session.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Ids;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Streams;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant;

/**
 * Who has a page open, and what follows from it for the session (BX1, W3). Pages are known only in memory. A line that
 * flaps leaves no trace: a participant counts as lost after {@link #MOMENT} without a page, the grace counts from the loss.
 * What is pending is lost in a crash together with all pages, so at the start everybody who counts as connected is taken as
 * just lost.
 */
@Component(service = Presence.class)
public final class Presence {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    static final Duration MOMENT = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final SessionStreams streams;
    private final Settings settings;
    private final Clock clock;
    private final Ids ids;
    private final Later later;
    private final Map<Key, Pages> pages = new HashMap<>();
    private volatile boolean open = true;

    /** A participant. */
    record Key(SiteId site, UUID session, UUID participant) {}

    @Activate
    public Presence(
            @Reference SessionStreams streams,
            @Reference Settings settings,
            @Reference Clock clock,
            @Reference Ids ids,
            @Reference Later later) {
        this.streams = streams;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.later = later;
        missEverybody();
    }

    @Deactivate
    void close() {
        open = false;
    }

    void attached(Key key, UUID page) {
        synchronized (pages) {
            pages.computeIfAbsent(key, k -> new Pages()).attach(page);
        }
        later.run(Duration.ZERO, () -> retrying(() -> noteThere(key)));
    }

    void detached(Key key, UUID page) {
        synchronized (pages) {
            Optional.ofNullable(pages.get(key)).ifPresent(of -> of.detach(page, clock.instant()));
        }
        missIfGone(key);
    }

    /**
     * A page says that it is about to close.
     *
     * @return whether it was the participant's last
     */
    boolean closing(Key key, UUID page) {
        boolean last;
        synchronized (pages) {
            var of = pages.computeIfAbsent(key, k -> new Pages());
            of.closing(page);
            last = !of.anyBut(page, clock.instant(), MOMENT);
        }
        missIfGone(key);
        return last;
    }

    /** After a start: all who count as connected, since their pages did not outlive the crash. */
    private void missEverybody() {
        retrying(() -> {
            for (var living : streams.tables().living()) {
                streams.load(living.site(), living.session()).state().people().stream()
                        .filter(p -> p.state() == Participant.State.JOINED)
                        .map(p -> new Key(living.site(), living.session(), p.id()))
                        .forEach(this::miss);
            }
            return true;
        });
    }

    private void miss(Key key) {
        synchronized (pages) {
            pages.computeIfAbsent(key, k -> new Pages());
        }
        missIfGone(key);
    }

    private void missIfGone(Key key) {
        synchronized (pages) {
            var of = pages.get(key);
            if (of == null || !of.gone(clock.instant())) {
                return;
            }
            var since = of.goneSince().orElseThrow();
            later.run(MOMENT, () -> retrying(() -> noteGone(key, since)));
        }
    }

    /** Notes that a page is there, if the session thinks otherwise. Runs on the one thread of {@link Later}. */
    private boolean noteThere(Key key) {
        var state = streams.load(key.site(), key.session()).state();
        var person = state.person(key.participant()).filter(p -> state.living());
        boolean there;
        Optional<UUID> reopened;
        synchronized (pages) {
            var of = pages.getOrDefault(key, new Pages());
            there = of.anyThere();
            reopened = state.closing()
                    .filter(c -> c.participant().equals(key.participant()) && of.isThere(c.page()))
                    .map(SessionState.Closing::page);
        }
        boolean done = true;
        if (reopened.isPresent()) {
            done = command(key, (s, now) -> SessionRules.reopened(s, key.participant(), reopened.get()));
        }
        if (there
                && person.filter(p -> p.state() == Participant.State.DISCONNECTED)
                        .isPresent()) {
            done &= command(key, (s, now) -> SessionRules.back(s, key.participant()));
        }
        return done;
    }

    /** Notes that no page came back within the moment. Runs on the one thread of {@link Later}. */
    private boolean noteGone(Key key, Instant since) {
        synchronized (pages) {
            var of = pages.get(key);
            if (of == null || !of.goneSince().equals(Optional.of(since))) {
                return true;
            }
        }
        var state = streams.load(key.site(), key.session()).state();
        var grace = settings.grace(key.site());
        boolean joined = state.living()
                && state.person(key.participant())
                        .filter(p -> p.state() == Participant.State.JOINED)
                        .isPresent();
        boolean done = !joined || command(key, (s, now) -> SessionRules.lose(s, key.participant(), since, grace));
        synchronized (pages) {
            pages.computeIfPresent(key, (k, of) -> done && of.isEmpty() ? null : of);
        }
        return done;
    }

    private boolean command(Key key, Streams.Decider<SessionState, Fact, None> decider) {
        var command = new Command<>(key.site(), key.session(), ids.next(), "system", None.class);
        return !(streams.execute(command, decider) instanceof Answer.Refused<None> refused)
                || refused.refusal().reason() != Refusal.Reason.BUSY;
    }

    /** Again after a while as long as it cannot be done: nobody else would come back to it. */
    private void retrying(BooleanSupplier what) {
        if (!open) {
            return;
        }
        boolean done = false;
        try {
            done = what.getAsBoolean();
        } catch (RuntimeException e) {
            if (open) {
                LOG.warn("Presence could not be noted, trying again", e);
            }
        }
        if (!done) {
            later.run(RETRY, () -> retrying(what));
        }
    }
}
