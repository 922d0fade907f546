package dev.tandem.webacd.internal.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Proves that conditions can never hold together, whatever comes. It takes them apart until only tests are left (a
 * tableau) and looks for contradictions among them. Of what it cannot prove within its bound it says nothing.
 */
final class Prover {
    private final Domains domains;
    private int steps;

    /** @param steps how many it may take, over all questions */
    Prover(Vocabulary vocabulary, int steps) {
        this.domains = new Domains(vocabulary);
        this.steps = steps;
    }

    /** Something that must hold, or must not. */
    private record Goal(Condition condition, boolean holds) {}

    /** Whether they certainly never hold together. */
    boolean never(List<Condition> all) {
        return closes(List.of(), all.stream().map(one -> new Goal(one, true)).toList());
    }

    /** Whether the first certainly holds only where one of the others does. */
    boolean covered(Condition first, List<Condition> others) {
        var goals = new ArrayList<Goal>();
        goals.add(new Goal(first, true));
        others.forEach(other -> goals.add(new Goal(other, false)));
        return closes(List.of(), goals);
    }

    private boolean closes(List<Literal> known, List<Goal> open) {
        var literals = new ArrayList<>(known);
        var goals = new ArrayList<>(open);
        var branches = new ArrayList<List<Goal>>();
        while (!goals.isEmpty()) {
            if (--steps < 0) {
                return false;
            }
            var goal = goals.remove(goals.size() - 1);
            var condition = goal.condition();
            if (condition instanceof Condition.Not not) {
                goals.add(new Goal(not.inner(), !goal.holds()));
            } else if (condition instanceof Condition.Always) {
                if (!goal.holds()) {
                    return true;
                }
            } else if (condition instanceof Condition.Test test) {
                if (impossible(literals, new Literal(test, goal.holds()))) {
                    return true;
                }
            } else {
                boolean and = condition instanceof Condition.And;
                var parts = (and ? ((Condition.And) condition).all() : ((Condition.Or) condition).any())
                        .stream().map(part -> new Goal(part, goal.holds())).toList();
                if (and == goal.holds()) {
                    goals.addAll(parts);
                } else {
                    branches.add(parts);
                }
            }
        }
        return branch(literals, branches);
    }

    private boolean impossible(List<Literal> literals, Literal added) {
        literals.add(added);
        var subject = added.subject();
        return !domains.possible(literals.stream()
                .filter(literal -> literal.subject().equals(subject))
                .collect(Collectors.toList()));
    }

    /** Every way out of the smallest choice must close. */
    private boolean branch(List<Literal> literals, List<List<Goal>> branches) {
        if (branches.isEmpty()) {
            return false;
        }
        var smallest = branches.stream()
                .min(java.util.Comparator.comparingInt(List::size))
                .orElseThrow();
        var rest = new ArrayList<>(branches);
        rest.remove(smallest);
        for (var goal : smallest) {
            var goals = new ArrayList<Goal>();
            for (var other : rest) {
                goals.add(either(other));
            }
            goals.add(goal);
            if (!closes(literals, goals)) {
                return false;
            }
        }
        return true;
    }

    private static Goal either(List<Goal> goals) {
        return new Goal(
                new Condition.Or(goals.stream()
                        .map(goal -> goal.holds() ? goal.condition() : new Condition.Not(goal.condition()))
                        .toList()),
                true);
    }
}
