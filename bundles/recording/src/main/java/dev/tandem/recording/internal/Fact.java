package dev.tandem.recording.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.recording.Recording.Ending;

/** What is stored of a recording. Its pictures, and what was said, are not. */
sealed interface Fact {
    /**
     * @param by the participant who started it
     * @param epoch of control, for which it is granted
     */
    record Asked(UUID session, UUID by, long epoch, Instant at) implements Fact {}

    /** All have allowed it. */
    record Begun(Instant at) implements Fact {}

    /** @param node the name of the node that writes it from now on */
    record PartBegun(int part, String node, Instant at) implements Fact {}

    /** @param refusedBy the participant who did not allow it, or withdrew */
    record Ended(Ending why, Optional<UUID> refusedBy, Instant at) implements Fact {}

    record PartFinished(int part, long millis, long bytes) implements Fact {}

    /** Its file was gone before it could be finished. */
    record PartLost(int part) implements Fact {}

    /** Nobody may see it any more; its files are deleted next. */
    record RemovalBegun() implements Fact {}

    record PartRemoved(int part) implements Fact {}
}
