package dev.tandem.session.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Test;

import dev.tandem.journal.EventSubscriber;
import dev.tandem.session.Outcome;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.SessionId;
import dev.tandem.web.ProblemException;

/** Notes, outcome, and the form (WX9). */
public class NotesTest {
    private final World world = new World();
    private final Views.AgentView view = world.start();

    @After
    public void close() {
        world.close();
    }

    @Test
    public void WX9_theLastNoteCountsAlsoAfterTheEnd() {
        assertEquals(Optional.empty(), world.now(view).notes());
        note(Outcome.UNKNOWN, "It rings.");
        assertEquals(
                Optional.of(new NotesView(Outcome.UNKNOWN, "It rings.")),
                world.now(view).notes());
        world.agents.end(World.ANNA, view.id(), UUID.randomUUID());
        world.clock.advance(Duration.ofDays(2));
        note(Outcome.RESOLVED, "");
        var notes = world.notes.notes(World.ANNA, view.id());
        assertEquals(Optional.of(Outcome.RESOLVED), notes.outcome());
        assertEquals("", notes.text());
        assertEquals(Optional.of(view.me()), notes.by());
        assertEquals(
                404,
                assertThrows(ProblemException.class, () -> world.notes.notes(World.BEN, view.id()))
                        .problem()
                        .status());
        assertEquals(
                404,
                assertThrows(
                                ProblemException.class,
                                () -> world.notes.note(World.BEN, view.id(), Outcome.RESOLVED, "", UUID.randomUUID()))
                        .problem()
                        .status());
    }

    @Test
    public void WX9_whatIsNotedOfACustomerIsErasedWithThem() {
        var marie = world.join(view).customer();
        note(Outcome.UNRESOLVED, "Marie's printer");
        world.runtime.journal().erase(World.SITE, "customer:" + marie.participant());
        assertEquals(
                Optional.of(new NotesView(Outcome.UNRESOLVED, "")),
                world.now(view).notes());
        assertTrue(world.runtime.journal().verify(World.SITE).ok());
    }

    @Test
    public void WX9_theFormIsForCustomersWhoSawTheEndOnceWithinAnHour() {
        var marie = world.join(view);
        assertEquals(Optional.empty(), world.seenBy(marie).form());
        assertEquals(Optional.empty(), endedForm(marie));
        accept("session.form", "true");
        var key = endedForm(marie).orElseThrow();
        assertTrue(key, key.matches("main\\.[A-Za-z0-9_-]{64}"));
        assertEquals(Optional.empty(), give(key.substring(0, key.length() - 2) + "AA", 1));
        assertEquals(Optional.empty(), give("acme" + key.substring(4), 1));
        for (var nonsense : List.of("", "main.", "main.x", key.replace(".", ""), "No Site." + key.substring(5))) {
            assertEquals(nonsense, Optional.empty(), give(nonsense, 1));
        }
        world.clock.advance(Duration.ofMinutes(59));
        assertTrue(give(key, 4).isPresent());
        assertEquals("once", Optional.empty(), give(key, 1));
        var form = world.notes.notes(World.ANNA, view.id()).forms().get(0);
        assertEquals(Optional.of(4), form.rating());
        assertEquals("Thanks", form.comment());
    }

    @Test
    public void WX9_whoLeavesBeforeTheEndIsAskedAsWell() {
        var marie = world.join(view);
        assertEquals("not asked for", Optional.empty(), leave(marie));
        accept("session.form", "true");
        var again = world.join(view);
        var key = leave(again).orElseThrow();
        assertTrue(give(key, 2).isPresent());
        assertEquals("once", Optional.empty(), give(key, 1));
        var third = leave(world.join(view)).orElseThrow();
        world.agents.end(World.ANNA, view.id(), UUID.randomUUID());
        world.clock.advance(Duration.ofMinutes(61));
        assertEquals("an hour after the end", Optional.empty(), give(third, 1));
        assertEquals(1, world.notes.notes(World.ANNA, view.id()).forms().size());
    }

    private Optional<String> leave(CustomerDesk.Admitted customer) {
        return world.customers.leave(customer.customer(), view.id(), UUID.randomUUID());
    }

    @Test
    public void WX9_afterAnHourTheFormIsClosed() {
        accept("session.form", "true");
        var marie = world.join(view);
        world.agents.end(World.ANNA, view.id(), UUID.randomUUID());
        var key = world.seenBy(marie).form().orElseThrow();
        world.clock.advance(Duration.ofMinutes(61));
        assertEquals(Optional.empty(), world.seenBy(marie).form());
        assertEquals(Optional.empty(), give(key, 4));
    }

    @Test
    public void WX9_reportsHearOfItWithoutAWordOfText() throws Exception {
        accept("session.form", "true");
        var heard = Collections.synchronizedList(new ArrayList<SessionEvent>());
        try (var subscription = world.runtime.subscribe(new EventSubscriber() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public void on(Published event) {
                if (event.event() instanceof SessionEvent one) {
                    heard.add(one);
                }
            }
        })) {
            var marie = world.join(view);
            note(Outcome.RESOLVED, "secret words");
            world.agents.end(World.ANNA, view.id(), UUID.randomUUID());
            give(world.seenBy(marie).form().orElseThrow(), 5);
            world.settle();
        }
        var id = new SessionId(view.id());
        assertTrue(
                heard.contains(new SessionEvent.Noted(World.SITE, id, new ParticipantId(view.me()), Outcome.RESOLVED)));
        assertEquals(
                Optional.of(5),
                heard.stream()
                        .filter(SessionEvent.FormGiven.class::isInstance)
                        .map(event -> ((SessionEvent.FormGiven) event).rating())
                        .findFirst()
                        .orElseThrow());
        assertFalse(
                heard.toString(),
                heard.toString().contains("secret") || heard.toString().contains("Thanks"));
    }

    private Optional<String> endedForm(CustomerDesk.Admitted marie) {
        if (world.now(view).endReason().isEmpty()) {
            world.agents.end(World.ANNA, view.id(), UUID.randomUUID());
        }
        return world.seenBy(marie).form();
    }

    private Optional<?> give(String key, int rating) {
        return world.notes.give(key, Optional.of(rating), "Thanks", UUID.randomUUID());
    }

    private void note(Outcome outcome, String text) {
        world.notes.note(World.ANNA, view.id(), outcome, text, UUID.randomUUID());
    }

    private void accept(String key, String value) {
        world.runtime.settings().set(World.SITE, key, Optional.of(value), UUID.randomUUID(), "test");
    }
}
