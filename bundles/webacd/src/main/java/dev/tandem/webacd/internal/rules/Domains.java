package dev.tandem.webacd.internal.rules;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import dev.tandem.webacd.internal.hours.Span;
import dev.tandem.webacd.internal.rules.Condition.Comparison;

/**
 * Tells whether several literals of one subject can hold together. What it calls impossible is impossible. Of times, days,
 * dates, numbers, languages, queues and choices it finds everything that is; of free texts what starts, ends and contained
 * parts show. Of what it cannot find within its effort it says nothing: that is possible.
 */
final class Domains {
    private static final LocalDate SOME_DAY = LocalDate.of(2026, 1, 1);

    private final Vocabulary vocabulary;
    private final Effort effort;

    Domains(Vocabulary vocabulary, Effort effort) {
        this.vocabulary = vocabulary;
        this.effort = effort;
    }

    boolean possible(List<Literal> literals) {
        if (literals.get(0).test() instanceof Condition.Open) {
            return literals.stream().map(Literal::holds).distinct().count() == 1;
        }
        var field = literals.get(0).comparison().field();
        return switch (field.type()) {
            case TIME -> any(minutes(literals), literals, Evaluator::time);
            case DAY, DATE -> any(dates(literals), literals, Domains::onDate);
            case LANGUAGE -> any(languages(literals), literals, Evaluator::text);
            case QUEUE -> any(
                    Stream.concat(Stream.of(""), vocabulary.queues().stream()).toList(), literals, Evaluator::text);
            case TEXT -> Texts.possible(literals, effort);
            case ANY -> answer(field, literals);
        };
    }

    private boolean answer(Field field, List<Literal> literals) {
        var known = field.space() == Field.Space.FORM
                ? Optional.ofNullable(vocabulary.form().get(field.name()))
                : Optional.<Vocabulary.Answer>empty();
        if (known.filter(answer -> answer.kind() == Vocabulary.Kind.CHOICE).isPresent()) {
            var options = Stream.concat(Stream.of(""), known.get().options().stream());
            return any(options.toList(), literals, Evaluator::text);
        }
        var numeric = literals.stream().filter(Domains::numeric).toList();
        var textual = literals.stream().filter(one -> !numeric(one)).toList();
        if (textual.stream().allMatch(one -> one.comparison().operator() == Operator.EMPTY)) {
            return any(numbers(numeric), literals, Evaluator::text);
        }
        return Texts.possible(textual, effort)
                && (numeric.isEmpty() || any(numbers(numeric), numeric, Evaluator::text));
    }

    private static boolean numeric(Literal literal) {
        return literal.comparison().values().stream().anyMatch(Value.Number.class::isInstance);
    }

    private <T> boolean any(List<T> candidates, List<Literal> literals, BiPredicate<Comparison, T> holds) {
        return !effort.compare(literals, candidates.size())
                || candidates.stream().anyMatch(one -> literals.stream()
                        .allMatch(literal -> holds.test(literal.comparison(), one) == literal.holds()));
    }

    private static <T extends Value> Stream<T> values(List<Literal> literals, Class<T> type) {
        return literals.stream()
                .flatMap(literal -> literal.comparison().values().stream())
                .filter(type::isInstance)
                .map(type::cast);
    }

    /** One of each stretch between the values. */
    private static List<Integer> minutes(List<Literal> literals) {
        return values(literals, Value.Time.class)
                .flatMap(time -> Stream.of(time.minute() - 1, time.minute(), time.minute() + 1))
                .map(minute -> Math.floorMod(minute, Span.DAY))
                .distinct()
                .toList();
    }

    /** A week around each value: a shorter stretch lies within, of a longer one every day of the week does. */
    private static List<LocalDate> dates(List<Literal> literals) {
        var dates = new TreeSet<LocalDate>();
        for (int i = 0; i < 7; i++) {
            dates.add(SOME_DAY.plusDays(i));
        }
        values(literals, Value.Date.class).forEach(value -> {
            for (int i = -7; i <= 7; i++) {
                dates.add(value.date().plusDays(i));
            }
        });
        return List.copyOf(dates);
    }

    private static boolean onDate(Comparison comparison, LocalDate date) {
        return comparison.field().type() == Field.Type.DAY
                ? Evaluator.day(comparison, date.getDayOfWeek())
                : Evaluator.date(comparison, date);
    }

    private static List<String> languages(List<Literal> literals) {
        var tags = values(literals, Value.Tag.class)
                .flatMap(tag -> Stream.of(tag.tag(), tag.tag() + "-zz"))
                .map(tag -> tag.toLowerCase(Locale.ROOT));
        return Stream.concat(Stream.of("", "qqx"), tags).distinct().toList();
    }

    private static List<String> numbers(List<Literal> literals) {
        var sorted = values(literals, Value.Number.class)
                .map(Value.Number::number)
                .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
        var all = new ArrayList<String>(List.of("", "0"));
        BigDecimal before = null;
        for (var number : sorted) {
            all.add(number.toPlainString());
            all.add(
                    before == null
                            ? number.subtract(BigDecimal.ONE).toPlainString()
                            : number.add(before).divide(BigDecimal.valueOf(2)).toPlainString());
            before = number;
        }
        if (before != null) {
            all.add(before.add(BigDecimal.ONE).toPlainString());
        }
        return all;
    }
}
