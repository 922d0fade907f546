package dev.tandem.web.internal.live;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.After;
import org.junit.Test;

import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.Fakes;
import dev.tandem.web.internal.Ticket;
import dev.tandem.web.testing.Steps;

public class LiveHubTest {
    private static final String PAGE = "11111111-1111-4111-8111-111111111111";
    private static final String HELLO = "{\"op\":\"hello\",\"ticket\":\"anna\",\"page\":\"" + PAGE + "\"}";
    private static final String WELCOME = "{\"op\":\"welcome\"}";

    private final Steps workers = new Steps();
    private final Fakes.Timer timer = new Fakes.Timer();
    private final AtomicLong nanos = new AtomicLong();
    private final Map<String, Ticket> tickets = new HashMap<>(Map.of(
            "anna", new Ticket.Live(Fakes.ANNA),
            "marie", new Ticket.Live(Fakes.MARIE),
            "expert", new Ticket.Live(Fakes.EXPERT),
            "film", new Ticket.Media(Fakes.MARIE, Fakes.SESSION, "screen")));
    private final Bell bell = new Bell();
    private final LiveHub hub =
            new LiveHub(name -> Optional.ofNullable(tickets.remove(name)), bell, workers, timer, nanos::get);
    private final Topics talk = new Topics("talk");
    private final Fakes.Wire wire = new Fakes.Wire();
    private final LiveLine line = hub.open(wire);

    @After
    public void stop() {
        timer.shutdownNow();
    }

    /** A slice with a list of messages for each id. */
    private static final class Topics implements LiveTopics {
        private final String kind;
        private final Map<String, List<String>> said = new HashMap<>();
        private final List<String> log = new ArrayList<>();
        private int asked;
        private int pageSize = Integer.MAX_VALUE;
        private Optional<RuntimeException> failure = Optional.empty();

        Topics(String kind) {
            this.kind = kind;
        }

        void say(String id, String text) {
            said.computeIfAbsent(id, key -> new ArrayList<>()).add(text);
        }

        @Override
        public String kind() {
            return kind;
        }

        @Override
        public Delivery after(Caller caller, String id, long after) {
            asked++;
            if (failure.isPresent()) {
                throw failure.get();
            }
            if (id.equals("secret")) {
                throw new ProblemException(Problem.unknown());
            }
            var all = said.getOrDefault(id, List.of());
            if (id.equals("state")) {
                return new Delivery.Snapshot(new Message(all.size(), "talk.state", all));
            }
            var missing = IntStream.rangeClosed(1, all.size())
                    .filter(number -> number > after)
                    .limit(pageSize)
                    .mapToObj(number -> new Message(number, "talk.said", all.get(number - 1)))
                    .toList();
            return new Delivery.Messages(missing, after + missing.size() < all.size());
        }

        @Override
        public void attached(Caller caller, String id, UUID page) {
            log.add("+" + id + " " + caller.actor() + " " + page);
        }

        @Override
        public void detached(Caller caller, String id, UUID page) {
            log.add("-" + id + " " + caller.actor() + " " + page);
        }
    }

    private static String subscribe(String topic, long after) {
        return "{\"op\":\"subscribe\",\"topic\":\"" + topic + "\",\"after\":" + after + "}";
    }

    private static String said(String id, int number, String text) {
        return "{\"topic\":\"talk/" + id + "\",\"number\":" + number + ",\"type\":\"talk.said\",\"body\":\"" + text
                + "\"}";
    }

    private void greet() {
        hub.add(talk);
        line.received(HELLO);
        assertEquals(List.of(WELCOME), wire.take());
    }

    private void ring(String topic) {
        bell.ring(Fakes.ACME, topic);
    }

    @Test
    public void missingMessagesComeThenNewOnes() {
        greet();
        talk.say("a", "one");
        talk.say("a", "two");
        line.received(subscribe("talk/a", 1));
        assertEquals(List.of(said("a", 2, "two")), wire.take());
        talk.say("a", "three");
        ring("talk/a");
        assertEquals(List.of(said("a", 3, "three")), wire.take());
    }

    @Test
    public void aRingOfAnotherSiteOrTopicIsNotHeard() {
        greet();
        line.received(subscribe("talk/a", 0));
        talk.say("a", "one");
        bell.ring(Fakes.OTHER, "talk/a");
        ring("talk/b");
        assertEquals(List.of(), wire.take());
    }

    @Test
    public void manyRingsAreOneQuestion() {
        greet();
        line.received(subscribe("talk/a", 0));
        int before = talk.asked;
        workers.hold();
        for (int i = 0; i < 100; i++) {
            talk.say("a", "text " + i);
            ring("talk/a");
        }
        workers.run();
        assertEquals(before + 1, talk.asked);
        assertEquals(100, wire.take().size());
    }

    @Test
    public void whatComesPageByPageComesWhole() {
        greet();
        talk.pageSize = 10;
        for (int i = 1; i <= 35; i++) {
            talk.say("a", "text " + i);
        }
        line.received(subscribe("talk/a", 0));
        assertEquals(
                IntStream.rangeClosed(1, 35)
                        .mapToObj(i -> said("a", i, "text " + i))
                        .toList(),
                wire.take());
    }

    @Test
    public void aPageThatTakesNothingGetsEverythingInOrderOnceItDoes() {
        greet();
        var text = "x".repeat(100_000);
        for (int i = 1; i <= 50; i++) {
            talk.say("a", text);
        }
        wire.clog();
        line.received(subscribe("talk/a", 0));
        assertTrue("bounded: " + wire.texts.size(), wire.texts.size() == 1);
        wire.flow();
        var numbers = wire.take().stream()
                .map(json -> json.replaceAll(".*\"number\":(\\d+).*", "$1"))
                .map(Integer::valueOf)
                .toList();
        assertEquals(IntStream.rangeClosed(1, 50).boxed().toList(), numbers);
        assertEquals(Optional.empty(), wire.closed);
    }

    @Test
    public void aSnapshotComesOnceForEachNumber() {
        greet();
        talk.say("state", "one");
        line.received(subscribe("talk/state", 1));
        assertEquals(1, wire.take().size());
        ring("talk/state");
        assertEquals(List.of(), wire.take());
        talk.say("state", "two");
        ring("talk/state");
        assertEquals(1, wire.take().size());
    }

    @Test
    public void aTicketIsNeededAndUsedOnce() {
        greet();
        var again = new Fakes.Wire();
        hub.open(again).received(HELLO);
        assertEquals(Optional.of("4401 no such ticket"), again.closed);
        var media = new Fakes.Wire();
        hub.open(media).received(HELLO.replace("anna", "film"));
        assertEquals(Optional.of("4401 no such ticket"), media.closed);
        var rude = new Fakes.Wire();
        hub.open(rude).received(subscribe("talk/a", 0));
        assertEquals(Optional.of("4401 hello comes first"), rude.closed);
        var silent = new Fakes.Wire();
        hub.open(silent);
        timer.fire();
        assertEquals(Optional.of("4401 no ticket within 5 s"), silent.closed);
        assertEquals("who has said hello stays", Optional.empty(), wire.closed);
    }

    @Test
    public void whatIsNotUnderstoodClosesTheSocket() {
        greet();
        line.received("{nope");
        assertEquals(Optional.of("4400 not understood"), wire.closed);
        var large = new Fakes.Wire();
        hub.open(large).received("x".repeat(LiveLine.LONGEST_MESSAGE + 1));
        assertEquals(Optional.of("4413 a message is at most 8 KB"), large.closed);
    }

    @Test
    public void aForbiddenTopicIsGoneAndNeverAttached() {
        greet();
        line.received(subscribe("talk/secret", 0));
        assertEquals(
                List.of(
                        "{\"op\":\"gone\",\"topic\":\"talk/secret\",\"problem\":{\"type\":\"urn:tandem:problem:unknown\","
                                + "\"status\":404,\"code\":\"unknown\","
                                + "\"detail\":\"There is nothing here, or it is not yours to see.\"}}"),
                wire.take());
        assertEquals(List.of(), talk.log);
    }

    /** A link was revoked: its pages are closed, not only told. */
    @Test
    public void aViewerWhoMayNotReadAnyMoreLosesTheLine() {
        hub.add(talk);
        line.received(HELLO.replace("anna", "expert"));
        line.received(subscribe("talk/a", 0));
        assertEquals(Optional.empty(), wire.closed);
        talk.failure = Optional.of(new ProblemException(new Problem(403, "link-refused", "No more.")));
        ring("talk/a");
        assertEquals(Optional.of("4403 link-refused"), wire.closed);
    }

    @Test
    public void whoMayNotReadAnyMoreIsToldAndDetached() {
        greet();
        line.received(subscribe("talk/a", 0));
        talk.failure = Optional.of(new ProblemException(Problem.unknown()));
        ring("talk/a");
        assertTrue(wire.take().get(0).startsWith("{\"op\":\"gone\",\"topic\":\"talk/a\""));
        ring("talk/a");
        assertEquals(List.of(), wire.take());
        assertEquals(List.of("+a agent:anna " + PAGE, "-a agent:anna " + PAGE), talk.log);
    }

    @Test
    public void aKindMayComeLateGoAndComeBackAndNothingIsLost() {
        line.received(HELLO);
        wire.take();
        talk.say("a", "one");
        line.received(subscribe("talk/a", 0));
        assertEquals(List.of("{\"op\":\"away\",\"topic\":\"talk/a\"}"), wire.take());
        hub.add(talk);
        assertEquals(List.of("{\"op\":\"back\",\"topic\":\"talk/a\"}", said("a", 1, "one")), wire.take());
        hub.remove(talk);
        assertEquals(List.of("{\"op\":\"away\",\"topic\":\"talk/a\"}"), wire.take());
        talk.say("a", "two");
        ring("talk/a");
        assertEquals(List.of(), wire.take());
        hub.add(talk);
        assertEquals(List.of("{\"op\":\"back\",\"topic\":\"talk/a\"}", said("a", 2, "two")), wire.take());
        var pair = List.of("+a agent:anna " + PAGE, "-a agent:anna " + PAGE);
        assertEquals(List.of(pair.get(0), pair.get(1), pair.get(0)), talk.log);
        line.closed();
        line.closed();
        assertEquals(List.of(pair.get(0), pair.get(1), pair.get(0), pair.get(1)), talk.log);
        assertEquals(0, hub.lines());
    }

    @Test
    public void aSecondServiceOfAKindTakesOverWhenTheFirstGoes() {
        greet();
        var second = new Topics("talk");
        second.say("a", "from the second");
        line.received(subscribe("talk/a", 0));
        hub.add(second);
        assertEquals(List.of(), wire.take());
        hub.remove(talk);
        assertEquals(List.of(said("a", 1, "from the second")), wire.take());
        assertEquals(List.of("+a agent:anna " + PAGE, "-a agent:anna " + PAGE), talk.log);
        assertEquals(List.of("+a agent:anna " + PAGE), second.log);
    }

    @Test
    public void everyAttachedPageIsDetachedWhenWeStop() {
        greet();
        var other = new Fakes.Wire();
        var marie = hub.open(other);
        marie.received(HELLO.replace("anna", "marie"));
        line.received(subscribe("talk/a", 0));
        line.received(subscribe("talk/b", 0));
        line.received(subscribe("talk/a", 0));
        marie.received(subscribe("talk/a", 0));
        line.received("{\"op\":\"unsubscribe\",\"topic\":\"talk/b\"}");
        hub.deactivate();
        assertEquals(Optional.of("1001 restart"), wire.closed);
        assertEquals(Optional.of("1001 restart"), other.closed);
        assertEquals(3, talk.log.stream().filter(entry -> entry.startsWith("+")).count());
        assertEquals(
                talk.log.stream()
                        .filter(entry -> entry.startsWith("+"))
                        .map(entry -> entry.substring(1))
                        .sorted()
                        .toList(),
                talk.log.stream()
                        .filter(entry -> entry.startsWith("-"))
                        .map(entry -> entry.substring(1))
                        .sorted()
                        .toList());
    }

    @Test
    public void aFailureOfASliceIsTriedAgain() {
        greet();
        talk.say("a", "one");
        talk.failure = Optional.of(new IllegalStateException("the database is busy"));
        line.received(subscribe("talk/a", 0));
        assertEquals(List.of(), wire.take());
        talk.failure = Optional.empty();
        timer.fire();
        assertEquals(List.of(said("a", 1, "one")), wire.take());
    }

    @Test
    public void aFloodOfMessagesClosesTheSocket() {
        greet();
        workers.hold();
        for (int i = 0; i <= LiveLine.MOST_TASKS; i++) {
            line.received("{\"op\":\"ping\"}");
        }
        assertEquals(Optional.of("4408 too many messages at once"), wire.closed);
        workers.run();
        assertEquals(0, hub.lines());
    }

    @Test
    public void subscriptionsAreBounded() {
        greet();
        for (int i = 0; i < LiveLine.MOST_SUBSCRIPTIONS; i++) {
            line.received(subscribe("talk/" + i, 0));
        }
        assertEquals(List.of(), wire.take());
        line.received(subscribe("talk/more", 0));
        assertTrue(wire.take().get(0).contains("too-many-subscriptions"));
    }

    @Test
    public void aSilentLineIsAskedAndThenGivenUp() {
        greet();
        var watch = timer.regular.orElseThrow();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(20));
        watch.run();
        watch.run();
        assertEquals(1, wire.pings);
        line.heard();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(20));
        watch.run();
        assertEquals("it has answered", Optional.empty(), wire.closed);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(20));
        watch.run();
        assertEquals(Optional.of("4408 come back and resume"), wire.closed);
    }

    @Test
    public void aLineThatTakesNothingIsGivenUp() {
        greet();
        wire.clog();
        line.received("{\"op\":\"ping\"}");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(26));
        line.heard();
        timer.regular.orElseThrow().run();
        assertEquals(Optional.of("4408 come back and resume"), wire.closed);
    }

    @Test
    public void junkForATopicIsGone() {
        greet();
        for (var name : List.of("talk", "/a", "talk/", "talk/" + "x".repeat(300))) {
            line.received(subscribe(name, 0));
            assertTrue(wire.take().get(0).startsWith("{\"op\":\"gone\""));
        }
    }

    @Test
    public void whoseSignInsChangedComesWithANewTicket() {
        line.received(HELLO);
        var customer = new Fakes.Wire();
        hub.open(customer).received(HELLO.replace("anna", "marie"));
        workers.run();
        hub.askAgain(Fakes.OTHER, Fakes.ANNA.agent().id());
        workers.run();
        assertEquals("another site's agent of that name", Optional.empty(), wire.closed);
        hub.askAgain(Fakes.ACME, Fakes.ANNA.agent().id());
        workers.run();
        assertEquals(Optional.of("4401 ask again"), wire.closed);
        assertEquals(Optional.empty(), customer.closed);
    }

    /** Nodes number what they do not store each for itself. */
    @Test
    public void aPageThatHasSeenAHigherNumberElsewhereIsToldTheStateAndThatItIsWhole() {
        greet();
        talk.say("state", "one");
        line.received(subscribe("talk/state", 1000));
        assertEquals(
                List.of("{\"topic\":\"talk/state\",\"number\":1,\"type\":\"talk.state\",\"body\":[\"one\"],"
                        + "\"whole\":true}"),
                wire.take());
    }

    @Test
    public void aDrainingNodeSendsEveryPageElsewhere() {
        greet();
        line.received(subscribe("talk/a", 0));
        hub.drain();
        assertEquals(Optional.of("1001 draining"), wire.closed);
        assertTrue(talk.log.get(talk.log.size() - 1).startsWith("-a"));
        assertEquals(0, hub.lines());
    }

    @Test
    public void whenSignInsMayHaveChangedUnheardEveryAgentComesAgainAndNoCustomer() {
        greet();
        var customer = new Fakes.Wire();
        hub.open(customer).received(HELLO.replace("anna", "marie"));
        hub.askAllAgain();
        assertEquals(Optional.of("4401 ask again"), wire.closed);
        assertEquals(Optional.empty(), customer.closed);
    }
}
