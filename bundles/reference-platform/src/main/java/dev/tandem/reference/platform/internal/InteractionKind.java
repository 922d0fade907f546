package dev.tandem.reference.platform.internal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.function.BiConsumer;

import dev.tandem.journal.Decision;
import dev.tandem.journal.EventTypes;
import dev.tandem.journal.None;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.journal.StreamKind;
import dev.tandem.platform.Interaction;

/** The streams of calls and chats. Their read model holds references to texts about people, never the texts. */
record InteractionKind(BiConsumer<Recorded<InteractionEvent>, InteractionState> changed)
        implements StreamKind<InteractionState, InteractionEvent> {

    @Override
    public String name() {
        return "interaction";
    }

    @Override
    public EventTypes<InteractionEvent> events() {
        return InteractionEvent.TYPES;
    }

    @Override
    public InteractionState initial() {
        return InteractionState.INITIAL;
    }

    @Override
    public InteractionState evolve(InteractionState state, InteractionEvent event) {
        return state.evolve(event);
    }

    @Override
    public void project(Sql sql, Recorded<InteractionEvent> recorded, InteractionState after) throws SQLException {
        var site = recorded.site();
        var id = recorded.stream();
        if (recorded.event() instanceof InteractionEvent.Arrived arrived) {
            sql.update("delete from platform_message where site = ? and interaction = ?", site, id);
            sql.update("delete from platform_interaction where site = ? and id = ?", site, id);
            sql.update(
                    "insert into platform_interaction (site, id, kind, state, agent, customer, name_id, name_digest,"
                            + " address_id, address_digest, arrived_at, since, messages)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
                    site,
                    id,
                    arrived.kind(),
                    Interaction.State.RINGING,
                    arrived.ringsFor(),
                    arrived.customer(),
                    arrived.name().id(),
                    arrived.name().digest(),
                    arrived.address().id(),
                    arrived.address().digest(),
                    recorded.at(),
                    recorded.at());
        } else if (recorded.event() instanceof InteractionEvent.Accepted accepted) {
            sql.update(
                    "update platform_interaction set state = ?, agent = ?, since = ?, accepted_at = ?"
                            + " where site = ? and id = ?",
                    Interaction.State.ACTIVE,
                    accepted.agent(),
                    recorded.at(),
                    recorded.at(),
                    site,
                    id);
        } else if (recorded.event() instanceof InteractionEvent.Said said) {
            sql.update(
                    "insert into platform_message (site, interaction, number, sender, agent, text_id, text_digest,"
                            + " said_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
                    site,
                    id,
                    said.number(),
                    said.side(),
                    said.agent(),
                    said.text().id(),
                    said.text().digest(),
                    recorded.at());
            sql.update(
                    "update platform_interaction set messages = ? where site = ? and id = ?", said.number(), site, id);
        } else if (recorded.event() instanceof InteractionEvent.Ended ended) {
            sql.update(
                    "update platform_interaction set state = ?, since = ?, ended_by = ? where site = ? and id = ?",
                    Interaction.State.ENDED,
                    recorded.at(),
                    ended.by(),
                    site,
                    id);
        }
    }

    @Override
    public Decision<InteractionEvent, None> due(InteractionState state, String deadline, Instant now) {
        return state.due(deadline);
    }

    @Override
    public void committed(Recorded<InteractionEvent> recorded, InteractionState after) {
        changed.accept(recorded, after);
    }
}
