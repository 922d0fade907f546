package dev.tandem.webacd.internal.rules;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.tandem.webacd.internal.hours.Span;
import dev.tandem.webacd.internal.rules.Condition.Comparison;

/** Reads comparisons of a field with values. */
final class Predicates {
    private static final int MOST_VALUES = 100;
    private static final int LONGEST_TEXT = 200;

    private static final Map<String, Operator> SIGNS = Map.of(
            "=", Operator.EQUAL,
            "<", Operator.LESS,
            "<=", Operator.AT_MOST,
            ">", Operator.MORE,
            ">=", Operator.AT_LEAST);

    private final Parser parser;

    Predicates(Parser parser) {
        this.parser = parser;
    }

    Condition read() {
        var start = parser.token();
        var field = field();
        boolean not = parser.take("not");
        var operator = operator(field, not);
        if (operator.isEmpty()) {
            var equal = new Comparison(field, Operator.EQUAL, List.of(value(field, false)), parser.from(start.place()));
            return new Condition.Not(equal);
        }
        if (operator.get() == Operator.EMPTY) {
            boolean isNot = parser.take("not");
            parser.need("empty", "Behind 'is' stands 'empty' or 'not empty'.");
            return negated(isNot, new Comparison(field, Operator.EMPTY, List.of(), parser.from(start.place())));
        }
        var values = values(field, operator.get());
        return negated(not, new Comparison(field, operator.get(), values, parser.from(start.place())));
    }

    private static Condition negated(boolean not, Condition condition) {
        return not ? new Condition.Not(condition) : condition;
    }

    private Field field() {
        var token = parser.token();
        var field = token.kind() == Token.Kind.WORD ? Field.parse(token.text()) : Optional.<Field>empty();
        if (field.isEmpty()) {
            if (token.kind() != Token.Kind.WORD) {
                throw parser.wrong("Here stands a condition.");
            }
            throw new RuleSyntax(
                    token.place(),
                    "rule-field",
                    "There is no field '" + token.text() + "'. Fields are " + String.join(", ", Field.words())
                            + ", form.KEY and attribute.KEY.");
        }
        parser.step();
        return field.get();
    }

    /** Empty is {@code !=}. */
    private Optional<Operator> operator(Field field, boolean not) {
        var token = parser.token();
        var sign = token.kind() == Token.Kind.SIGN ? SIGNS.get(token.text()) : null;
        if (!not && (sign != null || token.is("!="))) {
            parser.step();
            return checked(field, token, Optional.ofNullable(sign));
        }
        if (!not && parser.take("is")) {
            if (field.type() == Field.Type.TIME || field.type() == Field.Type.DAY || field.type() == Field.Type.DATE) {
                throw new RuleSyntax(token.place(), "rule-operator", "'" + field + "' is never empty.");
            }
            return Optional.of(Operator.EMPTY);
        }
        for (var word : List.of("in", "between", "contains")) {
            if (parser.take(word)) {
                return checked(
                        field,
                        token,
                        Optional.of(
                                word.equals("in") ? Operator.EQUAL : Operator.valueOf(word.toUpperCase(Locale.ROOT))));
            }
        }
        for (var word : List.of("starts", "ends")) {
            if (parser.take(word)) {
                parser.need("with", "Behind '" + word + "' stands 'with'.");
                return checked(field, token, Optional.of(Operator.valueOf(word.toUpperCase(Locale.ROOT))));
            }
        }
        throw parser.wrong(
                "Behind a field stands =, !=, <, <=, >, >=, in, between, contains, starts with, ends with or is empty.");
    }

    private static Optional<Operator> checked(Field field, Token token, Optional<Operator> operator) {
        boolean fits =
                switch (field.type()) {
                    case TEXT -> operator.filter(o -> o.orders() || o == Operator.BETWEEN)
                            .isEmpty();
                    case LANGUAGE, QUEUE -> operator.filter(o -> o != Operator.EQUAL)
                            .isEmpty();
                    case TIME, DATE -> operator.filter(Operator::looksInto).isEmpty();
                    case DAY -> operator.filter(o -> o.orders() || o.looksInto())
                            .isEmpty();
                    case ANY -> true;
                };
        if (!fits) {
            throw new RuleSyntax(
                    token.place(), "rule-operator", "'" + field + "' cannot be compared by '" + token.text() + "'.");
        }
        return operator;
    }

    private List<Value> values(Field field, Operator operator) {
        var values = new ArrayList<Value>();
        if (operator == Operator.BETWEEN) {
            values.add(value(field, false));
            parser.need("and", "Behind the first value of 'between' stands 'and'.");
            var second = parser.token();
            values.add(value(field, true));
            same(values, second, operator);
            ordered(values, second);
        } else if (operator == Operator.EQUAL && parser.take("(")) {
            do {
                var token = parser.token();
                values.add(value(field, false));
                same(values, token, operator);
                if (values.size() > MOST_VALUES) {
                    throw new RuleSyntax(token.place(), "rule-values", "A list has at most 100 values.");
                }
            } while (parser.take(","));
            parser.need(")", "A list of values ends with ')'.");
        } else {
            var token = parser.token();
            values.add(value(field, false));
            same(values, token, operator);
        }
        return values;
    }

    /** All of one sort, and of one that goes with the operator. */
    private static void same(List<Value> values, Token token, Operator operator) {
        var last = values.get(values.size() - 1);
        boolean text = last instanceof Value.Text;
        if (last.getClass() != values.get(0).getClass()) {
            throw new RuleSyntax(token.place(), "rule-value", "The values of one comparison are of one sort.");
        }
        if (text && (operator.orders() || operator == Operator.BETWEEN)) {
            throw new RuleSyntax(
                    token.place(), "rule-value", "Texts have no order: numbers stand without quotation marks.");
        }
        if (!text && operator.looksInto()) {
            throw new RuleSyntax(
                    token.place(), "rule-value", "'" + operator.text() + "' takes a text in quotation marks.");
        }
    }

    private static void ordered(List<Value> values, Token token) {
        boolean wrong = values.get(0) instanceof Value.Number a
                        && values.get(1) instanceof Value.Number b
                        && a.number().compareTo(b.number()) > 0
                || values.get(0) instanceof Value.Date c
                        && values.get(1) instanceof Value.Date d
                        && c.date().isAfter(d.date())
                || values.get(0) instanceof Value.Time && values.get(0).equals(values.get(1));
        if (wrong) {
            throw new RuleSyntax(
                    token.place(), "rule-between", "'between' goes from the lower value to the higher one.");
        }
    }

    /** @param end whether it is the end of a range, which may be 24:00 */
    private Value value(Field field, boolean end) {
        var token = parser.token();
        var value =
                switch (field.type()) {
                    case TEXT -> text(token, "a text in quotation marks");
                    case LANGUAGE -> text(token, "a language in quotation marks, such as \"fr\"")
                            .map(text -> (Value) new Value.Tag(tag((Value.Text) text)));
                    case QUEUE -> Optional.of((Value) new Value.Slug(parser.word("a queue", "rule-queue-name")));
                    case TIME -> time(token, end);
                    case DAY -> day(token);
                    case DATE -> date(token);
                    case ANY -> number(token).or(() -> text(token, "a text in quotation marks, or a number"));
                };
        if (field.type() != Field.Type.QUEUE) {
            parser.step();
        }
        return value.orElseThrow();
    }

    private static String tag(Value.Text text) {
        return text.text().strip();
    }

    private static Optional<Value> text(Token token, String wanted) {
        if (token.kind() != Token.Kind.TEXT) {
            throw new RuleSyntax(token.place(), "rule-value", "Here stands " + wanted + ", not " + token.shown() + ".");
        }
        if (token.text().isBlank()) {
            throw new RuleSyntax(token.place(), "rule-value", "For nothing there is 'is empty'.");
        }
        if (token.text().length() > LONGEST_TEXT) {
            throw new RuleSyntax(token.place(), "rule-value", "A text has at most 200 characters.");
        }
        return Optional.of(new Value.Text(token.text().strip()));
    }

    private static Optional<Value> number(Token token) {
        return token.kind() == Token.Kind.NUMBER
                ? Optional.of(new Value.Number(new BigDecimal(token.text())))
                : Optional.empty();
    }

    private static Optional<Value> time(Token token, boolean end) {
        if (token.kind() == Token.Kind.TIME) {
            try {
                int minute = Span.minute(token.text().length() == 4 ? "0" + token.text() : token.text());
                if (minute < Span.DAY || end) {
                    return Optional.of(new Value.Time(minute));
                }
            } catch (IllegalArgumentException e) {
                // Said below.
            }
        }
        throw new RuleSyntax(
                token.place(), "rule-value", "Here stands a time such as 08:30, not " + token.shown() + ".");
    }

    private static Optional<Value> date(Token token) {
        try {
            if (token.kind() == Token.Kind.DATE) {
                return Optional.of(new Value.Date(LocalDate.parse(token.text())));
            }
        } catch (DateTimeException e) {
            throw new RuleSyntax(token.place(), "rule-value", "There is no date " + token.text() + ".");
        }
        throw new RuleSyntax(
                token.place(), "rule-value", "Here stands a date such as 2026-12-24, not " + token.shown() + ".");
    }

    private static Optional<Value> day(Token token) {
        return Optional.of(Stream.of(DayOfWeek.values())
                .filter(day -> token.kind() == Token.Kind.WORD && day.name().equalsIgnoreCase(token.text()))
                .findFirst()
                .map(Value.Day::new)
                .orElseThrow(() -> new RuleSyntax(
                        token.place(),
                        "rule-value",
                        "Here stands a day, monday to sunday, not " + token.shown() + ".")));
    }
}
