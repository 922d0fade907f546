package dev.tandem.webacd.internal.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries rules on an example, and says in words why each rule before the one that matches does not. Pure. */
public final class Trial {
    private Trial() {}

    /**
     * One rule on the example.
     *
     * @param rule which one, from 1
     * @param matches whether it does
     * @param because each test that stands in the way, with what is known: {@code company = "Acme", but it is "Beta"}
     */
    public record Step(int rule, Optional<String> name, int line, boolean matches, List<String> because) {}

    /** The rules up to and with the first that matches. */
    public static List<Step> run(RuleSet rules, Facts facts) {
        var steps = new ArrayList<Step>();
        for (var rule : rules.rules()) {
            boolean matches = Evaluator.holds(rule.condition(), facts);
            var because = new ArrayList<String>();
            if (!matches) {
                blame(rule.condition(), true, facts, because);
            }
            steps.add(new Step(
                    steps.size() + 1,
                    rule.name(),
                    rule.place().line(),
                    matches,
                    because.stream().distinct().toList()));
            if (matches) {
                break;
            }
        }
        return steps;
    }

    private static void blame(Condition condition, boolean wanted, Facts facts, List<String> because) {
        if (Evaluator.holds(condition, facts) == wanted) {
            return;
        }
        if (condition instanceof Condition.Not not) {
            blame(not.inner(), !wanted, facts, because);
        } else if (condition instanceof Condition.And and) {
            and.all().forEach(part -> blame(part, wanted, facts, because));
        } else if (condition instanceof Condition.Or or) {
            or.any().forEach(part -> blame(part, wanted, facts, because));
        } else {
            because.add(said(wanted ? condition : new Condition.Not(condition), facts));
        }
    }

    private static String said(Condition wanted, Facts facts) {
        var text = Formatter.text(wanted);
        var test = wanted instanceof Condition.Not not ? not.inner() : wanted;
        if (test instanceof Condition.Comparison comparison) {
            var known = facts.text(comparison.field());
            return text + ", but " + (known.isBlank() ? "it is empty" : "it is " + Value.quoted(known));
        } else if (test instanceof Condition.Open open) {
            return text + ", but it is " + (facts.open().test(open.queue()) ? "open" : "closed");
        }
        return text;
    }
}
