package dev.tandem.webacd.internal.rules;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import dev.tandem.webacd.internal.rules.Condition.Comparison;

/** Rules and facts out of a small world, so that they meet often. */
final class RandomRules {
    static final Vocabulary VOCABULARY = new Vocabulary(
            Set.of("printers", "sales", "24-7"),
            Set.of("french", "network"),
            Map.of(
                    "product", new Vocabulary.Answer(Vocabulary.Kind.TEXT, List.of()),
                    "pages", new Vocabulary.Answer(Vocabulary.Kind.NUMBER, List.of()),
                    "colour", new Vocabulary.Answer(Vocabulary.Kind.CHOICE, List.of("red", "green", "blue"))));

    private static final List<String> TEXTS = List.of("a", "ab", "abc", "b", "bc", "say \"x\" \\ é");
    private static final List<String> LANGUAGES = List.of("fr", "fr-CH", "it", "en");
    private static final List<String> QUEUES = List.of("printers", "sales", "24-7");

    private final Random random;

    RandomRules(long seed) {
        random = new Random(seed);
    }

    RuleSet rules(int most) {
        var rules = new ArrayList<Rule>();
        for (int n = 1 + random.nextInt(most); n > 0; n--) {
            rules.add(new Rule(
                    random.nextBoolean() ? Optional.of("Rule \"" + n + "\"") : Optional.empty(),
                    condition(3),
                    actions(),
                    random.nextInt(3) == 0 ? List.of("why", "") : List.of(),
                    Place.NOWHERE));
        }
        return new RuleSet(rules, random.nextBoolean() ? List.of("the end") : List.of());
    }

    private List<Action> actions() {
        var actions = new ArrayList<Action>();
        actions.add(new Action.ToQueue(one(QUEUES), Place.NOWHERE));
        if (random.nextBoolean()) {
            actions.add(new Action.Priority(random.nextInt(10), Place.NOWHERE));
        }
        if (random.nextBoolean()) {
            actions.add(new Action.Needs("french", 1 + random.nextInt(10), Place.NOWHERE));
        }
        return actions;
    }

    Condition condition(int depth) {
        int kind = depth == 0 ? 9 : random.nextInt(10);
        if (kind < 2) {
            return new Condition.And(parts(depth, Condition.And.class));
        } else if (kind < 4) {
            return new Condition.Or(parts(depth, Condition.Or.class));
        } else if (kind < 6) {
            return Parser.not(condition(depth - 1));
        } else if (kind == 6 && random.nextInt(5) == 0) {
            return new Condition.Always(Place.NOWHERE);
        }
        return random.nextInt(8) == 0 ? new Condition.Open(one(QUEUES), Place.NOWHERE) : comparison();
    }

    /** As the parser makes them: an and stands in no and. */
    private List<Condition> parts(int depth, Class<? extends Condition> outer) {
        var parts = new ArrayList<Condition>();
        while (parts.size() < 2 || random.nextInt(3) == 0) {
            var part = condition(depth - 1);
            if (!outer.isInstance(part)) {
                parts.add(part);
            }
        }
        return parts;
    }

    private Comparison comparison() {
        var field = field();
        return switch (field.type()) {
            case TEXT -> text(field);
            case LANGUAGE -> several(field, () -> new Value.Tag(one(LANGUAGES)));
            case QUEUE -> several(field, () -> new Value.Slug(one(QUEUES)));
            case TIME -> ordered(field, () -> new Value.Time(random.nextInt(8) * 180));
            case DAY -> day(field);
            case DATE -> ordered(field, () -> new Value.Date(date()));
            case ANY -> switch (field.name()) {
                case "pages" -> ordered(
                        field, () -> new Value.Number(BigDecimal.valueOf(random.nextInt(5) * 5 - 5, 1)));
                case "colour" -> several(field, () -> new Value.Text(one(List.of("red", "green", "blue"))));
                default -> text(field);
            };
        };
    }

    private Field field() {
        return random.nextInt(3) > 0
                ? Field.of(one(List.of(Field.Word.values())))
                : one(List.of(
                        new Field(Field.Space.FORM, "product"),
                        new Field(Field.Space.FORM, "pages"),
                        new Field(Field.Space.FORM, "colour"),
                        new Field(Field.Space.ATTRIBUTE, "plan")));
    }

    private Comparison text(Field field) {
        var operator = one(List.of(
                Operator.EQUAL, Operator.CONTAINS, Operator.STARTS, Operator.ENDS, Operator.EMPTY, Operator.EQUAL));
        if (operator == Operator.EQUAL) {
            return several(field, () -> new Value.Text(one(TEXTS)));
        }
        return made(field, operator, operator == Operator.EMPTY ? List.of() : List.of(new Value.Text(one(TEXTS))));
    }

    private Comparison several(Field field, java.util.function.Supplier<Value> value) {
        var values = new ArrayList<Value>();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            values.add(value.get());
        }
        return made(field, Operator.EQUAL, values);
    }

    private Comparison day(Field field) {
        java.util.function.Supplier<Value> day = () -> new Value.Day(DayOfWeek.of(1 + random.nextInt(7)));
        return random.nextBoolean()
                ? several(field, day)
                : made(field, Operator.BETWEEN, List.of(day.get(), day.get()));
    }

    private Comparison ordered(Field field, java.util.function.Supplier<Value> value) {
        var operator = one(List.of(
                Operator.EQUAL, Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST, Operator.BETWEEN));
        if (operator == Operator.EQUAL) {
            return several(field, value);
        }
        if (operator != Operator.BETWEEN) {
            return made(field, operator, List.of(value.get()));
        }
        while (true) {
            var from = value.get();
            var to = value.get();
            boolean ok = from instanceof Value.Time
                    ? !from.equals(to)
                    : from instanceof Value.Date a && to instanceof Value.Date b
                            ? !a.date().isAfter(b.date())
                            : ((Value.Number) from).number().compareTo(((Value.Number) to).number()) <= 0;
            if (ok) {
                return made(field, operator, List.of(from, to));
            }
        }
    }

    private static Comparison made(Field field, Operator operator, List<Value> values) {
        return new Comparison(field, operator, values, Place.NOWHERE);
    }

    Facts facts() {
        var form = new HashMap<String, String>();
        form.put("product", one(List.of("", "a", "AB ", "abc", "cab", "xyz", "bc")));
        form.put("pages", one(List.of("", "-0.6", "-0.5", "0", "0.2", "0.5", "1", "1.0", "1.2", "1.5", "9")));
        form.put("colour", one(List.of("", "red", "Green", "blue")));
        var open = random.nextBoolean() ? Set.of("printers", "24-7") : Set.of("sales");
        return new Facts(
                one(List.of("", "a", "Ab", "abc", "bca", "zzz", "say \"x\" \\ é")),
                one(List.of("", "fr", "fr-CH", "fr-CA", "it", "de")),
                one(List.of("", "b", "bc", "abc")),
                one(List.of("transfer", "ab")),
                Optional.of(one(QUEUES)).filter(q -> random.nextInt(4) > 0),
                form,
                Map.of("plan", one(List.of("", "a", "b", "bc"))),
                LocalDateTime.of(date(), java.time.LocalTime.of(random.nextInt(24), random.nextInt(4) * 15)),
                open::contains);
    }

    private LocalDate date() {
        return LocalDate.of(2026, 12, 20).plusDays(random.nextInt(12));
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
