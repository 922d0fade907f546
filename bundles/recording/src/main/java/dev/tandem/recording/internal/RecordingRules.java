package dev.tandem.recording.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Decision;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.recording.Recording.Ending;
import dev.tandem.recording.Recording.PartState;
import dev.tandem.recording.Recording.State;

/** What may become of a recording. Pure. */
final class RecordingRules {
    /** When the files are deleted. */
    static final String RETENTION = "retention";

    private RecordingRules() {}

    /** The answer to the node that wants to write on. */
    record NewPart(int number) {}

    static Decision<Fact, None> ask(RecordingState state, UUID session, UUID by, long epoch, Instant now) {
        return state.asked().isPresent()
                ? Decision.nothing()
                : Decision.accept(List.of(new Fact.Asked(session, by, epoch, now)));
    }

    static Decision<Fact, None> begin(RecordingState state, Instant now) {
        return state.asked().isPresent() && state.state() == State.ASKING
                ? Decision.accept(List.of(new Fact.Begun(now)))
                : Decision.nothing();
    }

    /** @param keep how long its files are kept; empty for ever */
    static Decision<Fact, None> end(
            RecordingState state, Ending why, Optional<UUID> refusedBy, Optional<Duration> keep, Instant now) {
        if (state.asked().isEmpty() || !state.state().open()) {
            return Decision.nothing();
        }
        var ended = Decision.<Fact>accept(List.of(new Fact.Ended(why, refusedBy, now)));
        return state.begun().isPresent() && keep.isPresent() ? ended.wake(RETENTION, now.plus(keep.get())) : ended;
    }

    static Decision<Fact, NewPart> beginPart(RecordingState state, String node, Instant now) {
        if (state.asked().isEmpty() || state.state() != State.RECORDING) {
            return Decision.refuse(Refusal.Reason.CONFLICT, "recording-over", "The recording has ended.");
        }
        int number = state.parts().size() + 1;
        return Decision.accept(List.of(new Fact.PartBegun(number, node, now)), new NewPart(number));
    }

    static Decision<Fact, None> finishPart(RecordingState state, int part, long millis, long bytes) {
        return writing(state, part)
                ? Decision.accept(List.of(new Fact.PartFinished(part, millis, bytes)))
                : Decision.nothing();
    }

    static Decision<Fact, None> losePart(RecordingState state, int part) {
        return writing(state, part) ? Decision.accept(List.of(new Fact.PartLost(part))) : Decision.nothing();
    }

    static Decision<Fact, None> remove(RecordingState state) {
        if (state.asked().isEmpty() || state.removal()) {
            return Decision.nothing();
        }
        return state.state().open()
                ? Decision.refuse(Refusal.Reason.CONFLICT, "recording-runs", "The recording has not ended yet.")
                : Decision.accept(List.<Fact>of(new Fact.RemovalBegun())).calm(RETENTION);
    }

    static Decision<Fact, None> removedPart(RecordingState state, int part) {
        boolean there = state.removal()
                && state.part(part)
                        .filter(one -> one.state() != PartState.REMOVED)
                        .isPresent();
        return there ? Decision.accept(List.of(new Fact.PartRemoved(part))) : Decision.nothing();
    }

    static Decision<Fact, None> due(RecordingState state, String deadline) {
        boolean over = deadline.equals(RETENTION)
                && state.asked().isPresent()
                && !state.removal()
                && !state.state().open();
        return over ? Decision.accept(List.of(new Fact.RemovalBegun())) : Decision.nothing();
    }

    private static boolean writing(RecordingState state, int part) {
        return !state.removal()
                && state.part(part)
                        .filter(one -> one.state() == PartState.WRITING)
                        .isPresent();
    }
}
