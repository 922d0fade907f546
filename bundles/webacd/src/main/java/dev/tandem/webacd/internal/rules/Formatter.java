package dev.tandem.webacd.internal.rules;

import java.util.List;
import java.util.stream.Collectors;

import dev.tandem.webacd.internal.rules.Condition.Comparison;

/** Writes rules as text. What is read from that text is what was written. */
public final class Formatter {
    private static final int WIDE = 110;

    private Formatter() {}

    /** The whole text, one rule after another. */
    public static String text(RuleSet rules) {
        var text = new StringBuilder();
        for (var rule : rules.rules()) {
            comments(text, rule.comments());
            text.append(text(rule)).append('\n');
        }
        comments(text, rules.comments());
        return text.toString();
    }

    /** One rule without its comments. */
    public static String text(Rule rule) {
        var name = rule.name().map(n -> Value.quoted(n) + ": ").orElse("");
        var head = name + text(rule.condition());
        var tail = "-> " + rule.actions().stream().map(Object::toString).collect(Collectors.joining(", "));
        return head.length() + tail.length() < WIDE ? head + " " + tail : head + "\n    " + tail;
    }

    private static void comments(StringBuilder text, List<String> lines) {
        lines.forEach(line -> text.append(line.isEmpty() ? "#" : "# " + line).append('\n'));
    }

    /** A condition. */
    public static String text(Condition condition) {
        return text(condition, 0);
    }

    /** @param tightness 0 anywhere, 1 within or, 2 within and, 3 behind not */
    private static String text(Condition condition, int tightness) {
        if (condition instanceof Condition.Or or) {
            return around(tightness > 0, join(or.any(), " or ", 1));
        } else if (condition instanceof Condition.And and) {
            return around(tightness > 1, join(and.all(), " and ", 2));
        } else if (condition instanceof Condition.Not not) {
            return negated(not.inner());
        } else if (condition instanceof Comparison comparison) {
            return comparison(comparison, false);
        } else if (condition instanceof Condition.Open open) {
            return "queue " + open.queue() + " is open";
        }
        return "always";
    }

    private static String join(List<Condition> parts, String word, int tightness) {
        return parts.stream().map(part -> text(part, tightness)).collect(Collectors.joining(word));
    }

    private static String around(boolean needed, String text) {
        return needed ? "(" + text + ")" : text;
    }

    private static String negated(Condition inner) {
        if (inner instanceof Condition.Open open) {
            return "queue " + open.queue() + " is closed";
        }
        if (inner instanceof Comparison comparison) {
            boolean direct =
                    switch (comparison.operator()) {
                        case EQUAL, BETWEEN, CONTAINS, EMPTY -> true;
                        default -> false;
                    };
            if (direct) {
                return comparison(comparison, true);
            }
        }
        return "not " + text(inner, 3);
    }

    private static String comparison(Comparison comparison, boolean not) {
        var field = comparison.field() + " ";
        var values = comparison.values();
        return switch (comparison.operator()) {
            case EQUAL -> values.size() == 1
                    ? field + (not ? "!= " : "= ") + values.get(0)
                    : field + (not ? "not " : "") + "in ("
                            + values.stream().map(Object::toString).collect(Collectors.joining(", ")) + ")";
            case BETWEEN -> field + (not ? "not " : "") + "between " + values.get(0) + " and " + values.get(1);
            case EMPTY -> field + (not ? "is not empty" : "is empty");
            default -> field + (not ? "not " : "") + comparison.operator().text() + " " + values.get(0);
        };
    }
}
