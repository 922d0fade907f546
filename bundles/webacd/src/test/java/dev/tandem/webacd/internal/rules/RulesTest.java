package dev.tandem.webacd.internal.rules;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.Test;

public class RulesTest {
    private static final Vocabulary VOCABULARY = new Vocabulary(
            Set.of("printers", "sales"),
            Set.of("french"),
            Map.of(
                    "product", new Vocabulary.Answer(Vocabulary.Kind.TEXT, List.of()),
                    "pages", new Vocabulary.Answer(Vocabulary.Kind.NUMBER, List.of()),
                    "colour", new Vocabulary.Answer(Vocabulary.Kind.CHOICE, List.of("Red", "Blue"))));

    private static final String EXAMPLE = "company = \"Acme\" and language in (\"fr\",\"it\") and form.product contains"
            + " \"printer\" and time between 08:00 and 12:00 -> queue printers, priority 3, skill french >= 5";

    private static Facts facts(String company, String language, String at) {
        return new Facts(
                company,
                language,
                "Windows",
                "transfer",
                Optional.empty(),
                Map.of("product", "Laser Printer 3000", "pages", "20"),
                Map.of(),
                LocalDateTime.parse(at),
                "printers"::equals);
    }

    private static List<String> problems(String text) {
        return Checks.check(text, VOCABULARY).stream()
                .map(p -> p.code() + " " + p.line() + ":" + p.column())
                .toList();
    }

    private static String detail(String text) {
        return Checks.check(text, VOCABULARY).get(0).detail();
    }

    /** One problem, where the mark stands. */
    private static void finds(String code, String marked) {
        int at = marked.indexOf('^');
        var text = marked.substring(0, at) + marked.substring(at + 1);
        var before = marked.substring(0, at);
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        int column = at - before.lastIndexOf('\n');
        assertEquals(marked, List.of(code + " " + line + ":" + column), problems(text));
    }

    @Test
    public void theExampleOfTheContract() {
        assertEquals(List.of(), problems(EXAMPLE));
        var rules = Parser.parse(EXAMPLE).rules();
        var rule = Evaluator.first(rules, facts("ACME ", "fr-CH", "2026-11-23T08:00:59"))
                .orElseThrow();
        assertEquals("printers", rule.queue().orElseThrow().queue());
        assertEquals(Optional.of(3), rule.priority());
        assertEquals(5, rule.skills().get(0).level());
        assertEquals(Optional.empty(), Evaluator.first(rules, facts("Acme", "fr", "2026-11-23T12:00")));
        assertEquals(Optional.empty(), Evaluator.first(rules, facts("Acme", "de", "2026-11-23T09:00")));
        assertEquals(
                List.of("company = \"Acme\", but it is \"Beta\"", "time between 08:00 and 12:00, but it is \"13:00\""),
                Trial.run(rules, facts("Beta", "it", "2026-11-23T13:00")).get(0).because());
    }

    @Test
    public void everySortOfTest() {
        for (var holds : List.of(
                "always",
                "day between monday and friday and day != sunday",
                "day between friday and monday",
                "date = 2026-11-23 and date between 2026-11-01 and 2026-11-30",
                "time between 22:00 and 10:00",
                "time >= 9:00",
                "form.pages between 20 and 20 and form.pages > 19.5 and not form.pages < 20",
                "form.product starts with \"laser\" and form.product ends with \"3000\"",
                "attribute.plan is empty and company is not empty",
                "attribute.plan != \"gold\"",
                "os in (\"windows\", \"macos\")",
                "queue printers is open and queue sales is closed and queue sales is not open",
                "entry is empty and source = \"transfer\"",
                "not (company = \"Beta\" or language = \"en\")")) {
            var parsed = Parser.parse(holds + " -> queue printers");
            assertEquals(holds, List.of(), parsed.problems());
            assertTrue(
                    holds,
                    Evaluator.first(parsed.rules(), facts("Acme", "fr", "2026-11-23T09:30"))
                            .isPresent());
        }
    }

    @Test
    public void mistakesAreToldWithLineAndColumn() {
        finds("rule-field", "always -> queue sales\n^compny = \"x\" -> queue sales");
        finds("rule-syntax", "company ^\"Acme\" -> queue sales");
        finds("rule-quotes", "company = ^\"Acme -> queue sales");
        finds("rule-escape", "company = \"Ac^\\me\" -> queue sales");
        finds("rule-value", "company = ^Acme -> queue sales");
        finds("rule-value", "company = ^\" \" -> queue sales");
        finds("rule-value", "time between 08:00 and ^25:00 -> queue sales");
        finds("rule-value", "time = ^24:00 -> queue sales");
        finds("rule-value", "date = ^2026-02-30 -> queue sales");
        finds("rule-value", "day = ^mon -> queue sales");
        finds("rule-operator", "language ^> \"fr\" -> queue sales");
        finds("rule-operator", "time ^is empty -> queue sales");
        finds("rule-value", "form.pages > ^\"3\" -> queue sales");
        finds("rule-value", "form.pages in (3, ^\"3\") -> queue sales");
        finds("rule-between", "form.pages between 30 and ^20 -> queue sales");
        finds("rule-syntax", "always ^queue sales");
        finds("rule-number", "always -> priority ^10");
        finds("rule-number", "always -> skill french >= ^0");
        finds("rule-twice", "always -> queue sales, ^queue printers");
        finds("rule-twice", "always -> skill french, ^skill french >= 3");
        finds("rule-queue-name", "always -> queue ^Sales");
        finds("rule-character", "^§");
        finds("rule-word", "^a.b.c = 1 -> queue sales");
        finds("rule-syntax", "(company = \"Acme\" ^-> queue sales");
        finds("rule-syntax", "always ->^");
        finds("rule-deep", "not ".repeat(40) + "^not always -> queue sales");
        assertEquals(
                "There is no field 'compny'. Fields are company, language, os, source, entry, time, day, date,"
                        + " form.KEY and attribute.KEY.",
                detail("compny = \"x\" -> queue sales"));
    }

    @Test
    public void afterAMistakeTheNextRuleIsReadAllTheSame() {
        assertEquals(
                List.of("rule-value 1:11", "rule-number 3:20"),
                problems("company = Acme\n  -> queue sales\nalways -> priority 99\nalways -> queue sales"));
    }

    @Test
    public void wordsThatNobodyKnows() {
        finds("rule-unknown-queue", "always -> ^queue printer");
        assertEquals("There is no queue 'printer'. Is 'printers' meant?", detail("always -> queue printer"));
        finds("rule-unknown-queue", "^queue nowhere is open -> queue sales");
        finds("rule-unknown-queue", "^entry = nowhere -> queue sales");
        finds("rule-unknown-skill", "always -> queue sales, ^skill welsh");
        finds("rule-unknown-field", "os = \"x\" or ^form.prodct = \"x\" -> queue sales");
        finds("rule-unknown-language", "^language = \"xx\" -> queue sales");
        finds("rule-unknown-language", "^language = \"french\" -> queue sales");
        finds("rule-field-type", "^form.pages = \"3\" -> queue sales");
        finds("rule-field-type", "^form.product = 3 -> queue sales");
        finds("rule-unknown-option", "^form.colour = \"green\" -> queue sales");
        assertEquals(List.of(), problems("language in (\"gsw\", \"pt-BR\", \"zh-Hant\") -> queue sales"));
    }

    /** A name that nobody knows hides no other mistake, and is none of a rule that speaks of something else. */
    @Test
    public void whatIsWrongIsToldAllAtOnce() {
        var text = "company = \"Acme\" -> queue nowhere\n"
                + "language = \"fr\" and language = \"nl\" -> queue sales\n"
                + "form.nothing = \"x\" -> queue sales\n"
                + "company = \"Acme\" and language = \"fr\" -> queue sales\n"
                + "language = \"nl\" -> queue sales";
        assertEquals(
                List.of("1 rule-unknown-queue", "2 rule-contradiction", "3 rule-unknown-field", "4 rule-shadowed"),
                Checks.check(text, VOCABULARY).stream()
                        .map(one -> one.line() + " " + one.code())
                        .toList());
    }

    @Test
    public void whatNeverMatchesIsToldAtItsPlace() {
        finds("rule-contradiction", "company = \"Acme\" and ^company = \"Beta\" -> queue sales");
        finds("rule-contradiction", "time < 08:00 and ^time > 09:00 -> queue sales");
        finds("rule-contradiction", "day = monday and ^date = 2026-11-24 -> queue sales");
        finds("rule-contradiction", "form.pages > 3 and not ^form.pages > 2 -> queue sales");
        finds(
                "rule-contradiction",
                "form.colour != \"Red\" and form.colour != \"Blue\" and ^form.colour is not empty -> queue sales");
        finds("rule-contradiction", "company starts with \"Ac\" and ^company = \"Beta\" -> queue sales");
        finds("rule-contradiction", "queue sales is open and ^queue sales is closed -> queue sales");
        finds("rule-contradiction", "not ^always -> queue sales");
        assertEquals(
                "'company = \"Beta\"' contradicts what stands before it: this rule never matches.",
                detail("company = \"Acme\" and company = \"Beta\" -> queue sales"));
    }

    @Test
    public void aPartThatNeverHoldsIsToldToo() {
        finds("rule-contradiction", "company = \"Acme\" or company = \"Beta\" and ^company = \"Gamma\" -> queue sales");
    }

    @Test
    public void aRuleBehindOneThatTakesEverythingIsTold() {
        finds(
                "rule-shadowed",
                "company = \"Acme\" -> queue sales\n^company = \"acme\" and os = \"Linux\" -> queue printers");
        finds("rule-shadowed", "language = \"fr\" -> queue sales\n^language = \"fr-CH\" -> queue printers");
        finds("rule-shadowed", "time < 12:00 -> queue sales\ntime >= 12:00 -> queue printers\n^always -> queue sales");
        assertEquals(List.of(), problems("language = \"fr-CH\" -> queue sales\nlanguage = \"fr\" -> queue printers"));
        assertTrue(
                detail("always -> queue sales\nos = \"Linux\" -> queue sales").contains("rule 1 in line 1"));
    }

    @Test
    public void aRuleIntoAQueueThatIsClosedIsTold() {
        finds("rule-into-closed", "queue sales is closed -> ^queue sales");
    }

    @Test
    public void whatWasFormattedKeepsItsComments() {
        var text =
                "# Printers\n\"Mornings\":   (company=\"Acme\"   and time<12:00)and os!=\"Linux\"->queue printers;\n\n# the end";
        var formatted = Formatter.text(Parser.parse(text).rules());
        assertEquals(
                "# Printers\n\"Mornings\": company = \"Acme\" and time < 12:00 and os != \"Linux\" -> queue printers\n"
                        + "# the end\n",
                formatted);
        assertEquals(formatted, Formatter.text(Parser.parse(formatted).rules()));
    }

    @Test
    public void manyRulesAreCheckedInNoTimeAtAll() {
        var text = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            text.append("company = \"C").append(i).append("\" and not os = \"x\" -> queue sales\n");
        }
        assertEquals(List.of(), problems(text.toString()));
        assertEquals(List.of("rules-too-long 1:1"), problems("#".repeat(32_001)));
        var many = "always -> queue sales\n".repeat(501);
        assertTrue(Parser.parse(many).problems().get(0).code().equals("rules-too-many"));
    }

    private static String filled(String between, java.util.function.IntFunction<String> part) {
        var text = new StringBuilder(part.apply(0));
        var end = " -> queue printers";
        for (int i = 1;
                text.length() + part.apply(i).length() + between.length() + end.length() <= Parser.LONGEST;
                i++) {
            text.append(between).append(part.apply(i));
        }
        return text + end;
    }

    /** Each of these has taken from ten seconds to minutes; the bound is one that a busy machine keeps. */
    @Test(timeout = 60_000)
    public void aRuleAsLongAsCanBeIsCheckedSoon() {
        assertEquals(List.of(), problems(filled(" and ", i -> "company != \"a" + i + "\"")));
        assertEquals(List.of(), problems(filled(" and ", i -> "company contains \"a" + i + "\"")));
        assertEquals(List.of(), problems(filled(" and ", i -> "not company contains \"a" + i + "\"")));
        assertEquals(List.of(), problems(filled(" and ", i -> "form.pages != " + i)));
        assertEquals(List.of(), problems(filled(" or ", i -> "form.pages = " + i)));
        assertEquals(
                List.of(),
                problems(filled(" and ", i -> "(company contains \"a" + i + "\" or company contains \"b" + i + "\")")));
        // And what can be found is still found, where it stands.
        var long1 = filled(" and ", i -> i == 9 ? "os = \"a\"" : i == 700 ? "os = \"b\"" : "company != \"a" + i + "\"");
        assertEquals(List.of("rule-contradiction 1:" + (long1.indexOf("os = \"b\"") + 1)), problems(long1));
    }
}
