package dev.tandem.session.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.journal.Decision;
import dev.tandem.journal.Personal;
import dev.tandem.platform.Interaction;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.Participant.State;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSession.EndReason;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.internal.SessionState.Person;

/** Whatever happens to a session in whatever order, some things are always so. */
public class SessionRulesPropertyTest {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Duration UNUSED = Duration.ofHours(1);
    private static final int DEEDS = 15;

    /** The documented edges. An agent who has left may return while the session lives. */
    private static final Map<State, Set<State>> EDGES = new EnumMap<>(Map.of(
            State.INVITED, EnumSet.of(State.JOINED),
            State.JOINED, EnumSet.of(State.DISCONNECTED, State.LEFT, State.REMOVED),
            State.DISCONNECTED, EnumSet.of(State.JOINED, State.LEFT, State.REMOVED),
            State.LEFT, EnumSet.of(State.JOINED),
            State.REMOVED, EnumSet.noneOf(State.class)));

    @Test
    public void invariantsHoldInEveryOrder() {
        qt().withExamples(3000)
                .forAll(lists().of(integers().between(0, 100_000)).ofSizeBetween(1, 60))
                .checkAssert(deeds -> {
                    var life = new Life();
                    deeds.forEach(life::deed);
                });
    }

    /** The generator would be worthless if it never came to the interesting places. */
    @Test
    public void everyEndAndEveryStateIsReached() {
        var ends = EnumSet.noneOf(EndReason.class);
        var phases = EnumSet.noneOf(SupportSession.State.class);
        var random = new java.util.Random(7);
        for (int i = 0; i < 5000; i++) {
            var life = new Life();
            for (int j = 0; j < 40; j++) {
                life.deed(random.nextInt(100_000));
                phases.add(life.state.phase());
            }
            life.state.ending().ifPresent(e -> ends.add(e.reason()));
        }
        assertEquals(EnumSet.allOf(EndReason.class), ends);
        assertEquals(EnumSet.allOf(SupportSession.State.class), phases);
    }

    /** A session with its deadlines, as the journal would keep them. */
    private static final class Life {
        private final UUID seat = id(1);
        private final UUID agent = id(2);
        private final Map<String, Instant> deadlines = new HashMap<>();
        private SessionState state = SessionState.NONE;
        private Instant now = Instant.parse("2026-11-21T12:00:00Z");
        private int next = 3;

        Life() {
            var started = new Fact.Started(
                    now,
                    id(5),
                    "call-1",
                    Interaction.Kind.CALL,
                    "anna.bell",
                    agent,
                    name().ref(),
                    "123456",
                    "http://x/j/",
                    1,
                    Optional.empty());
            var opening = new SessionRules.Opening(id(0), started, new Fact.SeatOpened(seat, 0, "hash"), name());
            take(SessionRules.start(state, now, opening, UNUSED));
        }

        void deed(int random) {
            int what = random % DEEDS;
            int which = random / DEEDS;
            var who = state.people().get(which % state.people().size()).id();
            var page = id(1000 + which % 2);
            var activity = which % 2 == 0 ? "screen" : "files";
            switch (what) {
                case 0, 1 -> join();
                case 2, 3 -> take(SessionRules.lose(state, who, now.minusSeconds(2), GRACE));
                case 4 -> take(SessionRules.back(state, who));
                case 5 -> take(SessionRules.leave(state, now, who, GRACE));
                case 6 -> take(SessionRules.comeBack(state, who));
                case 7 -> take(SessionRules.closing(state, now, who, page, CLOSING));
                case 8 -> take(SessionRules.reopened(state, who, page));
                case 9 -> take(ActivityRules.start(state, now, activity, new ParticipantId(who), Scope.CUSTOMER));
                case 10 -> take(ActivityRules.stop(state, activity));
                case 11 -> take(SessionRules.rename(state, who, name()));
                case 12 -> pass(Duration.ofSeconds(which % 40));
                case 13 -> deadlines.values().stream()
                        .min(Instant::compareTo)
                        .ifPresent(due -> pass(Duration.between(now, due).plusSeconds(1)));
                default -> {
                    // Rarely, else nothing lives long enough.
                    if (which % 8 == 0) {
                        var reason = which % 16 == 0 ? EndReason.RENEWED : EndReason.BY_AGENT;
                        take(SessionRules.end(state, now, who, reason));
                    } else if (which % 32 == 4) {
                        take(SessionRules.endFromOutside(state, now));
                    }
                }
            }
            check();
        }

        private void join() {
            boolean living = state.living();
            var token = "token" + next;
            var decision = SessionRules.join(state, seat, id(next++), Optional.of(name()), token, Optional.of(10L));
            assertEquals("a PIN admits while the session lives, and never after", living, isAccepted(decision));
            assertFalse(isAccepted(
                    SessionRules.join(state, id(999_999), id(next++), Optional.empty(), token, Optional.empty())));
            take(decision);
        }

        private void pass(Duration time) {
            var end = now.plus(time.isNegative() ? Duration.ZERO : time);
            for (var due = nextDue(end); due.isPresent(); due = nextDue(end)) {
                now = due.get().getValue().isAfter(now) ? due.get().getValue() : now;
                deadlines.remove(due.get().getKey());
                take(SessionRules.due(state, due.get().getKey(), now));
                check();
            }
            now = end;
        }

        private Optional<Map.Entry<String, Instant>> nextDue(Instant end) {
            return deadlines.entrySet().stream()
                    .filter(d -> !d.getValue().isAfter(end))
                    .min(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .map(d -> Map.entry(d.getKey(), d.getValue()));
        }

        private void take(Decision<Fact, ?> decision) {
            if (!(decision instanceof Decision.Accepted<Fact, ?> accepted)) {
                return;
            }
            for (var fact : accepted.events()) {
                assertTrue("nothing happens after the end", state.ending().isEmpty());
                var before = state;
                state = fact.on(before);
                assertTrue("the epoch never falls", state.epoch() >= before.epoch());
                before.people().forEach(p -> moved(p, state.person(p.id()).orElseThrow()));
            }
            for (var change : accepted.deadlines()) {
                change.at()
                        .ifPresentOrElse(at -> deadlines.put(change.name(), at), () -> deadlines.remove(change.name()));
            }
        }

        private void moved(Person before, Person after) {
            if (before.state() == after.state()) {
                return;
            }
            var edge = before.state() + " to " + after.state();
            assertTrue(edge, EDGES.get(before.state()).contains(after.state()));
            assertTrue(edge, before.state() != State.LEFT || before.role() == Role.AGENT);
        }

        private void check() {
            if (!state.living()) {
                assertEquals(SupportSession.State.ENDED, state.phase());
                assertEquals("no deadline is left", Map.of(), deadlines);
                assertEquals(Optional.empty(), state.controller());
                assertEquals(List.of(), state.activities());
                assertEquals(Optional.empty(), state.graceUntil());
                return;
            }
            var controller = state.person(state.controller().orElseThrow()).orElseThrow();
            assertEquals(Role.AGENT, controller.role());
            assertTrue("one customer on a seat", count(Role.CUSTOMER, State.JOINED, State.DISCONNECTED) <= 1);
            assertTrue("nobody left to go on", count(Role.AGENT, State.JOINED) > 0 || endsByItself());
            for (var person : state.people()) {
                assertEquals(
                        person.state() == State.DISCONNECTED,
                        person.graceUntil().isPresent());
                assertEquals(person.graceUntil(), due(SessionRules.grace(person.id())));
            }
            assertEquals(state.emptyUntil(), due(SessionRules.EMPTY));
            assertEquals(state.closing().map(SessionState.Closing::until), due(SessionRules.CLOSING));
            assertEquals(
                    "somebody has come or the wait is on",
                    state.people().size() == 1,
                    due(SessionRules.UNUSED).isPresent());
            for (var activity : state.activities()) {
                assertTrue(
                        "who does it is there",
                        state.person(activity.by().value()).orElseThrow().present());
            }
            boolean active = count(Role.AGENT, State.JOINED) > 0 && count(Role.CUSTOMER, State.JOINED) > 0;
            assertEquals(active, state.phase() == SupportSession.State.ACTIVE);
        }

        private boolean endsByItself() {
            return state.people().stream()
                            .filter(p -> p.role() == Role.AGENT)
                            .anyMatch(p -> deadlines.containsKey(SessionRules.grace(p.id())))
                    || deadlines.containsKey(SessionRules.EMPTY);
        }

        private long count(Role role, State... states) {
            return state.people().stream()
                    .filter(p -> p.role() == role && Set.of(states).contains(p.state()))
                    .count();
        }

        private Optional<Instant> due(String deadline) {
            return Optional.ofNullable(deadlines.get(deadline));
        }

        private static boolean isAccepted(Decision<?, ?> decision) {
            return decision instanceof Decision.Accepted<?, ?>;
        }

        private static Personal name() {
            return new Personal(new Personal.Ref(id(77), "digest"), "customer:x", new byte[16], "Marie");
        }

        private static UUID id(long number) {
            return new UUID(0, number);
        }
    }
}
