package dev.tandem.screen.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Lease;
import dev.tandem.journal.StorageException;
import dev.tandem.screen.internal.ScreenStream.Stopping;

/**
 * Shares that this node knows of and has no socket of: the sender is yet to come, hangs on another node, or died with one.
 * A share whose sender comes nowhere is stopped. Thread-safe.
 */
final class Expected<K> {
    private static final Logger LOG = LoggerFactory.getLogger(Expected.class);

    /** How often another node is asked whether it still relays. */
    static final Duration ASKED = Duration.ofSeconds(5);

    /** @param elsewhere another node relayed it when it was last looked at */
    private record Due(Instant at, boolean elsewhere) {}

    /** What is so now, by the session and by the lease of its media. */
    interface Authority<K> {
        boolean running(K share);

        /** What allows this node to stop it; empty while another node relays. */
        Optional<Lease> take(K share);

        Stopping stop(K share, Lease lease);
    }

    private final Authority<K> authority;
    private final Clock clock;
    private final Map<K, Due> shares = new ConcurrentHashMap<>();

    Expected(Authority<K> authority, Clock clock) {
        this.authority = authority;
        this.clock = clock;
    }

    /** The sender should have come by then, here or elsewhere; what is expected already stays as it is. */
    void expect(K share, Duration within) {
        shares.putIfAbsent(share, due(within, false));
    }

    /** Somebody has come to this node. @return until when the sender is waited for, if it was expected */
    Optional<Instant> came(K share) {
        return Optional.ofNullable(shares.remove(share))
                .filter(due -> !due.elsewhere())
                .map(Due::at);
    }

    void tick() {
        var now = clock.instant();
        shares.forEach((share, due) -> {
            if (!now.isBefore(due.at())) {
                var next = next(share, due);
                if (next.isPresent()) {
                    shares.replace(share, due, next.get());
                } else {
                    shares.remove(share, due);
                }
            }
        });
    }

    private Optional<Due> next(K share, Due due) {
        try {
            if (!authority.running(share)) {
                return Optional.empty();
            }
            var lease = authority.take(share);
            if (lease.isEmpty()) {
                return Optional.of(due(ASKED, true));
            }
            if (due.elsewhere()) {
                // Whoever relayed it relays no more. The pages are on their way to another node, perhaps to this one.
                return Optional.of(due(ScreenStream.COMING_BACK, false));
            }
            return authority.stop(share, lease.get()) == Stopping.DONE
                    ? Optional.empty()
                    : Optional.of(due(ScreenStream.BEAT, false));
        } catch (RuntimeException e) {
            StorageException.log(LOG, share + " could not be looked after", e);
            return Optional.of(due(ASKED, due.elsewhere()));
        }
    }

    private Due due(Duration within, boolean elsewhere) {
        return new Due(clock.instant().plus(within), elsewhere);
    }
}
