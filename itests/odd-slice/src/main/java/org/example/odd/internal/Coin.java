package org.example.odd.internal;

import java.util.Optional;
import java.util.UUID;

import org.example.odd.CoinEvent.Side;

/**
 * The coin of a session.
 *
 * @param inTheAir the toss under way
 */
record Coin(long heads, long tails, Optional<Toss> inTheAir) {
    static final Coin NEW = new Coin(0, 0, Optional.empty());

    /** What is stored. */
    sealed interface Fact {}

    /** @param side how it will land, which nobody is told before */
    record Tossed(Side side, UUID by) implements Fact {}

    record Landed(Side side, UUID by) implements Fact {}

    record Toss(Side side, UUID by) {}

    Coin after(Fact fact) {
        if (fact instanceof Tossed tossed) {
            return new Coin(heads, tails, Optional.of(new Toss(tossed.side(), tossed.by())));
        }
        return ((Landed) fact).side() == Side.HEADS
                ? new Coin(heads + 1, tails, Optional.empty())
                : new Coin(heads, tails + 1, Optional.empty());
    }
}
