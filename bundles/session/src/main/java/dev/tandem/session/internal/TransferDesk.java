package dev.tandem.session.internal;

import java.net.URI;
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
import dev.tandem.journal.Personal;
import dev.tandem.journal.Sealer;
import dev.tandem.journal.Streams;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSessions.Entered;
import dev.tandem.session.SupportSessions.Start;
import dev.tandem.session.Terms;

/** Sessions that wait for an agent. */
@Component(service = TransferDesk.class)
public final class TransferDesk {
    private static final int RACES = 5;

    /** Whoever routes the session does this, not somebody in it. */
    private static final String ROUTING = "routing";

    private final SessionStreams streams;
    private final Pins pins;
    private final SeatTokens tokens;
    private final Settings settings;
    private final Ids ids;
    private final Sealer sealer;
    private final Numbers numbers = new Numbers();

    @Activate
    public TransferDesk(
            @Reference SessionStreams streams,
            @Reference Pins pins,
            @Reference SeatTokens tokens,
            @Reference Settings settings,
            @Reference Ids ids,
            @Reference Sealer sealer) {
        this.streams = streams;
        this.pins = pins;
        this.tokens = tokens;
        this.settings = settings;
        this.ids = ids;
        this.sealer = sealer;
    }

    Answer<None> handOver(SiteId site, SessionId session, ParticipantId by, UUID command) {
        return execute(
                new Command<>(site, session.value(), command, "participant:" + by, None.class),
                (state, now) -> TransferRules.handOver(state, now, by.value()));
    }

    Answer<None> take(SiteId site, SessionId session, AgentId agent, String agentName, Start start, UUID command) {
        var participant = ids.next();
        var name = sealer.seal("agent:" + agent, agentName);
        var beginning = new TransferRules.Beginning(
                start.terms(),
                start.ask().stream()
                        .distinct()
                        .map(capability -> new TransferRules.Wish(ids.next(), capability))
                        .toList(),
                settings.consentWait(site));
        return execute(
                new Command<>(site, session.value(), command, "agent:" + agent, None.class),
                (state, now) -> TransferRules.take(state, now, participant, agent, name, beginning));
    }

    Answer<None> giveUp(SiteId site, SessionId session, UUID command) {
        return execute(new Command<>(site, session.value(), command, ROUTING, None.class), TransferRules::giveUp);
    }

    Answer<Entered> open(SiteId site, Optional<String> name, Terms terms, URI publicUrl, UUID command) {
        return open(site, name, terms, publicUrl, command, RACES);
    }

    private Answer<Entered> open(
            SiteId site, Optional<String> name, Terms terms, URI publicUrl, UUID command, int races) {
        var token = tokens.make(site, command);
        var before = streams.tables().startedBy(site, command);
        if (before.isPresent()) {
            return entered(site, before.get(), token);
        }
        var session = ids.next();
        var customer = ids.next();
        var seat = pins.open(
                site, ids.next(), hash -> streams.tables().place(site, hash).isPresent());
        var number = numbers.free(n -> streams.tables().numberInUse(site, n));
        var sealed = name.map(called -> sealer.seal("customer:" + customer, called));
        var joined = new Fact.Joined(
                customer, seat.seat(), sealed.map(Personal::ref), SeatTokens.hash(token), Optional.empty());
        Answer<SessionRules.Opened> answer;
        try {
            var begin = new Command<>(site, session, command, ROUTING, SessionRules.Opened.class).beginning();
            answer = execute(begin, (state, now) -> {
                var opened = new Fact.Opened(now, command, number, ClientUrls.of(publicUrl, site));
                var names = sealed.map(List::of).orElse(List.of());
                return TransferRules.open(
                        state, now, new TransferRules.Opening(session, opened, terms, seat, joined, names));
            });
        } catch (RuntimeException e) {
            // Its number or PIN was taken in the same moment, or the same opening was sent twice.
            if (races == 0 || !Taken.is(e)) {
                throw e;
            }
            return open(site, name, terms, publicUrl, command, races - 1);
        }
        if (answer instanceof Answer.Refused<SessionRules.Opened> refused) {
            return streams.tables()
                    .startedBy(site, command)
                    .map(first -> entered(site, first, token))
                    .orElseGet(() -> new Answer.Refused<>(refused.refusal()));
        }
        return entered(site, session, token);
    }

    /** A repeat gets the same place and token, also when all is over meanwhile: the token is worth nothing then, and says so. */
    private Answer<Entered> entered(SiteId site, UUID session, String token) {
        var loaded = streams.load(site, session);
        var first = loaded.state().people().stream()
                .filter(person -> person.role() == Role.CUSTOMER)
                .findFirst();
        if (first.isEmpty()) {
            return new Answer.Refused<>(SessionRules.ENDED);
        }
        var customer = first.get().id();
        return new Answer.Accepted<>(
                new Entered(new SessionId(session), new ParticipantId(customer), token), loaded.version());
    }

    private <A> Answer<A> execute(Command<A> command, Streams.Decider<SessionState, Fact, A> decider) {
        return streams.execute(command, decider);
    }
}
