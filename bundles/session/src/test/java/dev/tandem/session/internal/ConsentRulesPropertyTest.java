package dev.tandem.session.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.journal.Decision;
import dev.tandem.session.Consent;
import dev.tandem.session.Consent.State;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SupportSession.EndReason;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.internal.SessionState.Person;

/** Whatever is asked, answered and done in whatever order, nothing goes on that nobody allows. */
public class ConsentRulesPropertyTest {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final List<String> CAPABILITIES = List.of("screen", "recording", "system-information");
    private static final int DEEDS = 15;

    /** The documented edges. */
    private static final Map<State, Set<State>> EDGES = new EnumMap<>(Map.of(
            State.ASKED, EnumSet.of(State.GRANTED, State.DENIED, State.EXPIRED, State.ENDED),
            State.GRANTED, EnumSet.of(State.REVOKED, State.EXPIRED, State.ENDED),
            State.DENIED, EnumSet.noneOf(State.class),
            State.REVOKED, EnumSet.noneOf(State.class),
            State.EXPIRED, EnumSet.noneOf(State.class),
            State.ENDED, EnumSet.noneOf(State.class)));

    @Test
    public void invariantsHoldInEveryOrder() {
        RandomLife.inEveryOrder(Life::new, 1_000_000, 80);
    }

    /** The generator would be worthless if it never came to the interesting places. */
    @Test
    public void everyEdgeIsGoneAndEveryActivityRuns() {
        var edges = new HashSet<String>();
        var ran = new HashSet<String>();
        var random = new java.util.Random(7);
        for (int i = 0; i < 3000; i++) {
            var life = new Life();
            for (int j = 0; j < 60; j++) {
                life.deed(random.nextInt(1_000_000));
                life.state.activities().forEach(a -> ran.add(a.name() + " " + a.scope()));
            }
            edges.addAll(life.edges);
        }
        for (var from : EDGES.entrySet()) {
            from.getValue()
                    .forEach(to -> assertTrue(from.getKey() + " to " + to, edges.contains(from.getKey() + " " + to)));
        }
        assertTrue(ran.toString(), ran.containsAll(Set.of("screen CUSTOMER", "recording CONTROL")));
    }

    private static final class Life extends RandomLife {
        private final Map<UUID, State> known = new HashMap<>();
        private final Set<String> edges = new HashSet<>();

        Life() {
            super(100);
            var name = name();
            var started = started(name);
            take(SessionRules.start(
                    state,
                    now,
                    new SessionRules.Opening(id(0), started, new Fact.SeatOpened(id(10), 0, "one"), name),
                    Duration.ofHours(1)));
            take(SeatRules.open(state, agent, new Fact.SeatOpened(id(11), 0, "two"), 0, 10));
        }

        @Override
        void deed(int random) {
            int which = random / DEEDS;
            var people = state.people();
            var who = people.get(which % people.size()).id();
            var whom = people.get(which / 7 % people.size()).id();
            var capability = CAPABILITIES.get(which % CAPABILITIES.size());
            switch (random % DEEDS) {
                case 0 -> join(id(10 + which % 2));
                case 1, 2, 3 -> ask(capability, whom, which % 4 == 0 ? who : agent);
                case 4, 5 -> anyConsent(which).ifPresent(c -> answer(c, which % 3 == 0 ? who : c.of().value(), which));
                case 6 -> anyConsent(which).ifPresent(c -> revoke(c, which % 2 == 0 ? who : c.of().value()));
                case 7 -> revokeAll(who);
                case 8, 9 -> start(capability, who, which);
                case 10 -> take(ActivityRules.stop(state, capability));
                case 11 -> take(SessionRules.lose(state, who, now.minusSeconds(2), GRACE));
                case 12 -> take(
                        which % 3 == 0 ? SessionRules.leave(state, now, who, GRACE) : SessionRules.back(state, who));
                case 13 -> pass(Duration.ofSeconds(which % 40));
                default -> {
                    take(SessionRules.comeBack(state, now, agent));
                    if (which % 16 == 0) {
                        take(SessionRules.end(state, now, agent, EndReason.BY_AGENT));
                    }
                }
            }
            check();
        }

        private Optional<Consent> anyConsent(int which) {
            var all = state.consents().all();
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(which % all.size()));
        }

        private void join(UUID seat) {
            take(SessionRules.join(state, seat, id(next++), Optional.of(name()), "t" + next, Optional.of(10L)));
        }

        private void ask(String capability, UUID of, UUID by) {
            var question =
                    new ConsentRules.Question(id(next++), capability, new ParticipantId(of), new ParticipantId(by));
            var decision = ConsentRules.ask(state, now, question, WAIT);
            boolean may = state.living() && by.equals(agent) && present(by) && present(of);
            assertEquals("only the controller asks, and only who is there", may, isAccepted(decision));
            take(decision);
        }

        private void answer(Consent consent, UUID by, int which) {
            var lasting = which % 2 == 0 ? Optional.of(Duration.ofSeconds(which % 50 + 1)) : Optional.<Duration>empty();
            var reply = new ConsentRules.Reply(consent.id(), by, which % 5 != 0, lasting);
            var decision = ConsentRules.answer(state, now, reply);
            assertFalse(
                    "nobody answers for another",
                    isAccepted(decision) && !by.equals(consent.of().value()));
            take(decision);
        }

        private void revoke(Consent consent, UUID by) {
            var decision = ConsentRules.revoke(state, now, consent.id(), by);
            boolean own = by.equals(consent.of().value());
            assertFalse(
                    "nobody takes back what another has allowed",
                    isAccepted(decision) && !own && consent.state() == State.GRANTED);
            take(decision);
            if (own) {
                assertFalse(state.consents()
                        .find(consent.id())
                        .filter(ConsentRules::open)
                        .isPresent());
            }
        }

        private void revokeAll(UUID who) {
            boolean shared = state.activities().stream()
                    .anyMatch(a -> a.by().value().equals(who) && a.scope() == Scope.CUSTOMER);
            var decision = ConsentRules.revokeAll(state, now, who);
            take(decision);
            if (isAccepted(decision)) {
                assertEquals(
                        List.of(),
                        state.consents().all().stream()
                                .filter(c -> c.of().value().equals(who) && c.state() == State.GRANTED)
                                .toList());
                boolean customer = state.person(who).orElseThrow().role() == Role.CUSTOMER;
                assertFalse(
                        "what the customer shared has stopped",
                        shared
                                && customer
                                && state.activities().stream()
                                        .anyMatch(a -> a.by().value().equals(who) && a.scope() == Scope.CUSTOMER));
            }
        }

        private void start(String capability, UUID who, int which) {
            // As the slice would: a recording waits for everybody's consent.
            boolean all = state.people().stream()
                    .filter(Person::present)
                    .allMatch(p -> holds(capability, p.id()) || p.id().equals(agent));
            if (capability.equals("recording")) {
                if (all && who.equals(agent)) {
                    take(ActivityRules.start(state, now, capability, new ParticipantId(who), Scope.CONTROL));
                }
            } else {
                take(ActivityRules.start(state, now, capability, new ParticipantId(who), Scope.CUSTOMER));
            }
        }

        private boolean holds(String capability, UUID who) {
            return state.consents()
                    .find(capability, new ParticipantId(who))
                    .filter(c -> c.holds(now))
                    .isPresent();
        }

        private boolean present(UUID who) {
            return state.person(who).filter(Person::present).isPresent();
        }

        @Override
        Decision<Fact, ?> passed(String deadline) {
            return ConsentRules.isDeadline(deadline)
                    ? ConsentRules.due(state, deadline, now)
                    : SessionRules.due(state, deadline, now);
        }

        @Override
        void take(Decision<Fact, ?> given) {
            var settled = ConsentRules.settled(state, now, given);
            if (!(settled instanceof Decision.Accepted<Fact, ?> accepted)) {
                return;
            }
            assertEquals("decided again it is the same", settled, ConsentRules.settled(state, now, given));
            for (var fact : accepted.events()) {
                assertTrue("nothing happens after the end", state.ending().isEmpty());
                state = fact.on(state);
                if (fact instanceof Fact.ConsentChanged changed) {
                    moved(changed);
                }
            }
            keepDeadlines(accepted);
            for (var fact : accepted.events()) {
                if (fact instanceof Fact.ConsentChanged changed) {
                    stopped(changed);
                }
            }
        }

        private void moved(Fact.ConsentChanged changed) {
            var before = Optional.ofNullable(known.put(changed.consent(), changed.state()));
            if (before.isEmpty()) {
                assertTrue(changed.state() == State.ASKED || changed.state() == State.GRANTED);
                return;
            }
            var edge = before.get() + " " + changed.state();
            assertTrue(edge, EDGES.get(before.get()).contains(changed.state()));
            edges.add(edge);
        }

        /** After a consent was taken back or has run out, in the same decision. */
        private void stopped(Fact.ConsentChanged changed) {
            if (changed.state() != State.REVOKED && changed.state() != State.EXPIRED) {
                return;
            }
            boolean allowedAnew = holds(changed.capability(), changed.of());
            state.activity(changed.capability()).filter(a -> !allowedAnew).ifPresent(a -> {
                assertFalse("they do it still", a.by().value().equals(changed.of()) && a.by().value() != agent);
                assertFalse(
                        "it is done to them still",
                        changed.state() == State.REVOKED
                                && a.scope() == Scope.CONTROL
                                && a.by().value().equals(agent));
            });
        }

        @Override
        void check() {
            for (var consent : state.consents().all()) {
                var deadline = Optional.ofNullable(deadlines.get(ConsentRules.deadline(consent.id())));
                if (!ConsentRules.open(consent)) {
                    assertEquals("no deadline is left", Optional.empty(), deadline);
                    continue;
                }
                assertTrue("no consent outlives the session", state.living());
                assertTrue("or its participant's stay", present(consent.of().value()));
                assertEquals(consent.until(), deadline);
                assertTrue(consent.state() == State.GRANTED || consent.until().isPresent());
                if (consent.by().isEmpty()) {
                    assertTrue(
                            "a consent by act is for what goes on",
                            state.activity(consent.capability())
                                    .filter(a -> a.by().equals(consent.of()))
                                    .isPresent());
                }
            }
            for (var activity : state.activities()) {
                var by = state.person(activity.by().value()).orElseThrow();
                if (by.role() == Role.CUSTOMER && activity.scope() == Scope.CUSTOMER) {
                    assertTrue("what a customer does they allow", holds(activity.name(), by.id()));
                }
            }
            assertEquals(
                    "one for each participant and capability",
                    state.consents().all().size(),
                    state.consents().all().stream()
                            .map(c -> c.of() + c.capability())
                            .distinct()
                            .count());
        }
    }
}
