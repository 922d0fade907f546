package dev.tandem.session.internal;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.function.Predicate;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.SiteId;
import dev.tandem.web.Secrets;

/**
 * PINs of seats: 9 digits, the first of them no zero. A PIN is never stored: it is derived from the seat under a secret
 * key, so that it can be shown again after a restart, and found by a hash under another key.
 */
@Component(service = Pins.class)
public final class Pins {
    private static final long LEAST = 100_000_000;
    private static final long HOW_MANY = 900_000_000;
    private static final int TRIES = 100;

    private final Keyed derivation;
    private final Keyed lookup;

    @Activate
    public Pins(@Reference Secrets secrets) {
        this.derivation = new Keyed(secrets.key("session.pin"));
        this.lookup = new Keyed(secrets.key("session.pin-lookup"));
    }

    /** @param attempt 0 for the seat's first PIN, which is taken unless another living session has it */
    String pin(UUID seat, int attempt) {
        var bytes = ByteBuffer.wrap(derivation.of(seat + "/" + attempt));
        return Long.toString(LEAST + Long.remainderUnsigned(bytes.getLong(), HOW_MANY));
    }

    /** By what a PIN is found. Takes the same time whatever is typed; blanks and hyphens between the digits are fine. */
    String hash(SiteId site, String typed) {
        return lookup.hex(site + "/" + typed.replaceAll("[\\s\\u00a0-]", ""));
    }

    /** A seat with the first of its PINs that nobody has. */
    Fact.SeatOpened open(SiteId site, UUID seat, Predicate<String> inUse) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            var hash = hash(site, pin(seat, attempt));
            if (!inUse.test(hash)) {
                return new Fact.SeatOpened(seat, attempt, hash);
            }
        }
        throw new IllegalStateException("no PIN is free in site " + site);
    }
}
