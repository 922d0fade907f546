package dev.tandem.session.internal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Command;
import dev.tandem.journal.Ids;
import dev.tandem.journal.None;
import dev.tandem.journal.Sealer;
import dev.tandem.journal.Streams;
import dev.tandem.platform.Agent;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.InteractionId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant;
import dev.tandem.session.SupportSession.EndReason;
import dev.tandem.session.internal.Views.AgentView;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** What agents do with sessions. */
@Component(service = SessionDesk.class)
public final class SessionDesk {
    private static final int RACES = 5;

    private final SessionStreams streams;
    private final Views views;
    private final Pins pins;
    private final Settings settings;
    private final PlatformDoor platform;
    private final Presence presence;
    private final AgentOptions options;
    private final Links links;
    private final Ids ids;
    private final Sealer sealer;
    private final Numbers numbers = new Numbers();

    /** @param fresh false if it lived already */
    public record Opened(AgentView view, boolean fresh) {}

    /** The mark of one attempt to send the link, so that a repeat does not send it again. */
    record Claim(UUID attempt) {}

    @Activate
    public SessionDesk(
            @Reference SessionStreams streams,
            @Reference Views views,
            @Reference Pins pins,
            @Reference Settings settings,
            @Reference PlatformDoor platform,
            @Reference Presence presence,
            @Reference AgentOptions options,
            @Reference Links links,
            @Reference Ids ids,
            @Reference Sealer sealer) {
        this.streams = streams;
        this.views = views;
        this.pins = pins;
        this.settings = settings;
        this.platform = platform;
        this.presence = presence;
        this.options = options;
        this.links = links;
        this.ids = ids;
        this.sealer = sealer;
    }

    /**
     * Starts a session on the agent's own active interaction. If one lives there already, that one, and an agent who has
     * left it is in again.
     *
     * @param clientUrl what the customers' URLs begin with
     * @throws OneAtATime if the agent has one session at once and has another one
     */
    public Opened open(Agent agent, InteractionId interaction, String clientUrl, UUID command) {
        return open(agent, interaction, clientUrl, command, RACES);
    }

    private Opened open(Agent agent, InteractionId interaction, String clientUrl, UUID command, int races) {
        var site = agent.site();
        var repeated = streams.tables().startedBy(site, command).filter(s -> isIn(agent, s));
        if (repeated.isPresent()) {
            return new Opened(views.after(agent, repeated.get()), false);
        }
        var living = streams.tables().living(site, interaction);
        if (living.isPresent() && living.get().agent().equals(agent.id())) {
            var session = living.get().session();
            if (hasLeft(agent, session)) {
                alone(agent, command);
            }
            rejoin(agent, session, command);
            return new Opened(views.after(agent, session), false);
        }
        var found = active(platform.own(site, interaction, agent.id()));
        if (living.isPresent()) {
            throw new ProblemException(
                    new Problem(409, "session-exists", "A colleague's session lives on this interaction."));
        }
        alone(agent, command);
        try {
            return new Opened(views.after(agent, begin(agent, found, clientUrl, command)), true);
        } catch (RuntimeException e) {
            if (Helped.Beyond.is(e)) {
                alone(agent, command);
            }
            // Somebody was first: another tab, or the same start sent twice. What they have started is there now.
            boolean again =
                    Taken.is(e) || streams.tables().startedBy(site, command).isPresent();
            if (races == 0 || !again) {
                throw e;
            }
            return open(agent, interaction, clientUrl, command, races - 1);
        }
    }

    /** @throws OneAtATime if the agent has one session at once and has one (W4) */
    private void alone(Agent agent, UUID command) {
        if (isAlone(agent)) {
            streams.helped()
                    .controlled(agent.site(), agent.id())
                    .filter(session ->
                            streams.tables().startedBy(agent.site(), command).isEmpty())
                    .ifPresent(session -> {
                        throw new OneAtATime(session);
                    });
        }
    }

    private boolean isAlone(Agent agent) {
        return options.of(agent.site(), agent.id()).mode() == Mode.SINGLE;
    }

    private boolean isIn(Agent agent, UUID session) {
        return streams.load(agent.site(), session).state().agent(agent.id()).isPresent();
    }

    private boolean hasLeft(Agent agent, UUID session) {
        return streams.load(agent.site(), session)
                .state()
                .agent(agent.id())
                .filter(p -> p.state() == Participant.State.LEFT)
                .isPresent();
    }

    private void rejoin(Agent agent, UUID session, UUID command) {
        var me = streams.load(agent.site(), session).state().agent(agent.id());
        if (hasLeft(agent, session)) {
            execute(
                    agent,
                    session,
                    Ids.derived(command, "session.rejoin"),
                    (state, now) -> SessionRules.comeBack(state, now, me.get().id()));
        }
    }

    private UUID begin(Agent agent, Interaction interaction, String clientUrl, UUID command) {
        var site = agent.site();
        var tables = streams.tables();
        var session = ids.next();
        var seat = pins.open(site, ids.next(), hash -> tables.place(site, hash).isPresent());
        var number = numbers.free(n -> tables.numberInUse(site, n));
        var participant = ids.next();
        var name = sealer.seal("agent:" + agent.id(), agent.name());
        var unused = settings.unused(site);
        boolean alone = isAlone(agent);
        var begin = new Command<>(site, session, command, actor(agent), SessionRules.Opened.class).beginning();
        return execute(begin, (state, now) -> {
                    var started = new Fact.Started(
                            now,
                            command,
                            interaction.id().value(),
                            interaction.kind(),
                            agent.id().value(),
                            participant,
                            name.ref(),
                            number,
                            clientUrl,
                            1,
                            alone ? Optional.of(true) : Optional.empty());
                    return SessionRules.start(
                            state, now, new SessionRules.Opening(session, started, seat, name), unused);
                })
                .session();
    }

    /** The agent's own living sessions on an interaction, at most one; also one they have left and may return to. */
    public List<AgentView> living(Agent agent, InteractionId interaction) {
        return streams
                .tables()
                .living(agent.site(), interaction)
                .filter(living -> living.agent().equals(agent.id()))
                .map(living -> views.after(agent, living.session()))
                .stream()
                .toList();
    }

    /** The agent leaves; the interaction is untouched (B10, B22). */
    public AgentView leave(Agent agent, UUID session, UUID command) {
        var me = views.own(agent, session);
        var grace = settings.grace(agent.site());
        execute(agent, session, command, (state, now) -> SessionRules.leave(state, now, me, grace));
        return views.after(agent, session);
    }

    /** The agent who had left is in again. */
    public AgentView comeBack(Agent agent, UUID session, UUID command) {
        var me = views.own(agent, session);
        var state = streams.load(agent.site(), session).state();
        boolean controls =
                state.living() && state.controller().filter(me::equals).isPresent();
        if (controls && hasLeft(agent, session) && isAlone(agent)) {
            streams.helped().controlled(agent.site(), agent.id()).ifPresent(other -> {
                throw new ProblemException(
                        new Problem(409, "single-session", "You have one session at once, and another one lives."));
            });
        }
        execute(agent, session, command, (now, at) -> SessionRules.comeBack(now, at, me));
        return views.after(agent, session);
    }

    public AgentView end(Agent agent, UUID session, UUID command) {
        var me = views.own(agent, session);
        execute(agent, session, command, (state, now) -> SessionRules.end(state, now, me, EndReason.BY_AGENT));
        return views.after(agent, session);
    }

    /** Ends the session and starts a fresh one, with fresh PIN and URL, on the same interaction (BX2). */
    public AgentView renew(Agent agent, UUID session, String clientUrl, UUID command) {
        var me = views.own(agent, session);
        var before = streams.load(agent.site(), session).state();
        if (before.living() && before.controller().filter(me::equals).isEmpty()) {
            // Who may not, hears that first, however the call is.
            throw ProblemException.refused(SessionRules.NOT_CONTROLLER);
        }
        var interaction = origin(agent.site(), session).interaction().orElseThrow(SessionDesk::notActive);
        active(platform.own(agent.site(), interaction, agent.id()));
        execute(
                agent,
                session,
                Ids.derived(command, "session.renew.end"),
                (state, now) -> SessionRules.end(state, now, me, EndReason.RENEWED));
        return open(agent, interaction, clientUrl, Ids.derived(command, "session.renew.start"))
                .view();
    }

    /** Puts the first seat's URL into the chat, once for each command. */
    public void sendLink(Agent agent, UUID session, Locale language, UUID command) {
        views.own(agent, session);
        var site = agent.site();
        var origin = origin(site, session);
        if (!origin.isChat()) {
            throw notAChat();
        }
        var interaction = origin.interaction().orElseThrow(SessionDesk::notAChat);
        active(platform.own(site, interaction, agent.id()));
        var mine = new Claim(ids.next());
        var winner = execute(
                site,
                session,
                command,
                actor(agent),
                Claim.class,
                (state, now) -> SessionRules.present(state, agent.id(), mine));
        if (!winner.equals(mine)) {
            return;
        }
        var url = views.after(agent, session).seats().get(0).url();
        switch (platform.send(site, interaction, agent.id(), links.text(language, url))) {
            case SENT -> {}
            case NOT_A_CHAT -> throw notAChat();
            case GONE -> throw notActive();
        }
    }

    /** A page of the agent is being closed; if it is the controller's last, the session ends soon (W3). */
    public void closing(Agent agent, UUID session, UUID page, UUID command) {
        var me = views.own(agent, session);
        if (presence.closing(new Presence.Key(agent.site(), session, me), page)) {
            var wait = settings.closing(agent.site());
            execute(agent, session, command, (state, now) -> SessionRules.closing(state, now, me, page, wait));
        }
    }

    private SessionState.Origin origin(SiteId site, UUID session) {
        return streams.load(site, session).state().origin().orElseThrow(Views::unknown);
    }

    private static Interaction active(Interaction interaction) {
        if (interaction.state() != Interaction.State.ACTIVE) {
            throw notActive();
        }
        return interaction;
    }

    private static ProblemException notActive() {
        return new ProblemException(new Problem(409, "interaction-not-active", "This call or chat is not under way."));
    }

    private static ProblemException notAChat() {
        return new ProblemException(new Problem(409, "not-a-chat", "The link can be sent only into a chat."));
    }

    private void execute(Agent agent, UUID session, UUID id, Streams.Decider<SessionState, Fact, None> decider) {
        execute(agent.site(), session, id, actor(agent), None.class, decider);
    }

    private <A> A execute(
            SiteId site,
            UUID session,
            UUID id,
            String actor,
            Class<A> answers,
            Streams.Decider<SessionState, Fact, A> decider) {
        return execute(new Command<>(site, session, id, actor, answers), decider);
    }

    private <A> A execute(Command<A> command, Streams.Decider<SessionState, Fact, A> decider) {
        return streams.execute(command, decider).orElseThrow(ProblemException::refused);
    }

    private static String actor(Agent agent) {
        return new Caller.OfAgent(agent).actor();
    }
}
