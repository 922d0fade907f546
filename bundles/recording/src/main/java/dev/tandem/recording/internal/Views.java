package dev.tandem.recording.internal;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.recording.Recording;
import dev.tandem.recording.internal.Readers.Readable;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SupportSession;

/** Recordings as pages get them, by REST and by the live channel alike. */
public final class Views {
    private Views() {}

    /**
     * A person, by the name of now.
     *
     * @param name empty once erased
     */
    public record Person(UUID id, String name, Participant.Role role) {}

    /**
     * A recording.
     *
     * @param number of its session, for people
     * @param people who were in the session
     * @param zone in which its times are shown; empty: in the reader's own
     * @param ending why it ended: STOPPED, REFUSED, CONTROL_PASSED, SESSION_ENDED, NO_ROOM or QUOTA
     * @param millis how long its finished parts are
     * @param bytes how large they are
     */
    public record RecordingView(
            UUID id,
            UUID session,
            String number,
            Recording.State state,
            UUID by,
            Instant askedAt,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt,
            Optional<Recording.Ending> ending,
            Optional<UUID> refusedBy,
            long millis,
            long bytes,
            List<PartView> parts,
            List<Person> people,
            Optional<String> zone,
            long version) {

        /** The view of a recording. */
        public static RecordingView of(Readable readable) {
            var recording = readable.recording();
            return new RecordingView(
                    recording.id().value(),
                    recording.session().value(),
                    readable.session().map(SupportSession::number).orElse(""),
                    recording.state(),
                    recording.by().value(),
                    recording.askedAt(),
                    recording.startedAt(),
                    recording.endedAt(),
                    recording.ending(),
                    recording.refusedBy().map(ParticipantId::value),
                    recording.millis(),
                    recording.bytes(),
                    recording.parts().stream().map(PartView::of).toList(),
                    readable.session().map(SupportSession::participants).orElse(List.of()).stream()
                            .filter(one -> one.state() != Participant.State.INVITED)
                            .map(one -> new Person(one.id().value(), one.name(), one.role()))
                            .toList(),
                    readable.session().flatMap(one -> one.terms().zone()).map(ZoneId::getId),
                    recording.version());
        }
    }

    /**
     * A file of a recording.
     *
     * @param node which made it
     */
    public record PartView(
            int number, String node, Instant begunAt, Recording.PartState state, long millis, long bytes) {
        static PartView of(Recording.Part part) {
            return new PartView(part.number(), part.node(), part.begunAt(), part.state(), part.millis(), part.bytes());
        }
    }
}
