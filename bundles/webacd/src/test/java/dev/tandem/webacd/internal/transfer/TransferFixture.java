package dev.tandem.webacd.internal.transfer;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;

import dev.tandem.journal.Answer;
import dev.tandem.journal.EventSubscriber.Published;
import dev.tandem.journal.testing.OnBothDatabases;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Conversation;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.testing.Cast;
import dev.tandem.session.testing.FakeSession;
import dev.tandem.session.testing.FakeSessions;
import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.router.Rig;
import dev.tandem.webacd.internal.work.WorkState.Phase;

/** A session that is handed over by the router's own work, over a real journal. */
abstract class TransferFixture extends OnBothDatabases {
    Rig rig;
    FakeSessions sessions;
    FakeSession session;
    Transfers transfers;
    SessionSource source;
    QueueId printers;
    AgentId ben;
    AgentId carla;
    final Caller.OfAgent anna = Cast.agent(Rig.SITE, "anna", "Anna Bell");
    final List<String> told = new ArrayList<>();
    final Set<UUID> said = new HashSet<>();

    @Before
    public void open() {
        rig = new Rig(fresh(), 1);
        var own = rig.plans.agent("anna", 2);
        ben = rig.plans.agent("ben", 1);
        carla = rig.plans.agent("carla", 1);
        printers = rig.plans.queue("printers", own, ben);
        rig.plans.fallback = Optional.of(rig.plans.queue("fallback", carla));
        rig.plans.changed();
        sessions = new FakeSessions(rig.clock);
        session = sessions.open(Rig.SITE, Cast.agent("anna"), Cast.customer("Marie Dupont"));
        source = new SessionSource(
                sessions,
                rig.book,
                rig.desk,
                rig.directory(),
                rig.plans,
                new Notes(chat()),
                new Beginnings(new dev.tandem.webacd.internal.config.FixedRouting()),
                rig.clock);
        transfers = new Transfers(sessions, rig.plans, rig.book, rig.desk, source);
        rig.journal.subscribe(source);
        rig.settle();
    }

    @After
    public void close() {
        rig.close();
    }

    Conversation chat() {
        return new Conversation() {
            @Override
            public Answer<Posted> say(SiteId site, SessionId of, ParticipantId from, String text, UUID command) {
                throw new IllegalStateException("nobody speaks in others' names");
            }

            @Override
            public Answer<Posted> note(
                    SiteId site, SessionId of, Optional<ParticipantId> about, String text, UUID command) {
                if (said.add(command)) {
                    told.add(text);
                }
                return new Answer.Accepted<>(new Posted(told.size()), told.size());
            }
        };
    }

    WorkItemId transfer(Optional<QueueId> queue, List<AgentId> agents, String reason) {
        return transfers.transfer(anna, session.id().value(), queue, agents, reason, Locale.ENGLISH, UUID.randomUUID());
    }

    String refused(Optional<QueueId> queue, List<AgentId> agents, String reason) {
        var problem = assertThrows(ProblemException.class, () -> transfer(queue, agents, reason))
                .problem();
        assertEquals(
                "nothing has happened",
                SupportSession.State.ACTIVE,
                session.now().state());
        assertEquals(0, rig.book.table().living(Rig.SITE).size());
        return problem.status() + " " + problem.code() + " " + problem.detail();
    }

    AgentId controller() {
        return session.now()
                .controller()
                .flatMap(session.now()::participant)
                .flatMap(Participant::agent)
                .orElseThrow();
    }

    void control(String to) throws Exception {
        var before = session.now().controller();
        var there = session.now().participants().stream()
                .filter(one -> one.agent().equals(Optional.of(new AgentId(to))))
                .findFirst()
                .map(Participant::id)
                .orElseGet(() -> session.join(Cast.agent(to)).id());
        session.pass(there);
        var event = new SessionEvent.ControlPassed(
                Rig.SITE, session.id(), before, there, session.now().epoch());
        source.on(new Published(Rig.SITE, 1, UUID.randomUUID(), session.id().value(), rig.clock.instant(), event));
        rig.settle();
    }

    void end() {
        session.end();
        var event = new SessionEvent.Ended(Rig.SITE, session.id(), SupportSession.EndReason.CUSTOMER_LEFT);
        source.on(new Published(Rig.SITE, 1, UUID.randomUUID(), session.id().value(), rig.clock.instant(), event));
        rig.settle();
    }

    /** What Anna has of the session by WebACD. */
    WorkItemId annasOwn() {
        var asked = toPrinters("Marie Dupont");
        var own = ((Answer.Accepted<WorkItemId>) rig.desk.submit(
                        new dev.tandem.webacd.WorkRequest(
                                asked.site(),
                                asked.source(),
                                asked.sourceId(),
                                new Target.Agents(Set.of(anna.agent().id())),
                                asked.name(),
                                "Acme",
                                "fr",
                                asked.attributes(),
                                0,
                                asked.skills(),
                                "",
                                asked.answers(),
                                Optional.empty()),
                        UUID.randomUUID()))
                .value();
        rig.settle();
        rig.accept(own, "anna");
        assertEquals(Phase.ASSIGNED, rig.state(own).phase());
        return own;
    }

    /** The session as work for the printers' queue. @param name the customer's */
    dev.tandem.webacd.WorkRequest toPrinters(String name) {
        return new dev.tandem.webacd.WorkRequest(
                Rig.SITE,
                SessionSource.KIND,
                session.id().toString(),
                new Target.Queue(printers),
                name,
                "",
                "",
                java.util.Map.of(),
                0,
                java.util.Map.of(),
                "",
                java.util.Map.of(),
                Optional.empty());
    }

    WorkItemId again(Caller.OfAgent by, UUID command) {
        return transfers.transfer(
                by, session.id().value(), Optional.of(printers), List.of(), "", Locale.ENGLISH, command);
    }

    String refusedAgain(Caller.OfAgent by, FakeSession of, UUID command) {
        var problem = assertThrows(
                        ProblemException.class,
                        () -> transfers.transfer(
                                by, of.id().value(), Optional.of(printers), List.of(), "", Locale.ENGLISH, command))
                .problem();
        return problem.status() + " " + problem.code();
    }
}
