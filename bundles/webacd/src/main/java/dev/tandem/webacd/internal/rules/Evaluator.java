package dev.tandem.webacd.internal.rules;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.tandem.webacd.internal.hours.Span;
import dev.tandem.webacd.internal.rules.Condition.Comparison;

/** Tells whether conditions hold. Pure. */
public final class Evaluator {
    private static final int LONGEST_NUMBER = 30;

    private Evaluator() {}

    /** The first rule that matches. */
    public static Optional<Rule> first(RuleSet rules, Facts facts) {
        return rules.rules().stream()
                .filter(rule -> holds(rule.condition(), facts))
                .findFirst();
    }

    /** Whether it holds. */
    public static boolean holds(Condition condition, Facts facts) {
        if (condition instanceof Condition.And and) {
            return and.all().stream().allMatch(part -> holds(part, facts));
        } else if (condition instanceof Condition.Or or) {
            return or.any().stream().anyMatch(part -> holds(part, facts));
        } else if (condition instanceof Condition.Not not) {
            return !holds(not.inner(), facts);
        } else if (condition instanceof Condition.Open open) {
            return facts.open().test(open.queue());
        } else if (condition instanceof Comparison comparison) {
            return holds(comparison, facts);
        }
        return true;
    }

    private static boolean holds(Comparison comparison, Facts facts) {
        var field = comparison.field();
        return switch (field.type()) {
            case TIME -> time(comparison, facts.at().getHour() * 60 + facts.at().getMinute());
            case DAY -> day(comparison, facts.at().getDayOfWeek());
            case DATE -> date(comparison, facts.at().toLocalDate());
            default -> text(comparison, facts.text(field));
        };
    }

    static boolean time(Comparison comparison, int minute) {
        int first = ((Value.Time) comparison.values().get(0)).minute();
        if (comparison.operator() == Operator.BETWEEN) {
            int to = ((Value.Time) comparison.values().get(1)).minute();
            return first < to ? minute >= first && minute < to : minute >= first || minute < to % Span.DAY;
        }
        return comparison.operator() == Operator.EQUAL
                ? comparison.values().stream().anyMatch(value -> ((Value.Time) value).minute() == minute)
                : ordered(comparison.operator(), Integer.compare(minute, first));
    }

    static boolean day(Comparison comparison, DayOfWeek day) {
        var days = comparison.values().stream()
                .map(value -> ((Value.Day) value).day())
                .toList();
        if (comparison.operator() == Operator.BETWEEN) {
            int length = Math.floorMod(days.get(1).getValue() - days.get(0).getValue(), 7);
            return Math.floorMod(day.getValue() - days.get(0).getValue(), 7) <= length;
        }
        return days.contains(day);
    }

    static boolean date(Comparison comparison, LocalDate date) {
        var dates = comparison.values().stream()
                .map(value -> ((Value.Date) value).date())
                .toList();
        return ranged(comparison.operator(), date, dates);
    }

    /** @param known what is known, empty if nothing is */
    static boolean text(Comparison comparison, String known) {
        if (comparison.operator() == Operator.EMPTY) {
            return known.isBlank();
        }
        var value = comparison.values().get(0);
        if (value instanceof Value.Number) {
            return number(comparison, parsed(known));
        }
        var folded = Value.folded(known);
        return comparison.values().stream().anyMatch(one -> one(comparison.operator(), one, folded));
    }

    private static boolean one(Operator operator, Value value, String known) {
        if (value instanceof Value.Tag tag) {
            var wanted = tag.tag().toLowerCase(Locale.ROOT);
            return known.equals(wanted) || known.startsWith(wanted + "-");
        } else if (value instanceof Value.Slug slug) {
            return known.equals(slug.slug());
        }
        var wanted = Value.folded(((Value.Text) value).text());
        return switch (operator) {
            case CONTAINS -> known.contains(wanted);
            case STARTS -> known.startsWith(wanted);
            case ENDS -> known.endsWith(wanted);
            default -> known.equals(wanted);
        };
    }

    static Optional<BigDecimal> parsed(String known) {
        var text = known.strip();
        return text.length() <= LONGEST_NUMBER && text.matches("-?\\d+(\\.\\d+)?")
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }

    static boolean number(Comparison comparison, Optional<BigDecimal> known) {
        var numbers = comparison.values().stream()
                .map(value -> ((Value.Number) value).number())
                .toList();
        return known.filter(number -> ranged(comparison.operator(), number, numbers))
                .isPresent();
    }

    private static <T> boolean ranged(Operator operator, Comparable<? super T> known, List<T> values) {
        return switch (operator) {
            case EQUAL -> values.stream().anyMatch(value -> known.compareTo(value) == 0);
            case BETWEEN -> known.compareTo(values.get(0)) >= 0 && known.compareTo(values.get(1)) <= 0;
            default -> ordered(operator, known.compareTo(values.get(0)));
        };
    }

    private static boolean ordered(Operator operator, int compared) {
        return switch (operator) {
            case LESS -> compared < 0;
            case AT_MOST -> compared <= 0;
            case MORE -> compared > 0;
            default -> compared >= 0;
        };
    }
}
