package dev.tandem.session.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who controls and who is helped.
 *
 * @param controller who is in control, or was last if that one has left; nobody while the session waits for an agent to
 *     take it, and once it has ended
 * @param epoch ascends when control passes
 * @param first the epoch of who began the session, or has taken it last
 * @param sender who has handed the session over last
 * @param offer while the controller is gone and others are asked
 * @param assisted the customer who is helped
 */
record Control(
        Optional<UUID> controller,
        long epoch,
        long first,
        Optional<UUID> sender,
        Optional<Offer> offer,
        Optional<UUID> assisted) {
    static final Control NONE =
            new Control(Optional.empty(), 0, 0, Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Control to be taken.
     *
     * @param to who is asked; empty if every agent is
     * @param until how long that one has
     * @param asked who has been asked so far
     */
    record Offer(Optional<UUID> to, Optional<Instant> until, List<UUID> asked) {}

    boolean isControlledBy(UUID participant) {
        return controller.filter(participant::equals).isPresent();
    }

    boolean isSender(UUID participant) {
        return sender.filter(participant::equals).isPresent();
    }

    boolean assists(UUID participant) {
        return assisted.filter(participant::equals).isPresent();
    }

    Control passed(UUID to, long newEpoch) {
        return new Control(Optional.of(to), newEpoch, first, sender, Optional.empty(), assisted);
    }

    Control taken(UUID by, long newEpoch) {
        return new Control(Optional.of(by), newEpoch, newEpoch, sender, Optional.empty(), assisted);
    }

    /** Nobody controls until somebody takes it. */
    Control handedOver(UUID by) {
        return new Control(Optional.empty(), epoch, first, Optional.of(by), Optional.empty(), assisted);
    }

    Control offered(Optional<UUID> to, Optional<Instant> until) {
        var asked = new ArrayList<>(offer.map(Offer::asked).orElse(List.of()));
        to.ifPresent(asked::add);
        return new Control(
                controller, epoch, first, sender, Optional.of(new Offer(to, until, List.copyOf(asked))), assisted);
    }

    Control withdrawn() {
        return new Control(controller, epoch, first, sender, Optional.empty(), assisted);
    }

    Control assisting(Optional<UUID> customer) {
        return new Control(controller, epoch, first, sender, offer, customer);
    }

    Control ended() {
        return new Control(Optional.empty(), epoch, first, sender, Optional.empty(), Optional.empty());
    }
}
