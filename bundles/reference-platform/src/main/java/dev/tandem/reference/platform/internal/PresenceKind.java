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

/** The streams of presence, one per agent, with the sign-ins as their read model. */
record PresenceKind(BiConsumer<Recorded<PresenceEvent>, PresenceState> changed)
        implements StreamKind<PresenceKind.Of, PresenceEvent> {

    /** The state with the agent it is about, who is not known before the first event. */
    record Of(String agent, PresenceState state) {}

    @Override
    public String name() {
        return "presence";
    }

    @Override
    public EventTypes<PresenceEvent> events() {
        return PresenceEvent.TYPES;
    }

    @Override
    public Of initial() {
        return new Of("", PresenceState.INITIAL);
    }

    @Override
    public Of evolve(Of of, PresenceEvent event) {
        return new Of(event.agent(), of.state().evolve(event));
    }

    @Override
    public void project(Sql sql, Recorded<PresenceEvent> recorded, Of after) throws SQLException {
        var site = recorded.site();
        if (recorded.event() instanceof PresenceEvent.SignedIn in) {
            sql.update(
                    "insert into platform_sign_in (site, token, agent, until_at) values (?, ?, ?, ?)"
                            + " on conflict (site, token) do nothing",
                    site,
                    in.token(),
                    in.agent(),
                    in.until());
        } else if (recorded.event() instanceof PresenceEvent.SignedOut out) {
            sql.update("delete from platform_sign_in where site = ? and token = ?", site, out.token());
        }
        sql.update(
                "insert into platform_presence (site, agent, status, reason, since) values (?, ?, ?, ?, ?)"
                        + " on conflict (site, agent) do update set status = excluded.status,"
                        + " reason = excluded.reason, since = excluded.since",
                site,
                after.agent(),
                after.state().status(),
                after.state().reason(),
                recorded.at());
    }

    @Override
    public Decision<PresenceEvent, None> due(Of of, String deadline, Instant now) {
        return deadline.equals(PresenceState.EXPIRY) ? of.state().expire(of.agent(), now) : Decision.nothing();
    }

    @Override
    public void committed(Recorded<PresenceEvent> recorded, Of after) {
        changed.accept(recorded, after.state());
    }
}
