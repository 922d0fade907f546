package dev.tandem.outbox.internal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import dev.tandem.journal.Decision;
import dev.tandem.journal.EventTypes;
import dev.tandem.journal.None;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.journal.StreamKind;
import dev.tandem.outbox.Message.State;
import dev.tandem.outbox.MessageId;
import dev.tandem.outbox.OutboxEvent;

/** Messages as streams, one each. */
final class MailKind implements StreamKind<MailState, MailFact> {
    private final Runnable queued;

    /** @param queued there is something to hand over; called on every node, returns at once */
    MailKind(Runnable queued) {
        this.queued = queued;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public EventTypes<MailFact> events() {
        return MailFact.TYPES;
    }

    @Override
    public MailState initial() {
        return MailState.NONE;
    }

    @Override
    public MailState evolve(MailState state, MailFact event) {
        return state.after(event);
    }

    @Override
    public void project(Sql sql, Recorded<MailFact> event, MailState after) throws SQLException {
        MessageTable.write(sql, event, after);
    }

    @Override
    public Decision<MailFact, None> due(MailState state, String deadline, Instant now) {
        return MailRules.due(state, deadline, now);
    }

    @Override
    public List<Object> publish(Recorded<MailFact> event, MailState after) {
        return List.of(new OutboxEvent.Changed(
                event.site(),
                new MessageId(event.stream()),
                after.state(),
                after.made(),
                after.problem(),
                after.letter().flatMap(MailFact.Queued::about)));
    }

    @Override
    public void committed(Recorded<MailFact> event, MailState after) {
        if (after.state() == State.QUEUED) {
            queued.run();
        }
    }
}
