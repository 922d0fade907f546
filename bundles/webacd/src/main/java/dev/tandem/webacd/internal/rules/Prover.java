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
    private final Effort effort;

    /** @param steps how many it may take, over all questions, comparisons among them */
    Prover(Vocabulary vocabulary, int steps) {
        this.effort = new Effort(steps);
        this.domains = new Domains(vocabulary, effort);
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
        if (!effort.take(known.size())) {
            return false;
        }
        var literals = new ArrayList<>(known);
        var goals = new ArrayList<>(open);
        var branches = new ArrayList<List<Goal>>();
        while (!goals.isEmpty()) {
            if (!effort.take(1)) {
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
                literals.add(new Literal(test, goal.holds()));
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
        return impossible(literals, known.size()) || branch(literals, branches);
    }

    /** Of what is new is looked at everything at once: one by one each would be compared with all before it, again and again. */
    private boolean impossible(List<Literal> literals, int known) {
        var subjects = literals.stream().collect(Collectors.groupingBy(Literal::subject));
        return literals.subList(known, literals.size()).stream()
                .map(Literal::subject)
                .distinct()
                .anyMatch(subject -> !domains.possible(subjects.get(subject)));
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
