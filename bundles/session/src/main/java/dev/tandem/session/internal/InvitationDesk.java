package dev.tandem.session.internal;

import java.net.URI;
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
import dev.tandem.outbox.MailAddress;
import dev.tandem.platform.Agent;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.internal.Invitations.Invitation;
import dev.tandem.session.internal.SessionState.Person;
import dev.tandem.session.internal.Views.AgentView;
import dev.tandem.session.internal.invite.Mailto;
import dev.tandem.session.internal.invite.Texts;
import dev.tandem.session.internal.invite.Words;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** Invitations: by the server's mail, by the agent's own mail program, or as a link to hand over (W9 to W14). */
@Component(service = InvitationDesk.class)
public final class InvitationDesk {
    private static final Problem NOT_CONFIGURED = new Problem(
            409, "mail-not-configured", "This server sends no mail; use your own mail program, or hand over the link.");

    private final SessionStreams streams;
    private final Views views;
    private final SeatDesk seats;
    private final ControlDesk control;
    private final InvitationTokens tokens;
    private final InvitationPace pace;
    private final OutboxDoor outbox;
    private final Ids ids;
    private final Sealer sealer;
    private final Texts texts = new Texts();

    /** @param draft for the agent's own mail program, if it is to be sent by that */
    public record Made(InvitationView invitation, Optional<String> draft) {}

    /**
     * Whom to invite, and how.
     *
     * @param address as typed; empty for a link that is handed over by another way
     * @param own whether the agent's own mail program sends it
     * @param language of the words, as a tag
     * @param publicUrl where our pages are
     */
    public record Wish(Role role, String address, boolean own, String language, URI publicUrl) {}

    @Activate
    public InvitationDesk(
            @Reference SessionStreams streams,
            @Reference Views views,
            @Reference SeatDesk seats,
            @Reference ControlDesk control,
            @Reference InvitationTokens tokens,
            @Reference InvitationPace pace,
            @Reference OutboxDoor outbox,
            @Reference Ids ids,
            @Reference Sealer sealer) {
        this.streams = streams;
        this.views = views;
        this.seats = seats;
        this.control = control;
        this.tokens = tokens;
        this.pace = pace;
        this.outbox = outbox;
        this.ids = ids;
        this.sealer = sealer;
    }

    /**
     * Invites one person. A repeat of the command invites nobody else.
     *
     * @throws ProblemException 400 {@code one-address} or {@code bad-address}, 403 {@code not-controller}, 409
     *     {@code mail-not-configured}, {@code too-many-invitations} or {@code too-many-customers}, 429 for too fast
     */
    public Made invite(Agent agent, UUID session, Wish wish, UUID command) {
        var me = views.own(agent, session);
        var site = agent.site();
        var id = Ids.derived(command, "session.invitation/" + session);
        if (invitation(agent, session, id).isPresent()) {
            return made(agent, session, id);
        }
        var address = address(wish);
        if (!wish.own() && !outbox.ready()) {
            throw new ProblemException(NOT_CONFIGURED);
        }
        execute(agent, session, Ids.derived(id, "may"), (state, now) -> InvitationRules.mayInvite(state, me));
        pace.take(agent).ifPresent(wait -> {
            throw new ProblemException(new Problem(
                    429,
                    "too-many-invitations",
                    "You have invited many people within a minute; wait a little.",
                    Optional.empty(),
                    Optional.of(Math.max(1, wait.toSeconds() + 1))));
        });
        var seat = wish.role() == Role.CUSTOMER ? Optional.of(seat(agent, session, id)) : Optional.<UUID>empty();
        var sealed = address.map(typed -> sealer.seal("invitation:" + id, typed));
        var mail = wish.own() ? Optional.<UUID>empty() : Optional.of(ids.next());
        var before = wish.publicUrl() + (wish.role() == Role.CUSTOMER ? "/i/" : "/assist/");
        var token = InvitationTokens.hash(tokens.make(site, id));
        execute(
                agent,
                session,
                command,
                (state, now) -> InvitationRules.invite(
                        state,
                        me,
                        new Fact.InvitationMade(
                                id,
                                wish.role(),
                                sealed.map(row -> row.ref()),
                                seat,
                                mail,
                                wish.language(),
                                before,
                                token,
                                me,
                                now),
                        sealed));
        return made(agent, session, id);
    }

    private static Optional<String> address(Wish wish) {
        var typed = wish.address().strip();
        if (typed.isEmpty() && wish.own()) {
            return Optional.empty();
        }
        MailAddress.fault(typed).ifPresent(fault -> {
            throw new ProblemException(
                    new Problem(400, fault.code(), fault.detail(), Optional.of("address"), Optional.empty()));
        });
        return MailAddress.ascii(typed);
    }

    private UUID seat(Agent agent, UUID session, UUID id) {
        return InvitationRules.freeSeat(streams.load(agent.site(), session).state())
                .orElseGet(() -> seats.open(agent, session, Ids.derived(id, "seat")));
    }

    /** Sends it again, or makes the draft again. */
    public Made again(Agent agent, UUID session, UUID invitation, UUID command) {
        var me = views.own(agent, session);
        var fresh = ids.next();
        execute(agent, session, command, (state, now) -> InvitationRules.again(state, me, invitation, fresh));
        return made(agent, session, invitation);
    }

    /** Makes its link dead. Who has come by it stays. */
    public InvitationView withdraw(Agent agent, UUID session, UUID invitation, UUID command) {
        var me = views.own(agent, session);
        execute(agent, session, command, (state, now) -> InvitationRules.withdraw(state, me, invitation));
        return made(agent, session, invitation).invitation();
    }

    private Made made(Agent agent, UUID session, UUID id) {
        var invitation = invitation(agent, session, id).orElseThrow(Views::unknown);
        var view = views.invitation(agent.site(), invitation);
        boolean drafted = invitation.mail().isEmpty() && !view.address().isEmpty() && invitation.good();
        return new Made(
                view,
                drafted
                        ? Optional.of(Mailto.draft(view.address(), words(invitation, agent.name(), view.url())))
                        : Optional.empty());
    }

    private Words words(Invitation invitation, String agent, URI url) {
        return texts.of(Texts.Whom.valueOf(invitation.role().name()), invitation.language(), agent, url);
    }

    private Optional<Invitation> invitation(Agent agent, UUID session, UUID id) {
        return streams.load(agent.site(), session).state().invitations().find(id);
    }

    /**
     * Lets the agent in to assist who was invited by that link; nobody else comes by it afterwards.
     *
     * @param typed what was sent, be it nonsense
     * @return empty for whatever does not admit
     */
    public Optional<AgentView> assist(Agent agent, String typed, UUID command) {
        return streams.invitations()
                .find(InvitationTokens.hash(typed))
                .filter(found -> found.site().equals(agent.site()))
                .flatMap(found -> assist(agent, found, command));
    }

    /** Whether it is the token of an invitation that lets this agent in, which nobody can guess. */
    public boolean admits(Agent agent, String typed) {
        return streams.invitations()
                .find(InvitationTokens.hash(typed))
                .filter(found -> found.site().equals(agent.site()))
                .filter(found -> {
                    var state = streams.load(found.site(), found.session()).state();
                    var before = state.agent(agent.id()).map(Person::id);
                    return InvitationRules.admits(state, found.invitation(), before);
                })
                .isPresent();
    }

    private Optional<AgentView> assist(Agent agent, InvitationTable.Found found, UUID command) {
        var state = streams.load(found.site(), found.session()).state();
        var before = state.agent(agent.id());
        if (!InvitationRules.admits(state, found.invitation(), before.map(Person::id))) {
            return Optional.empty();
        }
        var view = control.assist(agent, found.session(), command);
        // Whoever is in already, the one who invites above all, does not use it up by looking.
        if (view.isEmpty() || before.filter(Person::present).isPresent()) {
            return view;
        }
        execute(
                agent,
                found.session(),
                Ids.derived(command, "session.invited"),
                (now, at) ->
                        InvitationRules.used(now, found.invitation(), view.get().me()));
        return Optional.of(views.after(agent, found.session()));
    }

    private void execute(Agent agent, UUID session, UUID id, Streams.Decider<SessionState, Fact, None> decider) {
        var actor = new Caller.OfAgent(agent).actor();
        streams.execute(new Command<>(agent.site(), session, id, actor, None.class), decider)
                .orElseThrow(ProblemException::refused);
    }
}
