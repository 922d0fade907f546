package dev.tandem.webacd.internal.rules;

/**
 * Where something stands in a text of rules.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 units, as editors in a browser count
 * @param length how many units it is long, at least 1
 */
public record Place(int line, int column, int length) {
    /** For what was made by a program and stands nowhere. */
    public static final Place NOWHERE = new Place(1, 1, 1);
}
