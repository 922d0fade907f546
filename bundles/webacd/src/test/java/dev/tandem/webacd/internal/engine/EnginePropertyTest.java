package dev.tandem.webacd.internal.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.junit.Test;
import org.quicktheories.core.Gen;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;

/** The engine over random histories, judged by a ledger that knows nothing of its ways. */
public class EnginePropertyTest {
    private static final int EXAMPLES = Integer.getInteger("tandem.engine.examples", 300);

    private static Gen<List<Integer>> histories() {
        return lists().of(integers().between(0, 1_000_000)).ofSizeBetween(1, 100);
    }

    @Test
    public void everyoneEligibleIsServedInTheStrategysOrderAndNobodyWaitsInVainAndWhoComesLaterJoins() {
        qt().withShrinkCycles(300).withExamples(EXAMPLES).forAll(histories()).checkAssert(history -> {
            var run = new Run(true);
            history.forEach(run::step);
        });
    }

    @Test
    public void crashesBetweenDecisionAndWriteLoseNothingAndOfferNothingTwice() {
        qt().withShrinkCycles(300).withExamples(EXAMPLES).forAll(histories()).checkAssert(history -> {
            var run = new Run(false);
            history.forEach(run::step);
            run.finishEverything();
        });
    }

    /** Found once: all who were asked had let it pass, and only one was left who was still to join. */
    @Test
    public void nobodyIsAskedToJoinARoundOfWhichOnlyThoseAreLeftWhoAreYetToJoin() {
        var run = new Run(false);
        List.of(new Integer[] {
                    219795, 296542, 1712, 228037, 922545, 3107, 55998, 280581, 698881, 876443, 400563, 807295, 69021,
                    38231, 1491, 489393, 402208, 221367, 48725, 779911, 56637, 247637, 50289, 819485, 313234, 561038,
                    128709, 188729, 868051, 191142, 529943, 139235, 429063, 280632, 887, 565884, 911601, 544702, 497582,
                    119014, 478330, 541718, 714203, 18891, 172569, 257492, 591200, 16288, 81937, 12774, 949733, 138913,
                    612507, 46016, 623108, 223607, 352676, 139228, 175047, 390668, 92892, 8882, 129466, 22794, 549724,
                    76529, 7860, 5423, 115525, 187517, 442, 13902, 362650
                })
                .forEach(run::step);
        run.finishEverything();
    }

    @Test
    public void replayGivesTheSameDecisions() {
        qt().withShrinkCycles(300)
                .withExamples(EXAMPLES / 4)
                .forAll(histories())
                .checkAssert(history -> {
                    var run = new Run(false);
                    history.forEach(run::step);
                    var again = new Engine(Settings.DEFAULT);
                    var decided = new ArrayList<>(again.restore(run.born, run.bornAt));
                    run.told.forEach(told -> decided.addAll(again.apply(told.input(), told.at())));
                    assertEquals(run.decided, decided);
                });
    }

    @Test
    public void anEngineMadeAnewGoesOnAsTheOldOne() {
        qt().withShrinkCycles(300)
                .withExamples(EXAMPLES / 4)
                .forAll(histories(), histories())
                .checkAssert((before, after) -> {
                    var run = new Run(true);
                    before.forEach(run::step);
                    var twin = new Engine(Settings.DEFAULT);
                    assertEquals(List.of(), twin.restore(run.engine.snapshot(), run.ledger.now));
                    int known = run.told.size();
                    int decided = run.decided.size();
                    after.forEach(run::step);
                    var twins = new ArrayList<Decision>();
                    for (var told : run.told.subList(known, run.told.size())) {
                        twins.addAll(twin.apply(told.input(), told.at()));
                    }
                    assertEquals(numberless(run.decided.subList(decided, run.decided.size())), numberless(twins));
                });
    }

    private static List<String> numberless(List<Decision> decisions) {
        return decisions.stream()
                .map(decision -> decision.toString().replaceFirst("number=\\d+", ""))
                .toList();
    }

    private record Told(Input input, Instant at) {}

    private record Decided(Decision decision, int at) {}

    /** One history: what people do, what is written and told, and what dies. */
    private static final class Run {
        final boolean atOnce;
        final Ledger ledger = new Ledger();
        final Deque<Decided> unwritten = new ArrayDeque<>();
        Engine engine;
        Snapshot born;
        Instant bornAt;
        List<Told> told;
        List<Decision> decided;
        private int arguments;
        private int heard;

        Run(boolean atOnce) {
            this.atOnce = atOnce;
            Ledger.QUEUES.forEach(name -> ledger.queues.put(Site.queue(name), Ledger.queue(name, true)));
            int i = 0;
            for (var name : Ledger.AGENTS) {
                ledger.set(facts(name, AgentFacts.Presence.AVAILABLE, 1 + i++ % 3, i * 7 + 3, i % 4));
            }
            bear();
        }

        private static AgentFacts facts(
                String name, AgentFacts.Presence presence, int capacity, int queues, int french) {
            Map<QueueId, Integer> of = new HashMap<>();
            for (int i = 0; i < Ledger.QUEUES.size(); i++) {
                if ((queues >> i) % 2 == 1) {
                    of.put(Site.queue(Ledger.QUEUES.get(i)), 1);
                }
            }
            return new AgentFacts(new AgentId(name), presence, true, capacity, of, Map.of("french", french));
        }

        /** A router takes over: it reads what is written. What nobody has told the one before is in it. */
        private void bear() {
            ledger.untold.clear();
            unwritten.clear();
            heard = ledger.clock;
            engine = new Engine(Settings.DEFAULT);
            born = ledger.snapshot();
            bornAt = ledger.now;
            told = new ArrayList<>();
            decided = new ArrayList<>();
            note(engine.restore(born, bornAt));
        }

        private void note(List<Decision> decisions) {
            decided.addAll(decisions);
            decisions.forEach(decision -> unwritten.add(new Decided(decision, heard)));
        }

        private void tell(Input input) {
            told.add(new Told(input, ledger.now));
            note(engine.apply(input, ledger.now));
        }

        private void hear() {
            var fact = ledger.untold.poll();
            heard = fact.clock();
            tell(fact.input());
        }

        private int argument(int below) {
            int value = arguments % below;
            arguments /= below;
            return value;
        }

        void step(int random) {
            arguments = random / 20;
            switch (random % 20) {
                case 0, 1, 2, 3 -> submit();
                case 4, 5, 6 -> answer(Input.OfferAnswered.Answer.ACCEPTED);
                case 7 -> answer(Input.OfferAnswered.Answer.DECLINED);
                case 8 -> answer(Input.OfferAnswered.Answer.EXPIRED);
                case 9 -> some().ifPresent(ledger::over);
                case 10 -> held().ifPresent(ledger::wrapUp);
                case 11, 12 -> held().ifPresent(ledger::over);
                case 13 -> changeAgent();
                case 14 -> changeQueue();
                case 15 -> some().ifPresent(item -> ledger.move(item, Ledger.QUEUES.get(argument(4))));
                case 16 -> pass(argument(25) * 1_000L + argument(3));
                case 17 -> some().ifPresent(item ->
                        tell(new Input.PickAsked(item.id, new AgentId(Ledger.AGENTS.get(argument(5))))));
                case 18 -> crash();
                default -> goOn();
            }
            if (atOnce) {
                settle();
                ledger.nobodyWaitsWhileSomebodyIsFree();
                ledger.nobodyIsFreeBesideWhatEverybodyIsAskedFor();
            } else if (argument(3) > 0) {
                goOn();
            }
        }

        private void submit() {
            var skills = argument(3) == 0 ? Map.of("french", 1 + argument(3)) : Map.<String, Integer>of();
            ledger.submit(Ledger.QUEUES.get(argument(4)), argument(4), skills);
        }

        private void answer(Input.OfferAnswered.Answer answer) {
            var offered = ledger.items.values().stream()
                    .filter(item -> !item.pending.isEmpty())
                    .toList();
            if (!offered.isEmpty()) {
                var item = offered.get(argument(offered.size()));
                ledger.answer(item, item.pending.get(argument(item.pending.size())), answer);
            }
        }

        private Optional<Ledger.Truth> some() {
            var all = ledger.items.values().stream().filter(item -> !item.over).toList();
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(argument(all.size())));
        }

        private Optional<Ledger.Truth> held() {
            var all = ledger.items.values().stream()
                    .filter(item -> !item.over && item.holder.isPresent())
                    .toList();
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(argument(all.size())));
        }

        /** Capacity stays: one that is lowered would make an older decision look wrong. */
        private void changeAgent() {
            var name = Ledger.AGENTS.get(argument(5));
            var before = ledger.agents.get(name);
            var presence = AgentFacts.Presence.values()[argument(5) % 3];
            var now = facts(name, presence, before.capacity(), argument(16), argument(4));
            ledger.set(now);
            tell(new Input.AgentChanged(now));
        }

        private void changeQueue() {
            var name = Ledger.QUEUES.get(argument(4));
            var facts = Ledger.queue(name, argument(3) > 0);
            ledger.queues.put(facts.id(), facts);
            tell(new Input.QueueChanged(facts));
        }

        /** The driver wakes the engine when it wants, in between. */
        private void pass(long millis) {
            var until = ledger.now.plusMillis(millis);
            for (var next = engine.nextWake();
                    next.isPresent() && !next.get().isAfter(until);
                    next = engine.nextWake()) {
                assertTrue("a wake in the past", next.get().isAfter(ledger.now));
                ledger.now = next.get();
                tell(new Input.Tick());
                if (atOnce) {
                    settle();
                }
            }
            ledger.now = until;
            tell(new Input.Tick());
        }

        private void crash() {
            if (atOnce) {
                return;
            }
            bear();
        }

        /** Either writes the next decision or tells the next fact. */
        private void goOn() {
            if (!unwritten.isEmpty() && (ledger.untold.isEmpty() || argument(2) == 0)) {
                write();
            } else if (!ledger.untold.isEmpty()) {
                hear();
            }
        }

        private void write() {
            var next = unwritten.poll();
            if (next.decision() instanceof Decision.RefusePick) {
                return;
            }
            if (atOnce && next.decision() instanceof Decision.MakeOffer offer) {
                ledger.judge(offer, next.at());
            }
            if (!ledger.write(next.decision(), next.at())) {
                tell(new Input.DecisionFailed(
                        next.decision().item(), next.decision().number()));
            }
        }

        /** Until nothing is under way: decisions first, as they were made before anything is told. */
        private void settle() {
            while (!unwritten.isEmpty() || !ledger.untold.isEmpty()) {
                if (!unwritten.isEmpty()) {
                    write();
                } else {
                    hear();
                }
            }
        }

        void finishEverything() {
            settle();
            firstWaitingTimesAreKept();
            var open =
                    Ledger.QUEUES.stream().map(name -> Ledger.queue(name, true)).toList();
            for (var facts : open) {
                ledger.queues.put(facts.id(), facts);
                tell(new Input.QueueChanged(facts));
            }
            var all = facts("zoe", AgentFacts.Presence.AVAILABLE, 2, 15, 10);
            ledger.set(all);
            tell(new Input.AgentChanged(all));
            for (int rounds = 0; rounds < 1_000; rounds++) {
                settle();
                var left = ledger.items.values().stream()
                        .filter(item -> !item.over)
                        .toList();
                if (left.isEmpty()) {
                    return;
                }
                for (var item : left) {
                    if (!item.pending.isEmpty()) {
                        ledger.answer(item, item.pending.get(0), Input.OfferAnswered.Answer.ACCEPTED);
                    } else if (item.holder.isPresent()) {
                        ledger.over(item);
                    }
                }
                settle();
                pass(1_000);
            }
            assertEquals(
                    "lost",
                    List.of(),
                    ledger.items.values().stream()
                            .filter(item -> !item.over)
                            .map(Ledger.Truth::work)
                            .toList());
        }

        private void firstWaitingTimesAreKept() {
            var known = engine.snapshot().works().stream().collect(Collectors.toMap(Work::id, Work::since));
            var truth = ledger.items.values().stream()
                    .filter(item -> !item.over)
                    .collect(Collectors.toMap(item -> item.id, item -> item.since));
            assertEquals(truth, known);
        }
    }
}
