package dev.tandem.webacd.internal.rules;

import java.util.EnumSet;
import java.util.Set;

/** How a field is compared. What is negative stands as {@link Condition.Not} around one of these. */
public enum Operator {
    /** One of the values. */
    EQUAL("="),
    CONTAINS("contains"),
    STARTS("starts with"),
    ENDS("ends with"),
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">="),
    /** Numbers, days and dates with both ends; times without the end, and over midnight if it is before the beginning. */
    BETWEEN("between"),
    /** Nothing is known or was answered. */
    EMPTY("is empty");

    private static final Set<Operator> ORDERING = EnumSet.of(LESS, AT_MOST, MORE, AT_LEAST);
    private static final Set<Operator> WITHIN = EnumSet.of(CONTAINS, STARTS, ENDS);

    private final String text;

    Operator(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** Whether it asks for the order of values. */
    boolean orders() {
        return ORDERING.contains(this);
    }

    /** Whether it looks into a text. */
    boolean looksInto() {
        return WITHIN.contains(this);
    }
}
