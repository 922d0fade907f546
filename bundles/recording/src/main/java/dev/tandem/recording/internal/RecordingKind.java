package dev.tandem.recording.internal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import dev.tandem.journal.Decision;
import dev.tandem.journal.EventTypes;
import dev.tandem.journal.None;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.journal.StreamKind;
import dev.tandem.platform.SiteId;
import dev.tandem.recording.Recording.State;
import dev.tandem.recording.RecordingEvent;
import dev.tandem.recording.RecordingId;
import dev.tandem.session.SessionId;

/** Recordings as streams. Nothing about a person is in them but the ids of participants. */
final class RecordingKind implements StreamKind<RecordingState, Fact> {
    static final EventTypes<Fact> EVENTS = EventTypes.<Fact>none()
            .with("recording.asked.v1", Fact.Asked.class)
            .with("recording.begun.v1", Fact.Begun.class)
            .with("recording.part-begun.v1", Fact.PartBegun.class)
            .with("recording.ended.v1", Fact.Ended.class)
            .with("recording.part-finished.v1", Fact.PartFinished.class)
            .with("recording.part-lost.v1", Fact.PartLost.class)
            .with("recording.removal-begun.v1", Fact.RemovalBegun.class)
            .with("recording.part-removed.v1", Fact.PartRemoved.class);

    private final BiConsumer<SiteId, SessionId> changed;

    /** @param changed is told on every node, at once */
    RecordingKind(BiConsumer<SiteId, SessionId> changed) {
        this.changed = changed;
    }

    @Override
    public String name() {
        return "recording";
    }

    @Override
    public EventTypes<Fact> events() {
        return EVENTS;
    }

    @Override
    public RecordingState initial() {
        return RecordingState.NONE;
    }

    @Override
    public RecordingState evolve(RecordingState state, Fact event) {
        return state.with(event);
    }

    @Override
    public void project(Sql sql, Recorded<Fact> event, RecordingState after) throws SQLException {
        RecordingTable.project(sql, event, after);
    }

    @Override
    public Decision<Fact, None> due(RecordingState state, String deadline, Instant now) {
        return RecordingRules.due(state, deadline);
    }

    @Override
    public List<Object> publish(Recorded<Fact> event, RecordingState after) {
        var site = event.site();
        var session = new SessionId(after.session());
        var id = new RecordingId(event.stream());
        var events = new ArrayList<>();
        if (event.event() instanceof Fact.Asked) {
            events.add(new RecordingEvent.Asked(site, session, id));
        } else if (event.event() instanceof Fact.Begun) {
            events.add(new RecordingEvent.Begun(site, session, id));
        } else if (event.event() instanceof Fact.Ended ended) {
            events.add(new RecordingEvent.Ended(site, session, id, ended.why()));
        } else if (event.event() instanceof Fact.RemovalBegun) {
            events.add(new RecordingEvent.Removed(site, session, id));
        }
        boolean mayFinish = event.event() instanceof Fact.Ended
                || event.event() instanceof Fact.PartFinished
                || event.event() instanceof Fact.PartLost;
        if (mayFinish && after.state() == State.FINISHED) {
            long millis =
                    after.parts().stream().mapToLong(part -> part.millis()).sum();
            long bytes = after.parts().stream().mapToLong(part -> part.bytes()).sum();
            events.add(new RecordingEvent.Finished(site, session, id, millis, bytes));
        }
        return events;
    }

    @Override
    public void committed(Recorded<Fact> event, RecordingState after) {
        changed.accept(event.site(), new SessionId(after.session()));
    }
}
