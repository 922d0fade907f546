package dev.tandem.recording;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.tandem.platform.SiteId;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;

/**
 * A recording as it is now; a snapshot.
 *
 * @param by who started it, the controller then
 * @param epoch of control, for which it is granted
 * @param askedAt when the others were asked
 * @param startedAt when all had allowed it; empty if they have not
 * @param endedAt when it ended; empty until then
 * @param ending why it ended; empty until then
 * @param refusedBy who did not allow it, or withdrew
 * @param parts its files, in order
 * @param version the stream's version
 */
public record Recording(
        SiteId site,
        RecordingId id,
        SessionId session,
        State state,
        ParticipantId by,
        long epoch,
        Instant askedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<Ending> ending,
        Optional<ParticipantId> refusedBy,
        List<Part> parts,
        long version) {

    public Recording {
        parts = List.copyOf(parts);
    }

    /** ASKING, then RECORDING, FINISHING and FINISHED, or CANCELLED; at last REMOVED. */
    public enum State {
        /** Not everybody has answered yet. */
        ASKING,
        /** The activity runs. */
        RECORDING,
        /** It has ended; its files are being finished. */
        FINISHING,
        /** It can be played. */
        FINISHED,
        /** It has never begun. Terminal. */
        CANCELLED,
        /** Its files are gone, or are just being deleted. Terminal. */
        REMOVED;

        /** Whether it may still be written. */
        public boolean open() {
            return this == ASKING || this == RECORDING;
        }
    }

    /** Why it ended, or never began. */
    public enum Ending {
        /** The controller stopped it. */
        STOPPED,
        /** Somebody did not allow it, did not answer in time, or withdrew. */
        REFUSED,
        /** Control has passed to another agent. */
        CONTROL_PASSED,
        /** The session has ended. */
        SESSION_ENDED,
        /** The disk is full, or fails. */
        NO_ROOM,
        /** The site has used what it may. */
        QUOTA
    }

    /**
     * A file of it.
     *
     * @param number from 1
     * @param node the name of the node that made it
     * @param millis how long it is, 0 until it is finished
     * @param bytes how large it is, 0 until it is finished
     */
    public record Part(int number, String node, Instant begunAt, PartState state, long millis, long bytes) {}

    /** WRITING, then DONE or LOST; at last REMOVED. */
    public enum PartState {
        /** It is written, or waits to be finished. */
        WRITING,
        DONE,
        /** Its file was gone before it was finished. */
        LOST,
        REMOVED
    }

    /** How long it is, milliseconds: that of its finished parts. */
    public long millis() {
        return parts.stream().mapToLong(Part::millis).sum();
    }

    /** How large its finished files are. */
    public long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    /** That part, if there is one. */
    public Optional<Part> part(int number) {
        return parts.stream().filter(part -> part.number() == number).findFirst();
    }
}
