package dev.tandem.reference.platform.internal;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Database;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Journal;
import dev.tandem.journal.None;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Streams;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.PresenceListener;
import dev.tandem.platform.SiteId;

/** Who is there, who is signed in. */
@Component(service = Presences.class)
public final class Presences {
    private final Database database;
    private final Ids ids;
    private final Bell bell;
    private final Herald herald = new Herald("tandem-platform-presence");
    private final Streams<PresenceKind.Of, PresenceEvent> streams;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<PresenceListener> listeners = List.of();

    @Activate
    public Presences(@Reference Tables tables, @Reference Journal journal, @Reference Ids ids, @Reference Bell bell) {
        this.database = tables.database();
        this.ids = ids;
        this.bell = bell;
        this.streams = journal.open(new PresenceKind(this::changed));
    }

    @Deactivate
    public void close() {
        streams.close();
        herald.close();
    }

    PresenceState of(SiteId site, AgentId agent) {
        return streams.load(site, new AgentKey(site, agent).presenceStream())
                .state()
                .state();
    }

    /** Whether that sign-in still holds. */
    boolean holds(SiteId site, String token, Instant now) {
        return database.read(sql -> sql.first(
                        "select 1 from platform_sign_in where site = ? and token = ? and until_at > ?",
                        row -> true,
                        site,
                        token,
                        now))
                .isPresent();
    }

    Answer<None> signIn(Agent agent, String token, Instant until) {
        return execute(agent, ids.next(), (state, now) -> state.state().signIn(name(agent), token, until));
    }

    Answer<None> signOut(Agent agent, String token) {
        return execute(agent, ids.next(), (state, now) -> state.state().signOut(name(agent), token));
    }

    /** @param kept the one that goes on, or empty */
    Answer<None> signOutAll(Agent agent, String kept) {
        return execute(agent, ids.next(), (state, now) -> state.state().signOutAll(name(agent), kept));
    }

    Answer<None> choose(Agent agent, UUID command, PresenceState.Status status, String reason) {
        return execute(agent, command, (state, now) -> state.state().choose(name(agent), status, reason));
    }

    /** @return whether the agent was available */
    boolean takeAway(Agent agent, String reason) {
        var stream = new AgentKey(agent.site(), agent.id()).presenceStream();
        var answer = streams.execute(
                new Command<>(agent.site(), stream, ids.next(), "system", Boolean.class),
                (state, now) -> state.state().takeAway(name(agent), reason));
        return answer instanceof Answer.Accepted<Boolean> accepted && accepted.value();
    }

    private Answer<None> execute(
            Agent agent, UUID command, Streams.Decider<PresenceKind.Of, PresenceEvent, None> decider) {
        var stream = new AgentKey(agent.site(), agent.id()).presenceStream();
        return streams.execute(
                new Command<>(agent.site(), stream, command, "agent:" + agent.id(), None.class), decider);
    }

    private static String name(Agent agent) {
        return agent.id().value();
    }

    private void changed(Recorded<PresenceEvent> recorded, PresenceState after) {
        bell.changed(recorded.site());
        var agent = new AgentId(recorded.event().agent());
        herald.tell(() -> listeners, listener -> listener.presenceChanged(recorded.site(), agent, after.presence()));
    }
}
