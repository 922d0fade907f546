package dev.tandem.webacd.internal.rules;

/**
 * Something that is wrong with a text of rules.
 *
 * @param code permanent word for programs and translation: {@code rule-shadowed}
 * @param detail English sentences for people
 * @param rule which rule, from 1; 0 if it belongs to none
 */
public record RuleProblem(String code, String detail, int line, int column, int length, int rule) {
    static RuleProblem at(Place place, int rule, String code, String detail) {
        return new RuleProblem(code, detail, place.line(), place.column(), place.length(), rule);
    }
}
