package dev.tandem.webacd.internal.rules;

/** What cannot be read. Carries no stack trace, since it is an answer and no failure of ours. */
final class RuleSyntax extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;
    private final String code;

    RuleSyntax(Place place, String code, String detail) {
        super(detail, null, false, false);
        this.place = place;
        this.code = code;
    }

    RuleProblem problem(int rule) {
        return RuleProblem.at(place, rule, code, getMessage());
    }
}
