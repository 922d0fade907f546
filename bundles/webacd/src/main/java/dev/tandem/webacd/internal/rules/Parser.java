package dev.tandem.webacd.internal.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads a text of rules.
 *
 * <pre>
 * rules     = { rule }
 * rule      = [ TEXT ":" ] condition "->" action { "," action } [ ";" ]
 * condition = both { "or" both }
 * both      = one { "and" one }
 * one       = "not" one | "(" condition ")" | "always" | "queue" SLUG "is" [ "not" ] ( "open" | "closed" )
 *           | field ( "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) value
 *           | field [ "not" ] "in" "(" value { "," value } ")" | field [ "not" ] "between" value "and" value
 *           | field [ "not" ] "contains" TEXT | field ( "starts" | "ends" ) "with" TEXT | field "is" [ "not" ] "empty"
 * action    = "queue" SLUG | "priority" NUMBER | "skill" NAME [ "&gt;=" NUMBER ]
 * </pre>
 *
 * Words of the language are read in capitals too. A comment goes from {@code #} to the end of its line.
 */
public final class Parser {
    /** Most characters of a text. */
    public static final int LONGEST = 32_000;
    /** Most rules in it. */
    public static final int MOST_RULES = 500;

    private static final int MOST_PROBLEMS = 20;
    private static final int DEEPEST = 40;

    /**
     * What a text says.
     *
     * @param rules those that could be read
     * @param problems why others could not; empty if all could
     */
    public record Parsed(RuleSet rules, List<RuleProblem> problems) {
        /** Whether all of it could be read. */
        public boolean ok() {
            return problems.isEmpty();
        }
    }

    private final List<Token> tokens = new ArrayList<>();
    private final List<Token> comments = new ArrayList<>();
    private final Predicates predicates = new Predicates(this);
    private int at;
    private int depth;

    private Parser(List<Token> all) {
        for (var token : all) {
            (token.kind() == Token.Kind.COMMENT ? comments : tokens).add(token);
        }
    }

    /** Reads a text; never fails. */
    public static Parsed parse(String text) {
        if (text.length() > LONGEST) {
            return failed(
                    new RuleSyntax(Place.NOWHERE, "rules-too-long", "Rules are at most 32,000 characters long."), 0);
        }
        try {
            return new Parser(Lexer.tokens(text)).all();
        } catch (RuleSyntax e) {
            return failed(e, 0);
        }
    }

    private static Parsed failed(RuleSyntax e, int rule) {
        return new Parsed(RuleSet.NONE, List.of(e.problem(rule)));
    }

    private Parsed all() {
        var rules = new ArrayList<Rule>();
        var problems = new ArrayList<RuleProblem>();
        int number = 0;
        while (token().kind() != Token.Kind.END && problems.size() < MOST_PROBLEMS) {
            number++;
            try {
                if (number > MOST_RULES) {
                    throw new RuleSyntax(token().place(), "rules-too-many", "There are at most 500 rules.");
                }
                rules.add(rule());
            } catch (RuleSyntax e) {
                problems.add(e.problem(number));
                if (number > MOST_RULES) {
                    break;
                }
                nextRule();
            }
        }
        return new Parsed(new RuleSet(rules, takeComments(Integer.MAX_VALUE)), List.copyOf(problems));
    }

    /** Goes on behind a mistake: at what begins a line at its left edge, or behind a semicolon. */
    private void nextRule() {
        depth = 0;
        int line = token().place().line();
        while (token().kind() != Token.Kind.END) {
            if (token().is(";")) {
                at++;
                return;
            }
            if (token().place().line() > line && token().place().column() == 1) {
                return;
            }
            at++;
        }
    }

    private Rule rule() {
        var place = token().place();
        var name = Optional.<String>empty();
        if (token().kind() == Token.Kind.TEXT) {
            name = Optional.of(token().text().strip()).filter(text -> !text.isEmpty());
            at++;
            need(":", "Behind a rule's name stands a colon.");
        }
        var condition = condition();
        need("->", "A condition is followed by '->' and what to do.");
        var actions = new ArrayList<Action>();
        do {
            actions.add(action(actions));
        } while (take(","));
        take(";");
        return new Rule(
                name, condition, actions, takeComments(previous().place().line()), place);
    }

    private List<String> takeComments(int upToLine) {
        var lines = new ArrayList<String>();
        while (!comments.isEmpty() && comments.get(0).place().line() <= upToLine) {
            lines.add(comments.remove(0).text());
        }
        return lines;
    }

    private Condition condition() {
        return several(
                "or",
                () -> several("and", this::one, Condition.And::new, Condition.And.class),
                Condition.Or::new,
                Condition.Or.class);
    }

    private Condition several(
            String word,
            Supplier<Condition> part,
            java.util.function.Function<List<Condition>, Condition> joined,
            Class<? extends Condition> type) {
        var parts = new ArrayList<Condition>();
        do {
            var one = part.get();
            // (a and b) and c is a and b and c, so that a text that is formatted reads as it did.
            if (type.isInstance(one)) {
                parts.addAll(one instanceof Condition.And and ? and.all() : ((Condition.Or) one).any());
            } else {
                parts.add(one);
            }
        } while (take(word));
        return parts.size() == 1 ? parts.get(0) : joined.apply(parts);
    }

    private Condition one() {
        if (++depth > DEEPEST) {
            throw new RuleSyntax(token().place(), "rule-deep", "Conditions stand in each other at most 40 deep.");
        }
        var token = token();
        Condition found;
        if (take("not")) {
            found = not(one());
        } else if (take("(")) {
            found = condition();
            need(
                    ")",
                    "The parenthesis at line " + token.place().line() + ", column "
                            + token.place().column() + " is not closed.");
        } else if (take("always")) {
            found = new Condition.Always(token.place());
        } else if (take("queue")) {
            found = open(token.place());
        } else {
            found = predicates.read();
        }
        depth--;
        return found;
    }

    /** Twice not is nothing. */
    static Condition not(Condition condition) {
        return condition instanceof Condition.Not not ? not.inner() : new Condition.Not(condition);
    }

    private Condition open(Place start) {
        var slug = word("a queue", "rule-queue-name");
        need("is", "Behind a queue stands 'is open' or 'is closed'.");
        boolean not = take("not");
        if (!token().is("open") && !token().is("closed")) {
            throw wrong("Behind 'is' stands 'open' or 'closed'.");
        }
        boolean open = token().is("open") != not;
        at++;
        var test = new Condition.Open(slug, from(start));
        return open ? test : new Condition.Not(test);
    }

    private Action action(List<Action> before) {
        var start = token().place();
        if (take("queue")) {
            once(before, Action.ToQueue.class, start, "queue");
            return new Action.ToQueue(word("a queue", "rule-queue-name"), from(start));
        } else if (take("priority")) {
            once(before, Action.Priority.class, start, "priority");
            return new Action.Priority(whole(0, Action.MOST_PRIORITY, "A priority"), from(start));
        } else if (take("skill")) {
            var skill = word("a skill", "rule-skill-name");
            int level = take(">=") ? whole(1, Action.MOST_LEVEL, "A level") : 1;
            if (before.stream()
                    .anyMatch(a ->
                            a instanceof Action.Needs needs && needs.skill().equals(skill))) {
                throw new RuleSyntax(start, "rule-twice", "The skill " + skill + " is asked for twice.");
            }
            return new Action.Needs(skill, level, from(start));
        }
        throw wrong("What to do is 'queue', 'priority' or 'skill'.");
    }

    private static void once(List<Action> before, Class<? extends Action> type, Place place, String word) {
        if (before.stream().anyMatch(type::isInstance)) {
            throw new RuleSyntax(place, "rule-twice", "A rule has one '" + word + "' at most.");
        }
    }

    private int whole(int least, int most, String what) {
        var token = token();
        if (token.kind() == Token.Kind.NUMBER && token.text().matches("\\d{1,4}")) {
            int number = Integer.parseInt(token.text());
            if (number >= least && number <= most) {
                at++;
                return number;
            }
        }
        throw new RuleSyntax(
                token.place(), "rule-number", what + " is " + least + " to " + most + ", not " + token.shown() + ".");
    }

    String word(String what, String code) {
        var token = token();
        // A queue may be called 2026 or 24-7: in its place a number is a name.
        boolean name =
                token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.NUMBER || token.kind() == Token.Kind.DATE;
        if (!name || !token.text().matches("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")) {
            throw new RuleSyntax(
                    token.place(),
                    code,
                    "Here stands the short name of " + what + " (small letters, digits, hyphens), not " + token.shown()
                            + ".");
        }
        at++;
        return token.text();
    }

    Token token() {
        return tokens.get(at);
    }

    Token step() {
        return tokens.get(at++);
    }

    private Token previous() {
        return tokens.get(Math.max(0, at - 1));
    }

    /** From there to what was read last, on one line at least. */
    Place from(Place start) {
        var last = previous().place();
        int length = last.line() == start.line() ? last.column() + last.length() - start.column() : start.length();
        return new Place(start.line(), start.column(), Math.max(1, length));
    }

    boolean take(String word) {
        if (token().is(word)) {
            at++;
            return true;
        }
        return false;
    }

    void need(String word, String detail) {
        if (!take(word)) {
            throw wrong(detail);
        }
    }

    RuleSyntax wrong(String detail) {
        return new RuleSyntax(token().place(), "rule-syntax", detail + " Here is " + token().shown() + ".");
    }
}
