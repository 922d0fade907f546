package dev.tandem.itests.faults;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

import org.junit.Test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.itests.faults.Attempt.Outcome;
import dev.tandem.itests.faults.Attempt.What;
import dev.tandem.itests.faults.Evidence.Bytes;
import dev.tandem.itests.faults.Evidence.Event;
import dev.tandem.itests.faults.Evidence.Message;

/** The checks find what they are there for: each history here is well but for one thing. */
public class CheckersTest {
    private static final String SITE = "faults";
    private static final String SESSION = "s1";
    private static final Bytes NOTHING = new Bytes("00".repeat(32));

    private final History history = new History();
    private final List<Event> events = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final Set<UUID> commands = new HashSet<>();
    private final List<Evidence.LeaseChange> leases = new ArrayList<>();
    private final List<Evidence.Page> pages = new ArrayList<>();
    private final List<Evidence.View> views = new ArrayList<>();
    private final Map<String, String> settings = new java.util.HashMap<>();
    private Bytes streamHash = NOTHING;
    private Bytes batchHash = NOTHING;
    private long time = 1_000;
    private long op;

    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Something said, done and acknowledged, as it should be. */
    private Attempt said(String client, String text) {
        var event = happened("chat", "message.posted.v1", "customer:x", id(text), "{}");
        messages.add(new Message(event.version(), text));
        return said(client, text, Outcome.ACKNOWLEDGED, Long.toString(event.version()));
    }

    private Attempt said(String client, String text, Outcome outcome, String answer) {
        return tried(++op, What.SAY, client, SESSION, text, outcome, answer);
    }

    private Attempt tried(
            long number, What what, String client, String on, String value, Outcome outcome, String answer) {
        var begun = time;
        time += 10;
        var code = outcome == Outcome.REFUSED ? "session-ended" : "";
        var attempt = new Attempt(
                number, client, what, on, value, id(value), "a", begun, time, begun, outcome, 0, code, answer);
        history.add(attempt);
        time += 10;
        return attempt;
    }

    private Event happened(String kind, String name, String actor, UUID command, String payload) {
        return happened(kind, name, actor, command, payload, time + 5, time + 5);
    }

    /** An event with a batch of its own; all events of a kind are of one stream. */
    private Event happened(
            String kind, String name, String actor, UUID command, String payload, long at, long committed) {
        try {
            long version = events.stream().filter(e -> e.kind().equals(kind)).count() + 1;
            long position = events.size() + 1;
            var previous = events.stream()
                    .filter(e -> e.kind().equals(kind))
                    .reduce((a, b) -> b)
                    .map(Event::hash)
                    .orElse(NOTHING);
            var bare = new Event(
                    position,
                    kind,
                    SESSION,
                    version,
                    "e" + position,
                    name,
                    at,
                    actor,
                    command,
                    payload,
                    new ObjectMapper().readTree(payload),
                    NOTHING,
                    Optional.empty(),
                    committed);
            streamHash = Chain.event(previous, SITE, bare);
            batchHash = Chain.batch(batchHash, SITE, position, position, List.of(streamHash));
            var event = with(bare, streamHash, Optional.of(batchHash), command);
            events.add(event);
            commands.add(command);
            return event;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Event with(Event e, Bytes hash, Optional<Bytes> batch, UUID command) {
        return new Event(
                e.position(),
                e.kind(),
                e.stream(),
                e.version(),
                e.id(),
                e.name(),
                e.at(),
                e.actor(),
                command,
                e.payload(),
                e.body(),
                hash,
                batch,
                e.committed());
    }

    private Evidence evidence() {
        return new Evidence(
                List.copyOf(events),
                new Evidence.End(events.size(), batchHash),
                Set.copyOf(commands),
                Map.of(SESSION, Map.of("a", List.copyOf(messages), "b", List.copyOf(messages))),
                leases,
                List.of(),
                pages,
                Map.of("a", settings),
                Map.of(SESSION, views),
                List.of());
    }

    private Map<String, List<String>> check() {
        return new Checks(history.operations(), evidence()).all(SITE, 10_000, 20_000);
    }

    private void assertWell() {
        check().forEach((name, faults) -> assertEquals(name, List.of(), faults));
    }

    private void assertFound(String what) {
        var found = check().values().stream().flatMap(List::stream).toList();
        assertTrue("looked for '" + what + "' in " + found, found.stream().anyMatch(fault -> fault.contains(what)));
    }

    private void threeMessages() {
        said("anna", "one");
        said("marie", "two");
        said("anna", "three");
        assertWell();
    }

    @Test
    public void nothingIsFoundWhereAllIsWell() {
        threeMessages();
    }

    @Test
    public void anUnknownOutcomeMayHaveHappenedOrNot() {
        threeMessages();
        tried(++op, What.SAY, "anna", SESSION, "four", Outcome.UNKNOWN, "");
        var event = happened("chat", "message.posted.v1", "customer:x", id("four"), "{}");
        messages.add(new Message(event.version(), "four"));
        tried(op, What.SAY, "anna", SESSION, "four", Outcome.ACKNOWLEDGED, "4");
        tried(++op, What.SAY, "anna", SESSION, "five", Outcome.UNKNOWN, "");
        tried(op, What.SAY, "anna", SESSION, "five", Outcome.REFUSED, "");
        assertWell();
    }

    @Test
    public void aLostAcknowledgementIsFound() {
        threeMessages();
        said("anna", "four", Outcome.ACKNOWLEDGED, "4");
        assertFound("was acknowledged and is lost");
    }

    @Test
    public void aMessageLostFromTheConversationIsFound() {
        threeMessages();
        messages.remove(2);
        assertFound("has lost anna's SAY three");
    }

    @Test
    public void aRepeatThatCountsTwiceIsFound() {
        threeMessages();
        happened("other", "x.v1", "system", id("x"), "{}");
        happened("chat", "message.posted.v1", "customer:x", id("three"), "{}");
        assertFound("is there twice");
    }

    @Test
    public void aTextThatStandsTwiceIsFound() {
        threeMessages();
        messages.add(new Message(4, "two"));
        assertFound("has twice: two");
    }

    @Test
    public void whatNobodySaidIsFound() {
        threeMessages();
        messages.add(new Message(4, "four"));
        assertFound("has what nobody said there");
    }

    @Test
    public void aRefusalThatWasDoneIsFound() {
        threeMessages();
        said("anna", "four", Outcome.REFUSED, "");
        commands.add(id("four"));
        assertFound("was refused and is there");
    }

    @Test
    public void aRefusalWithoutAReasonIsFound() {
        threeMessages();
        history.add(new Attempt(
                9,
                "anna",
                What.SAY,
                SESSION,
                "four",
                id("four"),
                "a",
                1,
                2,
                1,
                Outcome.REFUSED,
                401,
                "sign-in-needed",
                ""));
        assertFound("sign-in-needed) was refused");
    }

    @Test
    public void anOperationWithoutAnEndIsFound() {
        threeMessages();
        said("anna", "four", Outcome.UNKNOWN, "");
        assertFound("never got an answer");
    }

    @Test
    public void aClientsMessagesOutOfOrderAreFound() {
        threeMessages();
        messages.set(0, new Message(1, "three"));
        messages.set(2, new Message(3, "one"));
        assertFound("before an earlier one");
    }

    @Test
    public void anOrderAgainstTheClockIsFound() {
        threeMessages();
        // The first and the second event change places: whoever said the second had heard of the first.
        var first = events.get(0);
        var second = events.get(1);
        events.set(0, with(first, first.hash(), first.batchHash(), second.command()));
        events.set(1, with(second, second.hash(), second.batchHash(), first.command()));
        assertFound("which had been acknowledged before it began");
        assertFound("does not fit its hash");
    }

    @Test
    public void aHoleIsFound() {
        threeMessages();
        events.remove(1);
        assertFound("position 2 is missing");
        assertFound("chat/s1 has version 3 in the place of 2");
    }

    @Test
    public void aLostEndIsFound() {
        threeMessages();
        events.remove(2);
        assertFound("the chain has lost its end");
    }

    @Test
    public void nodesThatDifferAreFound() {
        threeMessages();
        views.add(new Evidence.View("a", "ACTIVE", 3, "anna", 1));
        views.add(new Evidence.View("b", "ACTIVE", 2, "anna", 1));
        assertFound("the nodes differ about session");
    }

    @Test
    public void twoControllersAreFound() {
        views.add(new Evidence.View("a", "ACTIVE", 3, "anna", 1));
        views.add(new Evidence.View("b", "ACTIVE", 3, "ben", 1));
        assertFound("has controllers");
    }

    private void started() {
        tried(++op, What.START, "anna", "call-1", "start", Outcome.ACKNOWLEDGED, "");
        happened(
                "session",
                "session.started.v1",
                "agent:anna",
                id("start"),
                "{\"interaction\":\"call-1\",\"epoch\":1}",
                time,
                time);
    }

    @Test
    public void aSessionThatGoesOnAfterItsEndIsFound() {
        started();
        happened("session", "session.ended.v1", "agent:anna", id("end"), "{\"reason\":\"BY_AGENT\"}");
        assertWell();
        happened("session", "session.joined.v1", "customer:x", id("join"), "{}");
        assertFound("goes on after its end: session.joined.v1");
    }

    @Test
    public void twoSessionsOfOneInteractionAreFound() {
        started();
        happened(
                "session", "session.started.v1", "agent:anna", id("again"), "{\"interaction\":\"call-1\",\"epoch\":1}");
        assertFound("interaction call-1 has 2 sessions");
    }

    private void endedByNobody(long after) {
        started();
        long then = time + after;
        happened("session", "session.ended.v1", "deadline", id("due"), "{\"reason\":\"NOBODY_CAME\"}", then, then);
    }

    @Test
    public void aDeadlineAfterItsTimeIsWell() {
        endedByNobody(20_500);
        assertWell();
    }

    @Test
    public void aDeadlineBeforeItsTimeIsFound() {
        endedByNobody(15_000);
        assertFound("before its time");
    }

    @Test
    public void aDeadlineThatNobodySetIsFound() {
        started();
        happened("session", "session.ended.v1", "deadline", id("due"), "{\"reason\":\"GRACE_EXPIRED\"}");
        assertFound("no deadline was set");
    }

    @Test
    public void aTimeThatHasNotComeIsFound() {
        threeMessages();
        happened("chat", "notice.posted.v1", "system", id("n"), "{}", time + 5_000, time);
        assertFound("5000 ms away");
    }

    private static Evidence.LeaseChange lease(String node, long epoch) {
        return new Evidence.LeaseChange(SITE, "deadlines", Optional.of(node), epoch, false);
    }

    @Test
    public void anEpochWithTwoHoldersIsFound() {
        leases.addAll(List.of(lease("a", 1), lease("b", 2), lease("a", 3)));
        assertWell();
        leases.add(lease("b", 3));
        assertFound("epoch 3 was held by a and b");
    }

    @Test
    public void anEpochThatGoesBackIsFound() {
        leases.addAll(List.of(lease("a", 2), lease("b", 1)));
        assertFound("went back to epoch 1");
    }

    private void page(UnaryOperator<List<Long>> numbers) {
        pages.add(new Evidence.Page("anna", "chat/s1", numbers.apply(List.of(1L, 2L, 3L)), true, 3));
    }

    @Test
    public void aPageThatHearsTwiceIsFound() {
        page(all -> List.of(1L, 2L, 2L, 3L));
        assertFound("received 2 after 2");
    }

    @Test
    public void aPageThatMissesOneIsFound() {
        page(all -> List.of(1L, 3L));
        assertFound("some are missing");
    }

    @Test
    public void aPageThatIsNotToldTheEndIsFound() {
        page(all -> List.of(1L, 2L));
        assertFound("received up to 2 of 3");
    }

    @Test
    public void aSettingThatIsNotTheLastIsFound() {
        for (var value : List.of("5", "6")) {
            happened("settings", "settings.set.v1", "agent:ada", id(value), "{}");
            tried(++op, What.SET, "ada", "session.closing", value, Outcome.ACKNOWLEDGED, "");
        }
        settings.put("session.closing", "6");
        assertWell();
        settings.put("session.closing", "5");
        assertFound("shows session.closing as 5");
    }

    @Test
    public void aHistoryIsReadAsItWasWritten() throws Exception {
        threeMessages();
        var file = Files.createTempFile("history", ".jsonl");
        try {
            history.write(file);
            assertEquals(history.attempts(), History.read(file).attempts());
        } finally {
            Files.delete(file);
        }
    }

    @Test
    public void theLongestGapCountsFromTheBegin() {
        said("anna", "one");
        var ended = history.attempts().get(0).ended();
        assertEquals(500, Verdict.gap(new long[] {ended - 300, ended + 500}, history.attempts()));
        assertEquals(700, Verdict.gap(new long[] {ended - 700, ended + 500}, history.attempts()));
    }
}
