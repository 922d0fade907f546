package dev.tandem.itests.faults;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.itests.faults.Attempt.Outcome;
import dev.tandem.itests.faults.Attempt.What;
import dev.tandem.itests.faults.Evidence.Bytes;
import dev.tandem.itests.faults.Evidence.Event;
import dev.tandem.itests.harness.Api;

/** The checks of routing find what they are there for: each history here is well but for one thing. */
public class RoutingCheckersTest {
    private static final String COME = "2026-11-22T12:00:00Z";
    private static final Bytes NOTHING = new Bytes("00".repeat(32));

    private final List<Event> events = new ArrayList<>();
    private final Map<String, Evidence.Item> rows = new HashMap<>();
    private final History history = new History();
    private long committed = 50_000;

    private Event happened(String item, String name, Map<String, ?> body) {
        committed += 100;
        var json = Api.json(body);
        var event = new Event(
                events.size() + 1L,
                "work-item",
                item,
                1,
                UUID.randomUUID().toString(),
                "work-item." + name + ".v1",
                committed,
                "router",
                UUID.randomUUID(),
                json,
                Api.tree(json),
                NOTHING,
                Optional.empty(),
                committed);
        events.add(event);
        return event;
    }

    private void comes(String item, String queue) {
        happened(item, "submitted", Map.of("queue", queue, "at", COME));
        row(item, "WAITING", COME);
    }

    private void row(String item, String state, String since) {
        rows.put(
                item,
                new Evidence.Item(item, state, java.time.Instant.parse(since).toEpochMilli()));
    }

    private void offered(String item, String... agents) {
        happened(item, "offered", Map.of("offer", "offer-of-" + item, "agents", List.of(agents)));
        row(item, "OFFERED", COME);
    }

    private Event accepted(String item, String agent) {
        row(item, "ASSIGNED", COME);
        return happened(item, "accepted", Map.of("offer", "offer-of-" + item, "agent", agent));
    }

    private void done(String item) {
        happened(item, "done", Map.of("agent", "anna"));
        row(item, "DONE", COME);
    }

    private void told(What what, String on, UUID command, Outcome outcome, String answer) {
        long op = history.attempts().size() + 1L;
        history.add(new Attempt(op, "anna", what, on, "x", command, "a", op, op, op, outcome, 0, "", answer));
    }

    private RoutingChecks checks() {
        var found = new Evidence(
                events,
                new Evidence.End(events.size(), NOTHING),
                Set.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                List.copyOf(rows.values()));
        return new RoutingChecks(history.operations(), found, Map.of("anna", 1, "ben", 2));
    }

    private void assertFound(String what) {
        var found = checks().all(Set.of("everybody")).values().stream()
                .flatMap(List::stream)
                .toList();
        assertEquals(found.toString(), 1, found.size());
        assertTrue(found.toString(), found.get(0).contains(what));
    }

    private void oneTaken() {
        comes("i1", "help");
        offered("i1", "anna");
        told(What.TAKE_OFFER, "offer-of-i1", accepted("i1", "anna").command(), Outcome.ACKNOWLEDGED, "");
    }

    @Test
    public void allIsWell() {
        oneTaken();
        done("i1");
        comes("i2", "everybody");
        offered("i2", "anna", "ben");
        happened("i2", "declined", Map.of("offer", "offer-of-i2", "agent", "anna"));
        accepted("i2", "ben");
        told(What.ENTER, "help", UUID.randomUUID(), Outcome.ACKNOWLEDGED, "i1");
        checks().all(Set.of("everybody")).forEach((name, faults) -> assertEquals(name, List.of(), faults));
    }

    @Test
    public void twoAreAskedAtOnce() {
        comes("i1", "help");
        offered("i1", "anna", "ben");
        assertFound("at once");
    }

    @Test
    public void anotherRoundBeginsWhileOneIsOpen() {
        comes("i1", "everybody");
        offered("i1", "anna");
        offered("i1", "ben");
        assertFound("it was OFFERED");
    }

    @Test
    public void somebodyHasTooMuch() {
        oneTaken();
        comes("i2", "help");
        offered("i2", "anna");
        assertFound("anna has 2 of 1");
    }

    @Test
    public void anItemIsTakenTwice() {
        oneTaken();
        accepted("i1", "anna");
        assertFound("was not asked");
    }

    @Test
    public void whatWasTakenIsNowhere() {
        oneTaken();
        told(What.TAKE_OFFER, "offer-of-i1", UUID.randomUUID(), Outcome.ACKNOWLEDGED, "");
        assertFound("stands nowhere");
    }

    @Test
    public void somebodyWhoWasLetInIsLost() {
        oneTaken();
        told(What.ENTER, "help", UUID.randomUUID(), Outcome.ACKNOWLEDGED, "i9");
        assertFound("is nowhere in the end");
    }

    @Test
    public void theFirstWaitingTimeIsForgotten() {
        oneTaken();
        row("i1", "ASSIGNED", "2026-11-22T12:00:07Z");
        assertFound("waits since");
    }

    @Test
    public void theReadModelIsBehind() {
        oneTaken();
        row("i1", "OFFERED", COME);
        assertFound("in the read model");
    }

    @Test
    public void nobodyIsAskedForTooLongAfterAStrike() {
        comes("i1", "help");
        long at = committed;
        var strike = new Nemesis.Strike(Fault.KILLED_NODE, "a", 0, 1, at, true);
        assertTrue(checks().gaps(List.of(strike)).get(0).tooLong());
        committed += 8_000;
        offered("i1", "anna");
        assertFalse(checks().gaps(List.of(strike)).get(0).tooLong());
        var longBefore = new Nemesis.Strike(Fault.KILLED_NODE, "a", 0, 1, at - 3_000, true);
        assertTrue(checks().gaps(List.of(longBefore)).get(0).tooLong());
    }
}
