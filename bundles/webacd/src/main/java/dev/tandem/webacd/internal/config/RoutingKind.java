package dev.tandem.webacd.internal.config;

import java.sql.SQLException;
import java.util.function.BiConsumer;

import dev.tandem.journal.EventTypes;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.journal.StreamKind;

/** The routing of sites as streams, one each. */
final class RoutingKind implements StreamKind<RoutingState, RoutingFact> {
    private final BiConsumer<Recorded<RoutingFact>, RoutingState> committed;

    /** @param committed called on every node, returns at once */
    RoutingKind(BiConsumer<Recorded<RoutingFact>, RoutingState> committed) {
        this.committed = committed;
    }

    @Override
    public String name() {
        return "routing";
    }

    @Override
    public EventTypes<RoutingFact> events() {
        return RoutingFact.TYPES;
    }

    @Override
    public RoutingState initial() {
        return RoutingState.NONE;
    }

    @Override
    public RoutingState evolve(RoutingState state, RoutingFact event) {
        return state.after(event);
    }

    @Override
    public void project(Sql sql, Recorded<RoutingFact> event, RoutingState after) throws SQLException {
        RoutingTables.write(sql, event);
    }

    @Override
    public void committed(Recorded<RoutingFact> event, RoutingState after) {
        committed.accept(event, after);
    }
}
