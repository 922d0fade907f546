package dev.tandem.session.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who controls and who is helped.
 *
 * @param controller who is in control, or was last if that one has left; nobody once the session has ended
 * @param epoch ascends when control passes
 * @param offer while the controller is gone and others are asked
 * @param assisted the customer who is helped
 */
record Control(Optional<UUID> controller, long epoch, Optional<Offer> offer, Optional<UUID> assisted) {
    static final Control NONE = new Control(Optional.empty(), 0, Optional.empty(), Optional.empty());

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

    boolean assists(UUID participant) {
        return assisted.filter(participant::equals).isPresent();
    }

    Control passed(UUID to, long newEpoch) {
        return new Control(Optional.of(to), newEpoch, Optional.empty(), assisted);
    }

    Control offered(Optional<UUID> to, Optional<Instant> until) {
        var asked = new ArrayList<>(offer.map(Offer::asked).orElse(List.of()));
        to.ifPresent(asked::add);
        return new Control(controller, epoch, Optional.of(new Offer(to, until, List.copyOf(asked))), assisted);
    }

    Control withdrawn() {
        return new Control(controller, epoch, Optional.empty(), assisted);
    }

    Control assisting(Optional<UUID> customer) {
        return new Control(controller, epoch, offer, customer);
    }

    Control ended() {
        return new Control(Optional.empty(), epoch, Optional.empty(), Optional.empty());
    }
}
