package dev.tandem.webacd.internal.rules;

import java.util.List;
import java.util.Optional;

/**
 * One rule. Of several the first that matches decides.
 *
 * @param comments the lines of comment that stand before or in it, without their marks
 * @param place where it begins
 */
public record Rule(
        Optional<String> name, Condition condition, List<Action> actions, List<String> comments, Place place) {
    public Rule {
        actions = List.copyOf(actions);
        comments = List.copyOf(comments);
    }

    /** The queue it sends to. */
    public Optional<Action.ToQueue> queue() {
        return actions.stream()
                .filter(Action.ToQueue.class::isInstance)
                .map(Action.ToQueue.class::cast)
                .findFirst();
    }

    /** The priority it gives. */
    public Optional<Integer> priority() {
        return actions.stream()
                .filter(Action.Priority.class::isInstance)
                .map(action -> ((Action.Priority) action).priority())
                .findFirst();
    }

    /** The skills it asks for. */
    public List<Action.Needs> skills() {
        return actions.stream()
                .filter(Action.Needs.class::isInstance)
                .map(Action.Needs.class::cast)
                .toList();
    }
}
