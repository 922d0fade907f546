package dev.tandem.recording.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

import dev.tandem.recording.Recording.Ending;
import dev.tandem.recording.Recording.Part;
import dev.tandem.recording.Recording.PartState;
import dev.tandem.recording.Recording.State;
import dev.tandem.recording.internal.Fact.Asked;
import dev.tandem.recording.internal.Fact.Begun;
import dev.tandem.recording.internal.Fact.Ended;
import dev.tandem.recording.internal.Fact.PartBegun;
import dev.tandem.recording.internal.Fact.PartFinished;
import dev.tandem.recording.internal.Fact.PartLost;
import dev.tandem.recording.internal.Fact.PartRemoved;

/** The fold of a recording's facts. {@code asked} is empty for a stream without any. */
record RecordingState(
        Optional<Asked> asked, Optional<Instant> begun, Optional<Ended> ended, boolean removal, List<Part> parts) {
    static final RecordingState NONE =
            new RecordingState(Optional.empty(), Optional.empty(), Optional.empty(), false, List.of());

    RecordingState {
        parts = List.copyOf(parts);
    }

    RecordingState with(Fact fact) {
        if (fact instanceof Asked now) {
            return new RecordingState(Optional.of(now), begun, ended, removal, parts);
        } else if (fact instanceof Begun now) {
            return new RecordingState(asked, Optional.of(now.at()), ended, removal, parts);
        } else if (fact instanceof Ended now) {
            return new RecordingState(asked, begun, Optional.of(now), removal, parts);
        } else if (fact instanceof PartBegun now) {
            var more = new ArrayList<>(parts);
            more.add(new Part(now.part(), now.node(), now.at(), PartState.WRITING, 0, 0));
            return with(more);
        } else if (fact instanceof PartFinished now) {
            return change(
                    now.part(),
                    part -> new Part(
                            part.number(), part.node(), part.begunAt(), PartState.DONE, now.millis(), now.bytes()));
        } else if (fact instanceof PartLost now) {
            return change(
                    now.part(), part -> new Part(part.number(), part.node(), part.begunAt(), PartState.LOST, 0, 0));
        } else if (fact instanceof PartRemoved now) {
            return change(
                    now.part(), part -> new Part(part.number(), part.node(), part.begunAt(), PartState.REMOVED, 0, 0));
        }
        return new RecordingState(asked, begun, ended, true, parts);
    }

    private RecordingState with(List<Part> now) {
        return new RecordingState(asked, begun, ended, removal, now);
    }

    private RecordingState change(int number, UnaryOperator<Part> change) {
        return with(parts.stream()
                .map(part -> part.number() == number ? change.apply(part) : part)
                .toList());
    }

    /** Only of one that was asked for. */
    State state() {
        if (removal) {
            return State.REMOVED;
        }
        if (begun.isEmpty()) {
            return ended.isPresent() ? State.CANCELLED : State.ASKING;
        }
        if (ended.isEmpty()) {
            return State.RECORDING;
        }
        return parts.stream().anyMatch(part -> part.state() == PartState.WRITING) ? State.FINISHING : State.FINISHED;
    }

    /** Whether there are files yet to be deleted. */
    boolean toDelete() {
        return removal && parts.stream().anyMatch(part -> part.state() != PartState.REMOVED);
    }

    Optional<Part> part(int number) {
        return parts.stream().filter(part -> part.number() == number).findFirst();
    }

    Optional<Ending> ending() {
        return ended.map(Ended::why);
    }

    UUID session() {
        return asked.orElseThrow().session();
    }
}
