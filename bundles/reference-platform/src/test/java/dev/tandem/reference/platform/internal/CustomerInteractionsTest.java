package dev.tandem.reference.platform.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.Interaction.Kind;
import dev.tandem.platform.Interaction.State;
import dev.tandem.platform.InteractionId;
import dev.tandem.platform.Interactions.Sent;
import dev.tandem.platform.SiteId;
import dev.tandem.web.ProblemException;

public class CustomerInteractionsTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rig rig;
    private Agent anna;
    private Agent ben;

    @Before
    public void open() {
        rig = new Rig(folder.getRoot().toPath());
        anna = rig.agent("anna.bell");
        ben = rig.agent("ben.cole");
    }

    @After
    public void close() {
        rig.close();
    }

    @Test
    public void aCallRingsIsTakenAndEnds() {
        var id = rig.ringing(anna, Kind.CALL);
        assertEquals(State.RINGING, found(id).state());
        assertEquals(Optional.of(anna.id()), found(id).agent());
        rig.clock.advance(Duration.ofSeconds(7));
        rig.desk.accept(anna, id, UUID.randomUUID());
        assertEquals(State.ACTIVE, found(id).state());
        assertEquals(rig.clock.instant(), found(id).since());
        assertEquals("Marie Dupont", found(id).customer().name());
        rig.desk.end(anna, id, UUID.randomUUID());
        assertEquals(State.ENDED, found(id).state());
    }

    @Test
    public void aCallThatIsOnGoesOnAfterARestart() {
        var call = rig.active(anna, Kind.CALL);
        var chat = rig.active(anna, Kind.CHAT);
        rig.desk.say(anna, chat, "Hello Marie", UUID.randomUUID());
        rig.close();
        rig = new Rig(folder.getRoot().toPath(), rig.clock, rig.realm);
        assertEquals(State.ACTIVE, found(call).state());
        assertEquals(
                List.of("Hello Marie"),
                rig.views.messages(anna, chat, 0).orElseThrow().messages().stream()
                        .map(Views.MessageView::text)
                        .toList());
        rig.desk.end(anna, call, UUID.randomUUID());
        assertEquals(State.ENDED, found(call).state());
    }

    @Test
    public void nobodyAnswersAndItEnds() {
        var id = rig.ringing(anna, Kind.CALL);
        rig.clock.advance(Duration.ofSeconds(61));
        rig.runtime.fireDue();
        assertEquals(State.ENDED, found(id).state());
        assertEquals(
                Optional.of("UNANSWERED"),
                rig.views.detail(anna, id).orElseThrow().interaction().endedBy());
    }

    @Test
    public void whoIsNotAvailableLetsItRingForAll() {
        rig.desk.choose(anna, UUID.randomUUID(), "AWAY", "lunch");
        var arrived = rig.desk.simulate(anna, Kind.CALL, Optional.empty(), Optional.empty(), UUID.randomUUID());
        var id = new InteractionId(arrived.interaction());
        assertEquals(Optional.empty(), found(id).agent());
        assertEquals(1, rig.views.list(ben).size());
        rig.desk.accept(ben, id, UUID.randomUUID());
        assertTrue("it is gone from the other's desktop", rig.views.list(anna).isEmpty());
        var late = assertThrows(ProblemException.class, () -> rig.desk.accept(anna, id, UUID.randomUUID()));
        assertEquals("interaction-taken", late.problem().code());
    }

    @Test
    public void anothersInteractionIsUnknown() {
        var id = rig.active(anna, Kind.CHAT);
        assertEquals(Optional.empty(), rig.views.detail(ben, id));
        assertEquals(Optional.empty(), rig.views.messages(ben, id, 0));
        for (Runnable foreign : List.<Runnable>of(
                () -> rig.desk.end(ben, id, UUID.randomUUID()),
                () -> rig.desk.accept(ben, id, UUID.randomUUID()),
                () -> rig.desk.say(ben, id, "Hello", UUID.randomUUID()))) {
            var refused = assertThrows(ProblemException.class, foreign::run);
            assertEquals(404, refused.problem().status());
        }
    }

    @Test
    public void anotherSiteSeesNothing() {
        var id = rig.active(anna, Kind.CHAT);
        assertEquals(Optional.empty(), rig.interactions.find(new SiteId("acme"), id));
        assertEquals(Sent.GONE, rig.interactions.send(new SiteId("acme"), id, anna.id(), "Hello"));
    }

    @Test
    public void aRepeatGetsTheFirstAnswer() {
        var command = UUID.randomUUID();
        var first = rig.desk.simulate(anna, Kind.CHAT, Optional.empty(), Optional.empty(), command);
        assertEquals(first, rig.desk.simulate(anna, Kind.CHAT, Optional.empty(), Optional.empty(), command));
        var id = rig.active(anna, Kind.CHAT);
        var words = UUID.randomUUID();
        assertEquals(rig.desk.say(anna, id, "Hello", words), rig.desk.say(anna, id, "Hello", words));
    }

    @Test
    public void sendWritesInTheAgentsName() {
        var id = rig.active(anna, Kind.CHAT);
        assertEquals(Sent.SENT, rig.interactions.send(anna.site(), id, ben.id(), "https://example.com/j/1"));
        var lines = rig.views.messages(anna, id, 0).orElseThrow().messages();
        assertEquals("Ben Cole", lines.get(0).name());
        assertEquals("https://example.com/j/1", lines.get(0).text());
    }

    @Test
    public void sendSaysWhyItCannot() {
        var call = rig.active(anna, Kind.CALL);
        var chat = rig.active(anna, Kind.CHAT);
        var ringing = rig.ringing(anna, Kind.CHAT);
        assertEquals(Sent.NOT_A_CHAT, send(call, "Hello"));
        assertEquals(Sent.NOT_A_CHAT, send(chat, " "));
        assertEquals(Sent.NOT_A_CHAT, send(chat, "x".repeat(4_001)));
        assertEquals(Sent.GONE, send(ringing, "Hello"));
        assertEquals(Sent.GONE, send(new InteractionId("elsewhere-17"), "Hello"));
        rig.desk.end(anna, chat, UUID.randomUUID());
        assertEquals(Sent.GONE, send(chat, "Hello"));
    }

    @Test
    public void theVisitorWritesReadsAndLeaves() {
        var arrived = rig.desk.simulate(
                anna, Kind.CHAT, Optional.of("Zoë"), Optional.of("My printer is on fire"), UUID.randomUUID());
        var token = arrived.visitor().orElseThrow().substring("/visitor/".length());
        var id = new InteractionId(arrived.interaction());
        assertEquals(
                "My printer is on fire",
                rig.desk.visit(token, 0).messages().get(0).text());
        assertEquals(Optional.empty(), rig.desk.visit(token, 0).agentName());
        rig.desk.accept(anna, id, UUID.randomUUID());
        assertEquals(Optional.of("Anna Bell"), rig.desk.visit(token, 0).agentName());
        rig.desk.sayAsVisitor(token, "Hurry", UUID.randomUUID());
        assertEquals(1, rig.desk.visit(token, 1).messages().size());
        assertEquals(
                "Zoë",
                rig.views.messages(anna, id, 1).orElseThrow().messages().get(0).name());
        rig.desk.leave(token, UUID.randomUUID());
        assertEquals(State.ENDED, found(id).state());
        var late = assertThrows(ProblemException.class, () -> rig.desk.sayAsVisitor(token, "x", UUID.randomUUID()));
        assertEquals("interaction-ended", late.problem().code());
        rig.clock.advance(Duration.ofHours(25));
        assertEquals(
                404,
                assertThrows(ProblemException.class, () -> rig.desk.visit(token, 0))
                        .problem()
                        .status());
    }

    @Test
    public void historyIsTheSameCustomersOnly() {
        var first = rig.active(anna, Kind.CALL);
        rig.desk.end(anna, first, UUID.randomUUID());
        rig.desk.simulate(anna, Kind.CALL, Optional.of("Somebody Else"), Optional.empty(), UUID.randomUUID());
        rig.clock.advance(Duration.ofMinutes(1));
        var second = rig.active(ben, Kind.CHAT);
        assertEquals(
                List.of(first.value()),
                rig.views.detail(ben, second).orElseThrow().history().stream()
                        .map(Views.InteractionView::id)
                        .toList());
    }

    @Test
    public void anErasedCustomerLeavesNoTraceInTheDatabase() throws Exception {
        var arrived = rig.desk.simulate(
                anna, Kind.CHAT, Optional.of("Xaviera Erasable"), Optional.of("xyzzy plugh"), UUID.randomUUID());
        var id = new InteractionId(arrived.interaction());
        var subject = rig.interactions.head(anna.site(), id).orElseThrow().customer();
        assertEquals(3, rig.runtime.journal().erase(anna.site(), subject));
        assertEquals("", found(id).customer().name());
        assertEquals(
                "",
                rig.views.messages(anna, id, 0).orElseThrow().messages().get(0).text());
        assertTrue(rig.runtime.journal().verify(anna.site()).ok());
        var rows = rig.runtime
                .database()
                .read(sql -> sql.all(
                        "select * from platform_interaction",
                        row -> row.getString("customer") + row.getString("name_id")));
        assertTrue(Files.exists(folder.getRoot().toPath().resolve("platform.db")));
        assertTrue(rows.stream().noneMatch(row -> row.contains("Xaviera")));
    }

    @Test
    public void listenersHearInOrder() throws Exception {
        var heard = new java.util.concurrent.LinkedBlockingQueue<State>();
        var field = CustomerInteractions.class.getDeclaredField("listeners");
        field.setAccessible(true);
        field.set(
                rig.interactions,
                List.<dev.tandem.platform.InteractionListener>of(
                        now -> {
                            throw new IllegalStateException("a listener that fails harms no other");
                        },
                        now -> heard.add(now.state())));
        var id = rig.ringing(anna, Kind.CALL);
        assertEquals(State.RINGING, heard.poll(5, java.util.concurrent.TimeUnit.SECONDS));
        rig.desk.accept(anna, id, UUID.randomUUID());
        assertEquals(State.ACTIVE, heard.poll(5, java.util.concurrent.TimeUnit.SECONDS));
        rig.desk.end(anna, id, UUID.randomUUID());
        assertEquals(State.ENDED, heard.poll(5, java.util.concurrent.TimeUnit.SECONDS));
    }

    private Interaction found(InteractionId id) {
        return rig.interactions.find(Rig.MAIN, id).orElseThrow();
    }

    private Sent send(InteractionId id, String text) {
        return rig.interactions.send(Rig.MAIN, id, new AgentId("anna.bell"), text);
    }
}
