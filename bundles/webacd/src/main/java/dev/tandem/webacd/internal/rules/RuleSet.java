package dev.tandem.webacd.internal.rules;

import java.util.List;

/**
 * Rules in their order.
 *
 * @param comments the lines of comment behind the last rule
 */
public record RuleSet(List<Rule> rules, List<String> comments) {
    /** No rules: every item stays with the queue it asked for. */
    public static final RuleSet NONE = new RuleSet(List.of(), List.of());

    public RuleSet {
        rules = List.copyOf(rules);
        comments = List.copyOf(comments);
    }
}
