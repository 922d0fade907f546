package dev.tandem.webacd.internal.rules;

import java.util.List;

/** Whether one text can be all that is said of it. */
final class Texts {
    private Texts() {}

    /** @param effort beyond which everything is possible */
    static boolean possible(List<Literal> literals, Effort effort) {
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
            return !effort.compare(literals, candidates.size())
                    || candidates.stream().anyMatch(one -> literals.stream()
                            .allMatch(literal -> Evaluator.text(literal.comparison(), one) == literal.holds()));
        }
        // Nothing that holds here is an equality, and of what does not hold an equality says nothing.
        var parts = literals.stream()
                .filter(literal -> literal.comparison().operator().looksInto())
                .map(Part::of)
                .toList();
        var holding = parts.stream().filter(Part::holds).toList();
        if (!effort.take((long) holding.size() * parts.size())) {
            return true;
        }
        return holding.stream().noneMatch(one -> parts.stream().anyMatch(one::contradicts));
    }

    /** That a text begins with, ends with or contains another, or does not. */
    private record Part(Operator operator, String text, boolean holds) {
        static Part of(Literal literal) {
            var comparison = literal.comparison();
            var text = (Value.Text) comparison.values().get(0);
            return new Part(comparison.operator(), Value.folded(text.text()), literal.holds());
        }

        /** This one holds. */
        boolean contradicts(Part other) {
            boolean starts = operator == Operator.STARTS;
            boolean ends = operator == Operator.ENDS;
            if (other.holds) {
                return operator == other.operator
                        && (starts && !text.startsWith(other.text) && !other.text.startsWith(text)
                                || ends && !text.endsWith(other.text) && !other.text.endsWith(text));
            }
            return switch (other.operator) {
                case CONTAINS -> text.contains(other.text);
                case STARTS -> starts && text.startsWith(other.text);
                default -> ends && text.endsWith(other.text);
            };
        }
    }
}
