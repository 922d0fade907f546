package dev.tandem.webacd.internal.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

import dev.tandem.webacd.internal.rules.Condition.Comparison;

/** Finds what is wrong with rules that can be read: words nobody knows, and rules that can never decide. Pure. */
public final class Checks {
    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    /** How hard we look for rules that never match: well under a second, whatever is written. */
    private static final int STEPS = 1_000_000;

    private final RuleSet rules;
    private final Vocabulary vocabulary;
    private final List<RuleProblem> problems = new ArrayList<>();
    private final Prover prover;
    /** Rules, from 1, of whose condition nothing can be proven: it speaks of what is not there. */
    private final Set<Integer> unclear = new HashSet<>();
    /** Rules, from 1, that do something with what is not there. */
    private final Set<Integer> astray = new HashSet<>();

    private Checks(RuleSet rules, Vocabulary vocabulary) {
        this.rules = rules;
        this.vocabulary = vocabulary;
        this.prover = new Prover(vocabulary, STEPS);
    }

    /** Reads a text and checks it; what is wrong, in its order. Empty if the rules may be published. */
    public static List<RuleProblem> check(String text, Vocabulary vocabulary) {
        var parsed = Parser.parse(text);
        return parsed.ok() ? check(parsed.rules(), vocabulary) : parsed.problems();
    }

    /** What is wrong with rules that were read. */
    public static List<RuleProblem> check(RuleSet rules, Vocabulary vocabulary) {
        var checks = new Checks(rules, vocabulary);
        checks.words();
        checks.matches();
        checks.problems.sort(Comparator.comparingInt(RuleProblem::line).thenComparingInt(RuleProblem::column));
        return List.copyOf(checks.problems);
    }

    private void words() {
        for (int i = 0; i < rules.rules().size(); i++) {
            var rule = rules.rules().get(i);
            int before = problems.size();
            condition(rule.condition(), i + 1);
            if (problems.size() > before) {
                unclear.add(i + 1);
            }
            before = problems.size();
            for (var action : rule.actions()) {
                if (action instanceof Action.ToQueue to) {
                    queue(to.queue(), to.place(), i + 1);
                } else if (action instanceof Action.Needs needs
                        && !vocabulary.skills().contains(needs.skill())) {
                    unknown(needs.place(), i + 1, "skill", needs.skill(), vocabulary.skills());
                }
            }
            if (problems.size() > before) {
                astray.add(i + 1);
            }
        }
    }

    private void condition(Condition condition, int rule) {
        if (condition instanceof Condition.And and) {
            and.all().forEach(part -> condition(part, rule));
        } else if (condition instanceof Condition.Or or) {
            or.any().forEach(part -> condition(part, rule));
        } else if (condition instanceof Condition.Not not) {
            condition(not.inner(), rule);
        } else if (condition instanceof Condition.Open open) {
            queue(open.queue(), open.place(), rule);
        } else if (condition instanceof Comparison comparison) {
            comparison(comparison, rule);
        }
    }

    private void comparison(Comparison comparison, int rule) {
        for (var value : comparison.values()) {
            if (value instanceof Value.Slug slug) {
                queue(slug.slug(), comparison.place(), rule);
            } else if (value instanceof Value.Tag tag && !language(tag.tag())) {
                problem(comparison.place(), rule, "rule-unknown-language", tag + " is no language.");
            }
        }
        if (comparison.field().space() == Field.Space.FORM) {
            answer(comparison, rule);
        }
    }

    private void answer(Comparison comparison, int rule) {
        var key = comparison.field().name();
        var answer = vocabulary.form().get(key);
        if (answer == null) {
            unknown(
                    comparison.place(),
                    rule,
                    "field",
                    "form." + key,
                    withForm(vocabulary.form().keySet()));
            return;
        }
        boolean number = comparison.values().stream().anyMatch(Value.Number.class::isInstance);
        boolean text = comparison.values().stream().anyMatch(Value.Text.class::isInstance);
        if (answer.kind() == Vocabulary.Kind.NUMBER && text) {
            problem(
                    comparison.place(),
                    rule,
                    "rule-field-type",
                    "form." + key + " is a number: write values without quotation marks.");
        } else if (answer.kind() != Vocabulary.Kind.NUMBER && number) {
            problem(
                    comparison.place(),
                    rule,
                    "rule-field-type",
                    "form." + key + " is a text: write values in quotation marks.");
        } else if (answer.kind() == Vocabulary.Kind.CHOICE && comparison.operator() == Operator.EQUAL) {
            options(comparison, answer, rule);
        }
    }

    private void options(Comparison comparison, Vocabulary.Answer answer, int rule) {
        var options = answer.options().stream().map(Value::folded).toList();
        for (var value : comparison.values()) {
            if (!options.contains(Value.folded(((Value.Text) value).text()))) {
                problem(
                        comparison.place(),
                        rule,
                        "rule-unknown-option",
                        "The form does not offer " + value + " for " + comparison.field() + ".");
            }
        }
    }

    private static Set<String> withForm(Set<String> keys) {
        return keys.stream().map(key -> "form." + key).collect(java.util.stream.Collectors.toSet());
    }

    private void queue(String slug, Place place, int rule) {
        if (!vocabulary.queues().contains(slug)) {
            unknown(place, rule, "queue", slug, vocabulary.queues());
        }
    }

    private void unknown(Place place, int rule, String what, String name, Set<String> known) {
        var near = known.stream()
                .filter(one -> distance(one, name) <= 1 + name.length() / 4)
                .min(Comparator.<String>comparingInt(one -> distance(one, name)).thenComparing(one -> one));
        problem(
                place,
                rule,
                "rule-unknown-" + what,
                "There is no " + what + " '" + name + "'."
                        + near.map(one -> " Is '" + one + "' meant?").orElse(""));
    }

    private void matches() {
        for (int i = 0; i < rules.rules().size(); i++) {
            var rule = rules.rules().get(i);
            if (unclear.contains(i + 1)) {
                continue;
            }
            if (prover.never(List.of(rule.condition()))) {
                never(rule.condition(), i + 1);
                continue;
            }
            deadParts(rule.condition(), i + 1);
            shadow(rule, i);
            if (!astray.contains(i + 1)) {
                intoClosed(rule, i + 1);
            }
        }
    }

    /** Tells where it stops being possible. */
    private void never(Condition condition, int rule) {
        var place = condition.place();
        var detail = "This condition never holds.";
        if (condition instanceof Condition.And and) {
            // What is impossible stays so with more behind it, so it can be looked for by halves.
            int possible = 1;
            int impossible = and.all().size();
            while (impossible - possible > 1) {
                int half = (possible + impossible) / 2;
                if (prover.never(and.all().subList(0, half))) {
                    impossible = half;
                } else {
                    possible = half;
                }
            }
            if (!prover.never(and.all().subList(0, 1)) && prover.never(and.all().subList(0, impossible))) {
                var part = and.all().get(impossible - 1);
                place = part.place();
                detail = "'" + Formatter.text(part) + "' contradicts what stands before it: this rule never matches.";
            }
        }
        problem(place, rule, "rule-contradiction", detail);
    }

    private void deadParts(Condition condition, int rule) {
        if (condition instanceof Condition.Or or) {
            for (var part : or.any()) {
                if (prover.never(List.of(part))) {
                    never(part, rule);
                }
            }
        } else if (condition instanceof Condition.And and) {
            and.all().forEach(part -> deadParts(part, rule));
        }
    }

    private void shadow(Rule rule, int index) {
        var earlier = IntStream.range(0, index)
                .filter(i -> !unclear.contains(i + 1))
                .mapToObj(i -> rules.rules().get(i).condition())
                .toList();
        for (int i = 0; i < index; i++) {
            if (unclear.contains(i + 1)) {
                continue;
            }
            if (prover.covered(rule.condition(), List.of(rules.rules().get(i).condition()))) {
                problem(
                        rule.place(),
                        index + 1,
                        "rule-shadowed",
                        "This rule never decides: rule " + (i + 1) + " in line "
                                + rules.rules().get(i).place().line() + " takes everything before it.");
                return;
            }
        }
        if (earlier.size() > 1 && prover.covered(rule.condition(), earlier)) {
            problem(
                    rule.place(),
                    index + 1,
                    "rule-shadowed",
                    "This rule never decides: the rules before it together take everything.");
        }
    }

    private void intoClosed(Rule rule, int number) {
        rule.queue().ifPresent(to -> {
            var open = new Condition.Open(to.queue(), Place.NOWHERE);
            if (prover.never(List.of(rule.condition(), open))) {
                problem(
                        to.place(),
                        number,
                        "rule-into-closed",
                        "This rule sends to " + to.queue() + " only while that queue is closed.");
            }
        });
    }

    private void problem(Place place, int rule, String code, String detail) {
        problems.add(RuleProblem.at(place, rule, code, detail));
    }

    /** Whether a tag names a language that there is, and a country that there is if it names one. */
    public static boolean language(String tag) {
        if (!tag.matches("[A-Za-z]{2,3}(-[A-Za-z]{4})?(-[A-Za-z]{2})?")) {
            return false;
        }
        var locale = Locale.forLanguageTag(tag);
        boolean known = LANGUAGES.contains(locale.getLanguage())
                || !locale.getDisplayLanguage(Locale.ENGLISH).equalsIgnoreCase(locale.getLanguage());
        return known && (locale.getCountry().isEmpty() || COUNTRIES.contains(locale.getCountry()));
    }

    /** How many letters must be changed, added or left out. */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), corner + change);
                corner = above;
            }
        }
        return row[b.length()];
    }
}
