package dev.tandem.webacd.internal.rules;

import java.util.List;

import dev.tandem.webacd.internal.rules.Condition.Comparison;

/** Whether one text can be all that is said of it. */
final class Texts {
    private Texts() {}

    static boolean possible(List<Literal> literals) {
        var fixed = literals.stream()
                .filter(Literal::holds)
                .map(Literal::comparison)
                .filter(one -> one.operator() == Operator.EQUAL || one.operator() == Operator.EMPTY)
                .findFirst();
        if (fixed.isPresent()) {
            var candidates = fixed.get().operator() == Operator.EMPTY
                    ? List.of("")
                    : fixed.get().values().stream()
                            .map(value -> ((Value.Text) value).text())
                            .toList();
            return candidates.stream().anyMatch(one -> literals.stream()
                    .allMatch(literal -> Evaluator.text(literal.comparison(), one) == literal.holds()));
        }
        for (var one : literals) {
            for (var other : literals) {
                if (one.holds() && contradict(one.comparison(), other.comparison(), other.holds())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** @param one holds, and is no equality */
    private static boolean contradict(Comparison one, Comparison other, boolean holds) {
        if (!other.operator().looksInto()) {
            // What starts with, ends with or contains something is not empty.
            return holds && other.operator() == Operator.EMPTY;
        }
        var a = folded(one);
        var b = folded(other);
        if (holds) {
            return one.operator() == other.operator()
                    && (one.operator() == Operator.STARTS && !a.startsWith(b) && !b.startsWith(a)
                            || one.operator() == Operator.ENDS && !a.endsWith(b) && !b.endsWith(a));
        }
        return switch (other.operator()) {
            case CONTAINS -> a.contains(b);
            case STARTS -> one.operator() == Operator.STARTS && a.startsWith(b);
            default -> one.operator() == Operator.ENDS && a.endsWith(b);
        };
    }

    private static String folded(Comparison comparison) {
        return Value.folded(((Value.Text) comparison.values().get(0)).text());
    }
}
