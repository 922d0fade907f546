package dev.tandem.session.internal;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Ids;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Sealer;
import dev.tandem.journal.Streams;
import dev.tandem.platform.Agent;
import dev.tandem.session.internal.Views.AgentView;
import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;

/** What agents do with each other in a session: assist, pass control, turn to a customer, put somebody out. */
@Component(service = ControlDesk.class)
public final class ControlDesk {
    private final SessionStreams streams;
    private final Views views;
    private final Pins pins;
    private final Ids ids;
    private final Sealer sealer;

    @Activate
    public ControlDesk(
            @Reference SessionStreams streams,
            @Reference Views views,
            @Reference Pins pins,
            @Reference Ids ids,
            @Reference Sealer sealer) {
        this.streams = streams;
        this.views = views;
        this.pins = pins;
        this.ids = ids;
        this.sealer = sealer;
    }

    /**
     * Lets an agent in to assist, by the number of a living session of the agent's site (W21).
     *
     * @param typed what was typed, be it nonsense; blanks and hyphens between the digits are fine
     * @return empty for whatever does not admit
     */
    public Optional<AgentView> assist(Agent agent, String typed, UUID command) {
        var number = typed.replaceAll("[\\s\\u00a0-]", "");
        return streams.tables().numbered(agent.site(), number).flatMap(session -> assist(agent, session, command));
    }

    /** Lets an agent in to assist in that session, which the caller has been shown to know of. */
    Optional<AgentView> assist(Agent agent, UUID session, UUID command) {
        var participant = ids.next();
        var name = sealer.seal("agent:" + agent.id(), agent.name());
        var answer = streams.execute(
                command(agent, session, command),
                (state, now) -> ControlRules.assist(state, now, participant, agent.id(), name));
        if (answer instanceof Answer.Refused<None> refused) {
            if (refused.refusal().reason() == Refusal.Reason.BUSY) {
                throw ProblemException.refused(refused.refusal());
            }
            return Optional.empty();
        }
        // Not by the answer, since the command's id may be one that was used before.
        return streams.load(agent.site(), session)
                .state()
                .agent(agent.id())
                .filter(SessionState.Person::present)
                .map(p -> views.after(agent, session));
    }

    /** The living sessions in which the agent is, the own ones and those assisted in; the earliest first. */
    public List<AgentView> mine(Agent agent) {
        return streams.tables().of(agent.site(), agent.id()).stream()
                .filter(session -> streams.load(agent.site(), session)
                        .state()
                        .agent(agent.id())
                        .filter(SessionState.Person::present)
                        .isPresent())
                .map(session -> views.after(agent, session))
                .toList();
    }

    /** @param epoch the control epoch that the agent's page knows */
    public AgentView pass(Agent agent, UUID session, UUID to, long epoch, UUID command) {
        return does(agent, session, command, me -> (state, now) -> ControlRules.pass(state, now, me, to, epoch));
    }

    public AgentView accept(Agent agent, UUID session, UUID command) {
        return does(agent, session, command, me -> (state, now) -> ControlRules.accept(state, now, me));
    }

    public AgentView decline(Agent agent, UUID session, UUID command) {
        return does(agent, session, command, me -> (state, now) -> ControlRules.decline(state, now, me));
    }

    public AgentView select(Agent agent, UUID session, UUID customer, UUID command) {
        return does(agent, session, command, me -> (state, now) -> ControlRules.select(state, me, customer));
    }

    public AgentView remove(Agent agent, UUID session, UUID participant, UUID command) {
        var site = agent.site();
        var fresh = pins.open(
                site, ids.next(), hash -> streams.tables().place(site, hash).isPresent());
        return does(
                agent, session, command, me -> (state, now) -> ControlRules.remove(state, now, me, participant, fresh));
    }

    private AgentView does(Agent agent, UUID session, UUID command, By by) {
        var me = views.own(agent, session);
        streams.execute(command(agent, session, command), by.decider(me)).orElseThrow(ProblemException::refused);
        return views.after(agent, session);
    }

    private interface By {
        Streams.Decider<SessionState, Fact, None> decider(UUID me);
    }

    private static Command<None> command(Agent agent, UUID session, UUID command) {
        return new Command<>(agent.site(), session, command, new Caller.OfAgent(agent).actor(), None.class);
    }
}
