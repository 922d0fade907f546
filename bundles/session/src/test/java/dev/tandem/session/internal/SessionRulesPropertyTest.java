package dev.tandem.session.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

import org.junit.Test;

import dev.tandem.journal.Decision;
import dev.tandem.platform.AgentId;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.Participant.State;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSession.EndReason;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.Terms;
import dev.tandem.session.internal.SessionState.Person;

/** Whatever happens to a session in whatever order, some things are always so. */
public class SessionRulesPropertyTest {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Duration UNUSED = Duration.ofHours(1);
    private static final int DEEDS = 31;

    /** The documented edges. An agent who has left may return while the session lives. */
    private static final Map<State, Set<State>> EDGES = new EnumMap<>(Map.of(
            State.INVITED, EnumSet.of(State.JOINED),
            State.JOINED, EnumSet.of(State.DISCONNECTED, State.LEFT, State.REMOVED),
            State.DISCONNECTED, EnumSet.of(State.JOINED, State.LEFT, State.REMOVED),
            State.LEFT, EnumSet.of(State.JOINED, State.REMOVED),
            State.REMOVED, EnumSet.noneOf(State.class)));

    @Test
    public void invariantsHoldInEveryOrder() {
        RandomLife.inEveryOrder(() -> new Life(false), 100_000, 60);
        RandomLife.inEveryOrder(() -> new Life(true), 100_000, 60);
    }

    /** The generator would be worthless if it never came to the interesting places. */
    @Test
    public void everyEndAndEveryStateIsReached() {
        var ends = EnumSet.noneOf(EndReason.class);
        var phases = EnumSet.noneOf(SupportSession.State.class);
        var happened = new HashSet<Class<?>>();
        var random = new java.util.Random(7);
        for (int i = 0; i < 5000; i++) {
            var life = new Life(i % 8 == 0);
            for (int j = 0; j < 40; j++) {
                life.deed(random.nextInt(100_000));
                phases.add(life.state.phase());
            }
            life.state.ending().ifPresent(e -> ends.add(e.reason()));
            happened.addAll(life.happened);
        }
        assertEquals(EnumSet.allOf(EndReason.class), ends);
        assertEquals(EnumSet.allOf(SupportSession.State.class), phases);
        var control = List.of(
                Fact.AssistantJoined.class,
                Fact.ControlPassed.class,
                Fact.Opened.class,
                Fact.HandedOver.class,
                Fact.Taken.class,
                Fact.ControlOffered.class,
                Fact.CustomerSelected.class,
                Fact.Removed.class,
                Fact.ViewerInvited.class,
                Fact.ViewerJoined.class,
                Fact.ViewerRevoked.class);
        assertTrue(happened.toString(), happened.containsAll(control));
    }

    private static final class Life extends RandomLife {
        private final UUID seat = id(1);
        private final Set<Class<?>> happened = new HashSet<>();

        /** @param opened by a customer, without an agent */
        Life(boolean opened) {
            super(3);
            if (opened) {
                var fact = new Fact.Opened(now, id(5), "123456", "http://x/j/");
                var joined = new Fact.Joined(id(2), seat, Optional.of(name().ref()), "token", Optional.empty());
                take(TransferRules.open(
                        state,
                        now,
                        new TransferRules.Opening(
                                id(0), fact, terms(0), new Fact.SeatOpened(seat, 0, "hash"), joined, List.of(name()))));
                check();
                return;
            }
            var started = started(name());
            var opening = new SessionRules.Opening(id(0), started, new Fact.SeatOpened(seat, 0, "hash"), name());
            take(SessionRules.start(state, now, opening, UNUSED));
        }

        @Override
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
                case 5 -> leave(who);
                case 6 -> take(SessionRules.comeBack(state, now, who));
                case 7 -> take(SessionRules.closing(state, now, who, page, CLOSING));
                case 8 -> take(SessionRules.reopened(state, who, page));
                case 9 -> start(activity, who, Scope.values()[which % 3]);
                case 10 -> take(ActivityRules.stop(state, activity));
                case 11 -> take(SessionRules.rename(state, who, name(), Optional.of("fr")));
                case 12 -> pass(Duration.ofSeconds(which % 40));
                case 13 -> deadlines.values().stream()
                        .min(Instant::compareTo)
                        .ifPresent(due -> pass(Duration.between(now, due).plusSeconds(1)));
                case 14, 15 -> assist(which);
                case 16, 17 -> pass(controller(which, who), other(which), which);
                case 18 -> by(who, ControlRules.accept(state, now, who), s -> s.control()
                        .offer()
                        .filter(o -> o.to().orElse(who).equals(who))
                        .isPresent());
                case 19 -> by(who, ControlRules.decline(state, now, who), s -> s.control()
                        .offer()
                        .flatMap(Control.Offer::to)
                        .filter(who::equals)
                        .isPresent());
                case 20 -> byController(who, ControlRules.select(state, who, other(which)));
                case 21 -> byController(
                        controller(which, who), ControlRules.select(state, controller(which, who), other(which)));
                case 22 -> remove(controller(which, who), other(which));
                case 23 -> seat();
                case 24 -> inviteViewer(controller(which, who));
                case 25 -> viewer(which, controller(which, who));
                case 27 -> handOver(controller(which, who));
                case 28, 29 -> takeOver(which);
                case 30 -> {
                    boolean waits = state.transferring();
                    if (!waits || which % 8 == 0) {
                        var decision = TransferRules.giveUp(state, now);
                        assertEquals("only what waits is given up", waits, isAccepted(decision));
                        take(decision);
                    }
                }
                default -> {
                    // Rarely, else nothing lives long enough.
                    if (which % 8 == 0) {
                        var reason = which % 16 == 0 ? EndReason.RENEWED : EndReason.BY_AGENT;
                        byController(who, SessionRules.end(state, now, who, reason));
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
            var seats = state.seats();
            var at = seats.get(next % seats.size());
            var decision = SessionRules.join(state, at.id(), id(next++), Optional.of(name()), token, Optional.of(10L));
            assertEquals(
                    "a PIN admits while the session lives and nobody was removed from its seat, and never after",
                    living && !at.closed(),
                    isAccepted(decision));
            assertFalse(isAccepted(
                    SessionRules.join(state, id(999_999), id(next++), Optional.empty(), token, Optional.empty())));
            take(decision);
        }

        private void assist(int which) {
            var agent = new AgentId("agent." + which % 4);
            boolean removed =
                    state.agent(agent).filter(p -> p.state() == State.REMOVED).isPresent();
            var decision = ControlRules.assist(state, now, id(next++), agent, name());
            assertEquals("a number admits while the session lives", state.living() && !removed, isAccepted(decision));
            take(decision);
        }

        private void handOver(UUID who) {
            var decision = TransferRules.handOver(state, now, who);
            if (isAccepted(decision)) {
                assertTrue("somebody waits", count(Role.CUSTOMER, State.JOINED, State.DISCONNECTED) > 0);
                byController(who, decision);
                assertEquals(SupportSession.State.TRANSFERRING, state.phase());
                assertEquals(State.LEFT, state.person(who).orElseThrow().state());
                assertEquals(
                        "the call stays where it is",
                        Optional.empty(),
                        state.origin().orElseThrow().interaction());
                assertFalse("handed over once", isAccepted(TransferRules.handOver(state, now, who)));
            }
        }

        /** Files are off, or nothing is. */
        private static Terms terms(int which) {
            return which % 2 == 0 ? new Terms(Optional.empty(), Set.of("files"), Optional.empty()) : Terms.NONE;
        }

        private void takeOver(int which) {
            var agent = new AgentId("agent." + which % 4);
            var before = state;
            boolean removed =
                    state.agent(agent).filter(p -> p.state() == State.REMOVED).isPresent();
            boolean has = state.living()
                    && state.agent(agent)
                            .filter(p -> p.present() && before.control().isControlledBy(p.id()))
                            .isPresent();
            var by = id(next++);
            var wishes =
                    List.of(new TransferRules.Wish(id(next++), "screen"), new TransferRules.Wish(id(next++), "files"));
            var beginning = new TransferRules.Beginning(
                    which % 3 == 0 ? Optional.of(terms(which)) : Optional.empty(),
                    wishes.subList(0, which % 3),
                    Duration.ofMinutes(1));
            var decision = TransferRules.take(state, now, by, agent, name(), beginning);
            assertEquals(before.transferring() && !removed || has, isAccepted(decision));
            take(decision);
            if (before.transferring() && !removed) {
                var taker = state.agent(agent).orElseThrow();
                assertEquals(Optional.of(taker.id()), state.controller());
                assertTrue(taker.present());
                assertEquals(before.epoch() + 1, state.epoch());
                assertEquals(state.epoch(), state.control().first());
            }
        }

        private void start(String activity, UUID who, Scope scope) {
            var decision = ActivityRules.start(state, now, activity, new ParticipantId(who), scope);
            if (isAccepted(decision)) {
                assertFalse("what is off does not start", state.terms().off(activity));
                var role = state.person(who).orElseThrow().role();
                boolean controls = state.control().isControlledBy(who);
                assertTrue("no viewer ever does anything", role != Role.VIEWER);
                assertTrue("an assistant starts nothing", role != Role.AGENT || scope == Scope.SESSION || controls);
                assertTrue(
                        "only who is helped",
                        role != Role.CUSTOMER
                                || scope != Scope.CUSTOMER
                                || state.control().assists(who));
            }
            take(decision);
        }

        private void leave(UUID who) {
            boolean others = state.people().stream()
                    .anyMatch(p -> p.role() == Role.AGENT && p.state() == State.JOINED && !p.id().equals(who));
            var decision = SessionRules.leave(state, now, who, GRACE);
            assertFalse(
                    "who controls passes control first",
                    others && state.control().isControlledBy(who) && isAccepted(decision));
            assertFalse("no viewer asks for anything", isViewer(who) && isAccepted(decision));
            take(decision);
        }

        private void pass(UUID who, UUID to, int which) {
            long epoch = state.epoch() - (which % 7 == 0 ? 1 : 0);
            var decision = ControlRules.pass(state, now, who, to, epoch);
            if (isAccepted(decision)) {
                var before = state;
                assertEquals("by who knows who controls", before.epoch(), epoch);
                byController(who, decision);
                assertEquals(Optional.of(to), state.controller());
                assertEquals(before.epoch() + 1, state.epoch());
                assertTrue(state.activities().stream().allMatch(a -> a.scope() == Scope.SESSION));
            }
        }

        private void remove(UUID who, UUID whom) {
            var seat = new Fact.SeatOpened(id(next++), 0, "hash" + next);
            var person = state.person(whom);
            var decision = ControlRules.remove(state, now, who, whom, seat);
            if (isAccepted(decision)) {
                byController(who, decision);
                assertEquals(State.REMOVED, state.person(whom).orElseThrow().state());
                person.flatMap(Person::seat)
                        .ifPresent(s -> assertTrue(state.seat(s).orElseThrow().closed()));
                assertTrue(
                        "somebody can always be invited", state.seats().stream().anyMatch(s -> !s.closed()));
            }
        }

        /** As an agent will who helps several customers. */
        private void seat() {
            if (state.living() && state.seats().size() < 4) {
                take(Decision.accept(List.<Fact>of(new Fact.SeatOpened(id(next++), 0, "hash" + next))));
            }
        }

        private void inviteViewer(UUID who) {
            var link = new Fact.ViewerInvited(id(next++), name().ref(), "http://x/v/", "link" + next, "token" + next);
            byController(who, ViewerRules.invite(state, who, link, name()));
        }

        private void viewer(int which, UUID controller) {
            var links = state.outsiders().links();
            if (links.isEmpty()) {
                assertFalse(isAccepted(ViewerRules.open(state, id(999_999))));
                return;
            }
            var viewer = links.get(which % links.size()).viewer();
            if (which % 3 == 0) {
                byController(controller, ViewerRules.revoke(state, controller, viewer));
                assertTrue(
                        "a dead link admits nobody",
                        state.outsiders().link(viewer).isPresent() || !isAccepted(ViewerRules.open(state, viewer)));
            } else {
                take(ViewerRules.open(state, viewer));
            }
        }

        /** Who controls, as a rule; else the command would mostly be refused. */
        private UUID controller(int which, UUID who) {
            return which % 4 == 0 ? who : state.controller().orElse(who);
        }

        private UUID other(int which) {
            return state.people().get(which / 7 % state.people().size()).id();
        }

        private boolean isViewer(UUID who) {
            return state.person(who).filter(p -> p.role() == Role.VIEWER).isPresent();
        }

        private void byController(UUID who, Decision<Fact, ?> decision) {
            by(who, decision, s -> s.control().isControlledBy(who));
        }

        /** Takes it; if it was accepted, it was an agent's who is there and might. */
        private void by(UUID who, Decision<Fact, ?> decision, Predicate<SessionState> may) {
            if (isAccepted(decision)) {
                var person = state.person(who).orElseThrow();
                assertEquals(Role.AGENT, person.role());
                assertTrue("who does it is there", person.present());
                assertTrue("who does it may", may.test(state));
            }
            take(decision);
        }

        @Override
        Decision<Fact, ?> passed(String deadline) {
            return ConsentRules.isDeadline(deadline)
                    ? ConsentRules.due(state, deadline, now)
                    : SessionRules.due(state, deadline, now);
        }

        @Override
        void take(Decision<Fact, ?> decision) {
            if (!(ConsentRules.settled(state, now, decision) instanceof Decision.Accepted<Fact, ?> accepted)) {
                return;
            }
            for (var fact : accepted.events()) {
                assertTrue("nothing happens after the end", state.ending().isEmpty());
                var before = state;
                happened.add(fact.getClass());
                state = fact.on(before);
                assertTrue("the epoch never falls", state.epoch() >= before.epoch());
                assertEquals(
                        "who controls changes with the epoch, and only then",
                        state.epoch() > before.epoch(),
                        !state.controller().equals(before.controller())
                                && state.living()
                                && !(fact instanceof Fact.HandedOver));
                before.people().forEach(p -> moved(p, state.person(p.id()).orElseThrow()));
            }
            keepDeadlines(accepted);
        }

        private void moved(Person before, Person after) {
            if (before.state() == after.state()) {
                return;
            }
            var edge = before.state() + " to " + after.state();
            assertTrue(edge, EDGES.get(before.state()).contains(after.state()));
            assertTrue(edge, before.state() != State.LEFT || before.role() != Role.CUSTOMER);
            assertTrue(edge, before.state() != State.LEFT || after.state() == State.JOINED || isViewer(before.id()));
        }

        @Override
        void check() {
            if (!state.living()) {
                assertEquals(SupportSession.State.ENDED, state.phase());
                assertEquals("no deadline is left", Map.of(), deadlines);
                assertEquals(Optional.empty(), state.controller());
                assertEquals(List.of(), state.activities());
                assertEquals(Optional.empty(), state.graceUntil());
                return;
            }
            for (var seat : state.seats()) {
                long sit = state.people().stream()
                        .filter(p -> p.present() && p.seat().equals(Optional.of(seat.id())))
                        .count();
                assertTrue("one customer on a seat", sit <= (seat.closed() ? 0 : 1));
            }
            assertEquals(
                    "a customer who is there is helped, or nobody is there",
                    count(Role.CUSTOMER, State.JOINED, State.DISCONNECTED) > 0,
                    state.control().assisted().isPresent());
            state.control().assisted().ifPresent(assisted -> {
                var helped = state.person(assisted).orElseThrow();
                assertTrue(helped.role() == Role.CUSTOMER && helped.present());
            });
            for (var person : state.people()) {
                assertEquals(
                        person.state() == State.DISCONNECTED,
                        person.graceUntil().isPresent());
                assertEquals(person.graceUntil(), due(SessionRules.grace(person.id())));
            }
            assertEquals(state.emptyUntil(), due(SessionRules.EMPTY));
            assertEquals(state.closing().map(SessionState.Closing::until), due(SessionRules.CLOSING));
            assertEquals(
                    "a customer has come or the wait is on",
                    count(Role.CUSTOMER, State.values()) == 0,
                    due(SessionRules.UNUSED).isPresent());
            assertEquals(
                    "nobody waits for ever",
                    state.transferring(),
                    due(TransferRules.UNTAKEN).isPresent());
            if (state.transferring()) {
                checkWaiting();
            } else {
                checkControlled();
            }
        }

        /** Somebody waits for an agent. */
        private void checkWaiting() {
            assertEquals(SupportSession.State.TRANSFERRING, state.phase());
            assertTrue("nobody is left behind", count(Role.CUSTOMER, State.JOINED, State.DISCONNECTED) > 0);
            assertEquals("nothing goes on", List.of(), state.activities());
            assertEquals(Optional.empty(), state.control().offer());
            assertEquals("the agents' clock stands still", Optional.empty(), state.emptyUntil());
            assertEquals(Optional.empty(), state.closing());
        }

        private void checkControlled() {
            var controller = state.person(state.controller().orElseThrow()).orElseThrow();
            assertEquals(Role.AGENT, controller.role());
            assertTrue(controller.state() != State.REMOVED);
            assertEquals(
                    "somebody controls, or is asked to, or nobody is there to ask",
                    !controller.present() && count(Role.AGENT, State.JOINED, State.DISCONNECTED) > 0,
                    state.control().offer().isPresent() && state.emptyUntil().isEmpty());
            state.control().offer().ifPresent(offer -> {
                assertFalse(controller.present());
                assertEquals(offer.until(), due(ControlRules.OFFER));
                assertEquals(offer.to().isPresent(), offer.until().isPresent());
                offer.to().ifPresent(to -> {
                    var asked = state.person(to).orElseThrow();
                    assertTrue(asked.role() == Role.AGENT && asked.present());
                });
            });
            assertTrue("nobody left to go on", count(Role.AGENT, State.JOINED) > 0 || endsByItself());
            for (var activity : state.activities()) {
                var by = state.person(activity.by().value()).orElseThrow();
                assertTrue("who does it is there", by.present());
                assertTrue("no viewer ever does anything", by.role() != Role.VIEWER);
                assertTrue(
                        "nothing outlives the epoch that it was granted for",
                        activity.scope() == Scope.SESSION || activity.epoch() == state.epoch());
                assertTrue(
                        "nothing outlives the help that it was granted for",
                        activity.scope() != Scope.CUSTOMER
                                || by.role() != Role.CUSTOMER
                                || state.control().assists(by.id()));
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
    }
}
