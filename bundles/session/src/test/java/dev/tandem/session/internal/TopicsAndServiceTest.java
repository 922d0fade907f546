package dev.tandem.session.internal;

import static dev.tandem.session.internal.SessionLifeTest.assertProblem;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import org.junit.After;
import org.junit.Test;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import dev.tandem.journal.Answer;
import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.None;
import dev.tandem.platform.Agent;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Consent;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.SupportSession.State;
import dev.tandem.session.internal.Views.AgentView;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics.Delivery;

/** What agents, customers and other slices get to see. */
public class TopicsAndServiceTest {
    private static final Caller ANNA = new Caller.OfAgent(World.ANNA);

    private final World world = new World();
    private final ObjectMapper json = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    @After
    public void close() {
        world.close();
    }

    @Test
    public void viewsHaveTheShapesOfTheContract() throws Exception {
        var view = world.start();
        var agent = json.valueToTree(view);
        assertEquals(
                "id number state version startedAt interaction me controller epoch firstEpoch vacant offered offeredUntil assisted"
                        + " seats limits participants viewers invitations activities consents terms notes refusedAt graceUntil",
                String.join(" ", names(agent)));
        assertTrue(agent.get("graceUntil").isNull());
        assertTrue(agent.get("seats").get(0).get("participant").isNull());
        assertEquals("id kind chat", String.join(" ", names(agent.get("interaction"))));
        assertEquals(
                "id pin url participant invited",
                String.join(" ", names(agent.get("seats").get(0))));
        assertEquals(
                "id role name state",
                String.join(" ", names(agent.get("participants").get(0))));

        var joined = world.join(view);
        var customer = json.valueToTree(world.seenBy(joined));
        assertEquals(
                "id state version startedAt me controller epoch firstEpoch assisted participants activities consents terms form"
                        + " graceUntil",
                String.join(" ", names(customer)));
        var text = customer.toString();
        assertFalse(text, text.contains(world.pin(view)) || text.contains(view.number()) || text.contains("call-1"));
        assertEquals(
                joined.customer().participant().toString(), customer.get("me").asText());

        world.agents.end(World.ANNA, view.id(), UUID.randomUUID());
        assertEquals(
                "BY_AGENT", json.valueToTree(world.now(view)).get("endReason").asText());
    }

    @Test
    public void strangersSeeNothing() {
        var view = world.start();
        var other = world.start(World.CHAT);
        var customer = world.join(view).customer();
        assertProblem(404, "unknown", () -> world.views.of(new Caller.OfAgent(World.BEN), view.id()));
        assertProblem(404, "unknown", () -> world.views.of(customer, other.id()));
        assertProblem(404, "unknown", () -> world.views.of(ANNA, UUID.randomUUID()));
        assertProblem(401, "sign-in-needed", () -> world.views.of(new Caller.Anonymous(World.SITE), view.id()));
        var foreign = new Agent(new SiteId("acme"), World.ANNA.id(), "Anna Bell", World.ANNA.roles());
        assertProblem(404, "unknown", () -> world.views.of(new Caller.OfAgent(foreign), view.id()));
        assertTrue(world.customers
                .join(new SiteId("acme"), world.pin(view), UUID.randomUUID())
                .isEmpty());
        for (var nonsense : List.of("", "nonsense", ".", "main.", "UPPER.x", "main." + "x".repeat(43))) {
            assertTrue(nonsense, world.tokens.recognise(nonsense).isEmpty());
        }
    }

    @Test
    public void topicIsTheWholeViewAndIsRungByEachEvent() {
        var view = world.start();
        var page = world.annasPage(view);
        var topic = World.SITE + " session/" + view.id();
        var first = (Delivery.Snapshot) page.after(0);
        assertEquals("session.state", first.state().type());
        assertEquals(first.state().number(), ((AgentView) first.state().body()).version());
        assertEquals(new Delivery.Messages(List.of()), page.after(first.state().number()));
        world.rung.clear();
        world.join(view);
        world.settle();
        assertTrue(world.rung.toString(), world.rung.contains(topic));
        var next = (Delivery.Snapshot) page.after(first.state().number());
        assertEquals(State.ACTIVE, ((AgentView) next.state().body()).state());
    }

    @Test
    public void customerSeesTheEndThenTheTopicIsGoneAndTheAgentMayLookBack() {
        var view = world.start();
        var annas = world.annasPage(view);
        var page = world.pageOf(world.join(view));
        long seen = ((Delivery.Snapshot) page.after(0)).state().number();
        world.agents.end(World.ANNA, view.id(), UUID.randomUUID());
        world.settle();
        world.rung.clear();
        var last = ((Delivery.Snapshot) page.after(seen)).state();
        assertEquals(State.ENDED, ((Views.CustomerView) last.body()).state());
        world.passSeconds(1);
        assertFalse("rung once more, to be told so", world.rung.isEmpty());
        assertProblem(409, "session-ended", () -> page.after(last.number()));
        assertTrue(annas.after(0) instanceof Delivery.Snapshot);
    }

    @Test
    public void membershipIsForThoseWhoAreIn() {
        var view = world.start();
        var id = new SessionId(view.id());
        var customer = world.join(view);
        assertEquals(
                view.me(),
                world.sessions.membership(ANNA, id).participant().id().value());
        assertEquals(
                "Marie Dupont",
                world.sessions.membership(customer.customer(), id).participant().name());
        assertProblem(404, "unknown", () -> world.sessions.membership(new Caller.OfAgent(World.BEN), id));
        assertProblem(404, "unknown", () -> world.sessions.membership(new Caller.Anonymous(World.SITE), id));
        assertProblem(404, "unknown", () -> world.sessions.membership(ANNA, new SessionId(UUID.randomUUID())));
        world.agents.leave(World.ANNA, view.id(), UUID.randomUUID());
        assertProblem(404, "unknown", () -> world.sessions.membership(ANNA, id));
        assertEquals(
                customer.customer().participant(),
                world.sessions
                        .membership(customer.customer(), id)
                        .participant()
                        .id()
                        .value());
        world.passSeconds(30);
        assertProblem(404, "unknown", () -> world.sessions.membership(customer.customer(), id));
        assertEquals(
                State.ENDED, world.sessions.find(World.SITE, id).orElseThrow().state());
    }

    @Test
    public void activitiesStartOnceAndStopWithWhoeverGoes() {
        var view = world.start();
        var id = new SessionId(view.id());
        var customer = world.join(view);
        var by = new ParticipantId(customer.customer().participant());
        accepted(world.sessions.start(World.SITE, id, "screen", by, Scope.CUSTOMER, UUID.randomUUID()));
        accepted(world.sessions.start(World.SITE, id, "screen", by, Scope.CUSTOMER, UUID.randomUUID()));
        refused(
                "activity-running",
                world.sessions.start(
                        World.SITE, id, "screen", new ParticipantId(view.me()), Scope.CUSTOMER, UUID.randomUUID()));
        refused(
                "unknown",
                world.sessions.start(
                        World.SITE,
                        id,
                        "files",
                        new ParticipantId(UUID.randomUUID()),
                        Scope.CUSTOMER,
                        UUID.randomUUID()));
        assertEquals("screen", world.now(view).activities().get(0).name());

        accepted(world.sessions.stop(World.SITE, id, "screen", "test", UUID.randomUUID()));
        accepted(world.sessions.stop(World.SITE, id, "screen", "test", UUID.randomUUID()));
        assertEquals(List.of(), world.now(view).activities());

        var second = world.join(view);
        accepted(world.sessions.start(
                World.SITE,
                id,
                "screen",
                new ParticipantId(second.customer().participant()),
                Scope.CUSTOMER,
                UUID.randomUUID()));
        world.customers.leave(second.customer(), view.id(), UUID.randomUUID());
        assertEquals(List.of(), world.now(view).activities());

        var third = world.join(view);
        accepted(world.sessions.start(
                World.SITE,
                id,
                "screen",
                new ParticipantId(third.customer().participant()),
                Scope.CUSTOMER,
                UUID.randomUUID()));
        world.agents.leave(World.ANNA, view.id(), UUID.randomUUID());
        assertEquals(
                "the last agent's leave stops all", List.of(), world.now(view).activities());
        world.settle();
        // Once by each of three events, and by each answer to who has asked for a stop.
        assertEquals(Collections.nCopies(5, view.id().toString()), world.stopped);
        world.passSeconds(30);
        refused("session-ended", world.sessions.start(World.SITE, id, "screen", by, Scope.CUSTOMER, UUID.randomUUID()));
    }

    @Test
    public void othersHearOfTheSessionWithoutNames() throws Exception {
        var heard = Collections.synchronizedList(new ArrayList<SessionEvent>());
        try (var subscription = world.runtime.subscribe(new EventSubscriber() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public void on(Published event) {
                heard.add((SessionEvent) event.event());
            }
        })) {
            var view = world.start();
            var id = new SessionId(view.id());
            var agent = new ParticipantId(view.me());
            var first = new ParticipantId(world.join(view).customer().participant());
            world.sessions.start(World.SITE, id, "screen", first, Scope.CUSTOMER, UUID.randomUUID());
            var second = new ParticipantId(world.join(view).customer().participant());
            world.agents.leave(World.ANNA, view.id(), UUID.randomUUID());
            world.agents.comeBack(World.ANNA, view.id(), UUID.randomUUID());
            var ended = world.agents.end(World.ANNA, view.id(), UUID.randomUUID());
            world.settle();
            assertEquals(
                    List.of(
                            new SessionEvent.Started(World.SITE, id),
                            new SessionEvent.Joined(World.SITE, id, agent),
                            new SessionEvent.Joined(World.SITE, id, first),
                            new SessionEvent.ActivityStarted(World.SITE, id, "screen", first),
                            new SessionEvent.ActivityStopped(World.SITE, id, "screen"),
                            new SessionEvent.Left(World.SITE, id, first),
                            new SessionEvent.Joined(World.SITE, id, second),
                            new SessionEvent.Left(World.SITE, id, agent),
                            new SessionEvent.Returned(World.SITE, id, agent),
                            new SessionEvent.Ended(
                                    World.SITE, id, ended.endReason().orElseThrow())),
                    heard.stream()
                            .filter(event -> !(event instanceof SessionEvent.ConsentChanged))
                            .toList());
            assertEquals(
                    "the customer's own share is consent by act",
                    List.of(Consent.State.GRANTED, Consent.State.ENDED),
                    heard.stream()
                            .filter(SessionEvent.ConsentChanged.class::isInstance)
                            .map(event -> ((SessionEvent.ConsentChanged) event).consent())
                            .filter(c -> c.by().isEmpty() && c.of().equals(first))
                            .map(Consent::state)
                            .toList());
        }
    }

    private static List<String> names(com.fasterxml.jackson.databind.JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void accepted(Answer<None> answer) {
        assertTrue(answer.toString(), answer instanceof Answer.Accepted<None>);
    }

    private static void refused(String code, Answer<None> answer) {
        assertEquals(code, ((Answer.Refused<None>) answer).refusal().code());
    }
}
