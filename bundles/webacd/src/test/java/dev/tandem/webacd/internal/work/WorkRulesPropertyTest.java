package dev.tandem.webacd.internal.work;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.work.WorkState.OfferState;
import dev.tandem.webacd.internal.work.WorkState.Phase;

/** Whatever happens to a work item in whatever order, some things are always so. */
public class WorkRulesPropertyTest {
    private static final Map<Phase, Set<Phase>> EDGES = new EnumMap<>(Map.of(
            Phase.NONE, EnumSet.of(Phase.WAITING),
            Phase.WAITING, EnumSet.of(Phase.OFFERED, Phase.ASSIGNED, Phase.ABANDONED, Phase.EXPIRED),
            Phase.OFFERED, EnumSet.of(Phase.WAITING, Phase.ASSIGNED, Phase.ABANDONED),
            Phase.ASSIGNED, EnumSet.of(Phase.WAITING, Phase.WRAP_UP, Phase.DONE),
            Phase.WRAP_UP, EnumSet.of(Phase.DONE),
            Phase.DONE, EnumSet.noneOf(Phase.class),
            Phase.ABANDONED, EnumSet.noneOf(Phase.class),
            Phase.EXPIRED, EnumSet.noneOf(Phase.class)));

    private static final List<String> AGENTS = List.of("anna", "ben", "carla");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    public void invariantsHoldInEveryOrder() {
        qt().withExamples(1500)
                .forAll(lists().of(integers().between(0, 1_000_000)).ofSizeBetween(1, 60))
                .checkAssert(deeds -> {
                    var life = new Life();
                    deeds.forEach(life::deed);
                });
    }

    /** One item with its deadlines, as the journal keeps them. */
    private static final class Life {
        private WorkState state = WorkState.NONE;
        private Instant now = NOON;
        private final Map<String, Instant> deadlines = new HashMap<>();
        private final List<UUID> everOffered = new ArrayList<>();
        private final List<UUID> queues = List.of(UUID.randomUUID(), UUID.randomUUID());
        private int ids;

        void deed(int number) {
            now = now.plusSeconds(number % 7);
            fireDue();
            var agent = AGENTS.get(number / 7 % AGENTS.size());
            var offer = state.offers().isEmpty()
                    ? UUID.randomUUID()
                    : state.offers().get(number % state.offers().size()).id();
            var pick = state.pick().map(WorkState.Pick::id).orElseGet(this::id);
            var before = state;
            switch (number / 21 % 16) {
                case 0 -> apply(WorkRules.submit(state, new WorkItemId(new UUID(6, 6)), submitted(number), List.of()));
                case 1, 2 -> apply(
                        WorkRules.offer(state, id(), agents(number), now.plusSeconds(20), WorkFact.Why.NONE, now));
                case 3, 4 -> {
                    var decision = WorkRules.accept(state, offer, agent, now);
                    boolean won = apply(decision) && before.phase() == Phase.OFFERED;
                    if (won) {
                        assertEquals(Optional.of(agent), state.agent());
                        assertEquals(Phase.ASSIGNED, state.phase());
                    }
                }
                case 5 -> apply(WorkRules.decline(state, offer, agent, now));
                case 6 -> apply(WorkRules.withdrawFrom(state, agent, "page-closed", now));
                case 7 -> apply(WorkRules.move(
                        state,
                        queues.get(number % 2),
                        "overflow",
                        now,
                        number % 3 == 0 ? Optional.empty() : Optional.of(now.plusSeconds(60)),
                        now));
                case 8 -> apply(WorkRules.askToPick(state, id(), agent, now));
                case 9 -> apply(WorkRules.grantPick(state, pick, now));
                case 10 -> apply(WorkRules.refusePick(state, pick, "full", now));
                case 11 -> apply(WorkRules.giveBack(state, agent, "session-ended", now));
                case 12 -> apply(WorkRules.finish(state, Duration.ofSeconds(number % 2 * 30L), now));
                case 13 -> apply(WorkRules.finishWrapUp(state, agent, now));
                case 14 -> widen(offer, agent);
                default -> apply(number % 5 == 0 ? WorkRules.abandon(state, "customer-left", now) : Decision.nothing());
            }
        }

        private void widen(UUID offer, String agent) {
            var before = state;
            if (apply(WorkRules.widen(state, offer, agent, now))) {
                assertFalse("asked once in a round", before.asked().contains(agent));
                assertTrue(state.asked().containsAll(before.asked()));
                assertTrue(state.asked().contains(agent));
                assertEquals(before.until(offer), state.until(offer));
                assertEquals(
                        1,
                        state.offers().stream()
                                .filter(one -> one.agent().equals(agent))
                                .count());
            }
        }

        private WorkFact.Submitted submitted(int number) {
            boolean toQueue = number % 3 != 0;
            return new WorkFact.Submitted(
                    "session",
                    "s-1",
                    toQueue ? Optional.of(queues.get(0)) : Optional.empty(),
                    toQueue ? List.of() : AGENTS,
                    0,
                    Map.of(),
                    Optional.empty(),
                    now,
                    number % 2 == 0 ? Optional.of(now.plusSeconds(90)) : Optional.empty(),
                    Optional.empty(),
                    "en",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(id()),
                    now);
        }

        private List<String> agents(int number) {
            return AGENTS.subList(0, 1 + number % AGENTS.size());
        }

        private UUID id() {
            return new UUID(7, ++ids);
        }

        private void fireDue() {
            for (boolean fired = true; fired; ) {
                fired = false;
                for (var one : Map.copyOf(deadlines).entrySet()) {
                    if (!one.getValue().isAfter(now)) {
                        deadlines.remove(one.getKey());
                        apply(WorkRules.due(state, one.getKey(), now));
                        fired = true;
                    }
                }
            }
        }

        /** @return whether it was accepted */
        private <A> boolean apply(Decision<WorkFact, A> decision) {
            if (!(decision instanceof Decision.Accepted<WorkFact, A> accepted)) {
                return false;
            }
            for (var fact : accepted.events()) {
                step(fact);
            }
            for (var deadline : accepted.deadlines()) {
                if (deadline.at().isPresent()) {
                    deadlines.put(deadline.name(), deadline.at().get());
                } else {
                    deadlines.remove(deadline.name());
                }
            }
            check();
            return true;
        }

        private void step(WorkFact fact) {
            var before = state;
            state = state.with(fact);
            assertTrue(
                    before.phase() + " to " + state.phase() + " by " + fact,
                    before.phase() == state.phase() || EDGES.get(before.phase()).contains(state.phase()));
            assertFalse("over is over, and yet: " + fact, before.phase().over());
            if (before.submitted().isPresent()) {
                assertEquals("the first waiting time stays", before.since(), state.since());
            }
            if (fact instanceof WorkFact.Offered offered) {
                everOffered.add(offered.offer());
            }
        }

        private void check() {
            assertEquals(state.phase() == Phase.OFFERED, !state.pending().isEmpty());
            assertEquals(
                    "an agent has it exactly while it loads one",
                    state.phase().loads() || state.phase() == Phase.DONE,
                    state.agent().isPresent());
            long accepted = state.offers().stream()
                    .filter(one -> one.state() == OfferState.ACCEPTED)
                    .count();
            assertTrue("one winner", accepted <= 1);
            assertEquals(
                    "no offer is made twice",
                    everOffered.size(),
                    Set.copyOf(everOffered).size());
            assertEquals(state.phase() == Phase.OFFERED, deadlines.containsKey(WorkRules.OFFER));
            if (state.phase() == Phase.WAITING && state.waitUntil().isPresent()) {
                assertTrue("somebody will notice", deadlines.containsKey(WorkRules.WAIT));
            }
            assertEquals(state.phase() == Phase.WRAP_UP, deadlines.containsKey(WorkRules.WRAP_UP));
            if (state.pick().isPresent()) {
                assertTrue("a pick is answered in any case", deadlines.containsKey(WorkRules.PICK));
            }
            if (state.phase().over()) {
                assertTrue("nothing is left to wake for: " + deadlines, deadlines.isEmpty());
            }
        }
    }
}
