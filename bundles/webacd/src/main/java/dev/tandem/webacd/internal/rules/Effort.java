package dev.tandem.webacd.internal.rules;

import java.util.List;

/** How much may still be looked at, so that a check ends soon whatever the rules are. */
final class Effort {
    private long left;

    /** @param most how many steps and comparisons */
    Effort(long most) {
        this.left = most;
    }

    /** @return whether that much was left; if not, nothing is any more */
    boolean take(long steps) {
        left = left < steps ? -1 : left - steps;
        return left >= 0;
    }

    /** Each of those literals, with all its values, is compared so often. */
    boolean compare(List<Literal> literals, long times) {
        long values = 0;
        for (var literal : literals) {
            values += Math.max(1, literal.comparison().values().size());
        }
        return take(values * times);
    }
}
