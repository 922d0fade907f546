package dev.tandem.webacd.internal.rules;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;
import static org.quicktheories.generators.SourceDSL.strings;

import java.util.ArrayList;
import java.util.List;

import org.junit.Test;

import dev.tandem.webacd.internal.rules.Condition.Comparison;

public class RulesPropertyTest {
    private static final int FACTS = 300;
    private static final int STEPS = 1_000_000;

    @Test
    public void whatIsWrittenIsReadAgain() {
        qt().withExamples(3000).forAll(longs().all()).checkAssert(seed -> {
            var rules = new RandomRules(seed).rules(4);
            var text = Formatter.text(rules);
            var parsed = Parser.parse(text);
            assertEquals(text, List.of(), parsed.problems());
            assertEquals(text, rules, unplaced(parsed.rules()));
            assertEquals(text, Formatter.text(parsed.rules()));
        });
    }

    @Test
    public void whatNeverMatchesNeverDoes() {
        int[] never = new int[1];
        qt().withExamples(3000).forAll(longs().all()).checkAssert(seed -> {
            var random = new RandomRules(seed);
            var condition = random.condition(3);
            if (new Prover(RandomRules.VOCABULARY, STEPS).never(List.of(condition))) {
                never[0]++;
                for (int i = 0; i < FACTS; i++) {
                    var facts = random.facts();
                    assertFalse(Formatter.text(condition) + " on " + facts, Evaluator.holds(condition, facts));
                }
            }
        });
        assertTrue("some are found: " + never[0], never[0] > 20);
    }

    @Test
    public void aRuleThatIsCalledShadowedNeverDecides() {
        int[] shadowed = new int[1];
        qt().withExamples(2000).forAll(longs().all()).checkAssert(seed -> {
            var random = new RandomRules(seed);
            var rules = random.rules(6);
            var told = Checks.check(rules, RandomRules.VOCABULARY).stream()
                    .filter(problem -> problem.code().equals("rule-shadowed"))
                    .map(problem -> rules.rules().get(problem.rule() - 1))
                    .toList();
            shadowed[0] += told.size();
            for (int i = 0; i < FACTS && !told.isEmpty(); i++) {
                var decides = Evaluator.first(rules, random.facts());
                // By identity: the same rule may stand there twice, and then the first one decides.
                assertTrue(told.stream()
                        .noneMatch(one -> decides.filter(rule -> rule == one).isPresent()));
            }
        });
        assertTrue("some are found: " + shadowed[0], shadowed[0] > 20);
    }

    /** Where every value can be tried, what never holds is found out, and not only said when it is found. */
    @Test
    public void allContradictionsOfTimesAreFound() {
        qt().withExamples(2000).forAll(longs().all()).checkAssert(seed -> {
            var random = new RandomRules(seed);
            var parts = new ArrayList<Condition>();
            while (parts.size() < 3) {
                var condition = random.condition(0);
                if (condition instanceof Comparison one && one.field().type() == Field.Type.TIME) {
                    parts.add(parts.size() == 2 ? new Condition.Not(condition) : condition);
                }
            }
            boolean holds = false;
            for (int minute = 0; minute < 1440; minute++) {
                int now = minute;
                holds |= parts.stream()
                        .allMatch(part -> part instanceof Condition.Not not
                                ? !Evaluator.time((Comparison) not.inner(), now)
                                : Evaluator.time((Comparison) part, now));
            }
            assertEquals(parts.toString(), !holds, new Prover(RandomRules.VOCABULARY, STEPS).never(parts));
        });
    }

    @Test
    public void everyTrialSaysWhatStandsInTheWay() {
        qt().withExamples(1000).forAll(longs().all()).checkAssert(seed -> {
            var random = new RandomRules(seed);
            var rules = random.rules(5);
            var facts = random.facts();
            var steps = Trial.run(rules, facts);
            var first = Evaluator.first(rules, facts);
            assertEquals(first.isPresent(), steps.get(steps.size() - 1).matches());
            first.ifPresent(rule -> assertTrue(rule == rules.rules().get(steps.size() - 1)));
            steps.forEach(step ->
                    assertEquals(step.toString(), step.matches(), step.because().isEmpty()));
        });
    }

    /** Whatever is typed, there is an answer and a place within the text. */
    @Test
    public void noTextBreaksTheParser() {
        qt().withExamples(2000)
                .forAll(strings().allPossible().ofLengthBetween(0, 60), longs().all())
                .checkAssert((noise, seed) -> {
                    var text = Formatter.text(new RandomRules(seed).rules(2));
                    int cut = (int) Math.floorMod(seed, (long) text.length() + 1);
                    for (var typed : List.of(noise, text.substring(0, cut), text.substring(0, cut) + noise)) {
                        for (var problem : Checks.check(typed, RandomRules.VOCABULARY)) {
                            var lines = typed.split("\n", -1);
                            assertTrue(problem.toString(), problem.line() >= 1 && problem.line() <= lines.length);
                            assertTrue(
                                    problem.toString(),
                                    problem.column() >= 1
                                            && problem.column() <= lines[problem.line() - 1].length() + 1);
                        }
                    }
                });
    }

    private static RuleSet unplaced(RuleSet rules) {
        return new RuleSet(
                rules.rules().stream()
                        .map(rule -> new Rule(
                                rule.name(),
                                unplaced(rule.condition()),
                                rule.actions().stream()
                                        .map(RulesPropertyTest::unplaced)
                                        .toList(),
                                rule.comments(),
                                Place.NOWHERE))
                        .toList(),
                rules.comments());
    }

    private static Action unplaced(Action action) {
        if (action instanceof Action.ToQueue to) {
            return new Action.ToQueue(to.queue(), Place.NOWHERE);
        } else if (action instanceof Action.Needs needs) {
            return new Action.Needs(needs.skill(), needs.level(), Place.NOWHERE);
        }
        return new Action.Priority(((Action.Priority) action).priority(), Place.NOWHERE);
    }

    private static Condition unplaced(Condition condition) {
        if (condition instanceof Condition.And and) {
            return new Condition.And(
                    and.all().stream().map(RulesPropertyTest::unplaced).toList());
        } else if (condition instanceof Condition.Or or) {
            return new Condition.Or(
                    or.any().stream().map(RulesPropertyTest::unplaced).toList());
        } else if (condition instanceof Condition.Not not) {
            return new Condition.Not(unplaced(not.inner()));
        } else if (condition instanceof Condition.Open open) {
            return new Condition.Open(open.queue(), Place.NOWHERE);
        } else if (condition instanceof Comparison one) {
            return new Comparison(one.field(), one.operator(), one.values(), Place.NOWHERE);
        }
        return new Condition.Always(Place.NOWHERE);
    }
}
