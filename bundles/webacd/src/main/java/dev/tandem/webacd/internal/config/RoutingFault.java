package dev.tandem.webacd.internal.config;

import java.util.Optional;

import dev.tandem.journal.Refusal;
import dev.tandem.webacd.internal.rules.RuleProblem;

/**
 * What is wrong with a change of the routing, and in which field. Thrown out of a decision, before anything is stored.
 * Carries no stack trace, since it is an answer and no failure of ours.
 */
public final class RoutingFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;
    private final transient Optional<String> field;

    private RoutingFault(Refusal.Reason reason, String code, Optional<String> field, String detail) {
        super(detail, null, false, false);
        this.refusal = new Refusal(reason, code, detail);
        this.field = field;
    }

    /** A field that takes no such value. */
    public static RoutingFault invalid(String field, String detail) {
        return new RoutingFault(Refusal.Reason.INVALID, "invalid", Optional.of(field), detail);
    }

    /** A field that is wrong in a way with a name of its own. */
    public static RoutingFault invalid(String field, String code, String detail) {
        return new RoutingFault(Refusal.Reason.INVALID, code, Optional.of(field), detail);
    }

    /** The first thing that is wrong with rules: the field ends with line and column. */
    public static RoutingFault rules(String field, RuleProblem problem) {
        return new RoutingFault(
                Refusal.Reason.INVALID,
                problem.code(),
                Optional.of(field + "[" + problem.line() + ":" + problem.column() + "]"),
                "Line " + problem.line() + ", column " + problem.column() + ": " + problem.detail());
    }

    public static RoutingFault conflict(String code, String detail) {
        return new RoutingFault(Refusal.Reason.CONFLICT, code, Optional.empty(), detail);
    }

    static RoutingFault unknown(String detail) {
        return new RoutingFault(Refusal.Reason.UNKNOWN, "unknown", Optional.empty(), detail);
    }

    static RoutingFault busy() {
        return new RoutingFault(
                Refusal.Reason.BUSY, "busy", Optional.empty(), "What waits cannot be counted at the moment.");
    }

    static RoutingFault refused(Refusal refusal) {
        return new RoutingFault(refusal.reason(), refusal.code(), Optional.empty(), refusal.detail());
    }

    /** Why, as the journal says it. */
    public Refusal refusal() {
        return refusal;
    }

    /** The field, as a path: {@code members[2].agent}. */
    public Optional<String> field() {
        return field;
    }

    /** The same, about that field. */
    RoutingFault in(String name) {
        return new RoutingFault(refusal.reason(), refusal.code(), Optional.of(name), refusal.detail());
    }

    /** The same, about something within that. */
    public RoutingFault under(String prefix) {
        return new RoutingFault(
                refusal.reason(), refusal.code(), field.map(name -> prefix + "." + name), refusal.detail());
    }
}
