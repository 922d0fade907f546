package dev.tandem.itests.rules;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.Before;
import org.junit.Test;

/** The UI speaks four languages: no key is missing, unused or left in English, and the terms are the agreed ones. */
public class CataloguesTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final List<String> OTHERS = List.of("fr", "it", "nl");

    private List<Catalogue> catalogues;
    private final List<String> faults = new ArrayList<>();

    @Before
    public void read() {
        catalogues = new House()
                .bundles().stream().filter(Catalogue::isIn).map(Catalogue::new).toList();
        assertFalse("no bundle has catalogues: this test sees nothing", catalogues.isEmpty());
    }

    @Test
    public void allLanguagesHaveTheSameKeys() {
        for (var catalogue : catalogues) {
            for (var language : OTHERS) {
                report(catalogue, language + " lacks", without(catalogue.in("en"), catalogue.in(language)));
                report(catalogue, language + " has in excess", without(catalogue.in(language), catalogue.in("en")));
            }
        }
        assertNoFaults();
    }

    @Test
    public void everyKeyAskedForIsThere() {
        for (var catalogue : catalogues) {
            var asked = catalogue.asked();
            asked.removeIf(catalogue::has);
            report(catalogue, "modules ask for keys that are missing:", asked);
        }
        assertNoFaults();
    }

    @Test
    public void everyKeyIsUsed() {
        for (var catalogue : catalogues) {
            report(catalogue, "nobody uses", catalogue.unused());
        }
        assertNoFaults();
    }

    @Test
    public void nothingIsLeftInEnglish() throws IOException {
        var terms = terms();
        for (var catalogue : catalogues) {
            var needless = new TreeSet<>(catalogue.same());
            for (var language : OTHERS) {
                for (var entry : catalogue.in(language).entrySet()) {
                    var english = catalogue.in("en").getOrDefault(entry.getKey(), "");
                    if (!entry.getValue().equals(english)) {
                        continue;
                    }
                    needless.remove(entry.getKey());
                    boolean agreed = terms.getOrDefault(english, Map.of())
                            .getOrDefault(language, "")
                            .equals(english);
                    if (!agreed && !catalogue.same().contains(entry.getKey())) {
                        fault(catalogue, language + " is English: " + entry.getKey() + " = " + english);
                    }
                }
            }
            report(catalogue, "same.json names needlessly", needless);
        }
        assertNoFaults();
    }

    @Test
    public void noTextIsBlankAndPlaceholdersAgree() {
        for (var catalogue : catalogues) {
            for (var language : Catalogue.LANGUAGES) {
                for (var entry : catalogue.in(language).entrySet()) {
                    if (entry.getValue().isBlank()) {
                        fault(catalogue, language + " is blank: " + entry.getKey());
                    }
                    var english = catalogue.in("en").getOrDefault(entry.getKey(), entry.getValue());
                    if (!placeholders(english).equals(placeholders(entry.getValue()))) {
                        fault(catalogue, language + " has other placeholders: " + entry.getKey());
                    }
                }
            }
        }
        assertNoFaults();
    }

    @Test
    public void termsAreTheAgreedOnes() throws IOException {
        var terms = terms();
        int used = 0;
        for (var catalogue : catalogues) {
            for (var entry : catalogue.in("en").entrySet()) {
                var term = terms.get(entry.getValue());
                if (term == null) {
                    continue;
                }
                used++;
                for (var language : OTHERS) {
                    var text = catalogue.in(language).get(entry.getKey());
                    if (!term.get(language).equals(text)) {
                        fault(
                                catalogue,
                                "%s %s: \"%s\", agreed is \"%s\""
                                        .formatted(language, entry.getKey(), text, term.get(language)));
                    }
                }
            }
        }
        assertNoFaults();
        assertTrue("no agreed term is used: this test sees nothing", used > 0);
    }

    /** The table of terms: English to language to text. */
    private static Map<String, Map<String, String>> terms() throws IOException {
        try (var in = CataloguesTest.class.getResourceAsStream("/terms.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(";"))
                    .collect(Collectors.toMap(t -> t[0], t -> Map.of("fr", t[1], "it", t[2], "nl", t[3])));
        }
    }

    private static Set<String> without(Map<String, String> some, Map<String, String> others) {
        var rest = new TreeSet<>(some.keySet());
        rest.removeAll(others.keySet());
        return rest;
    }

    private static Set<String> placeholders(String text) {
        var names = new HashSet<String>();
        var matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private void report(Catalogue catalogue, String what, Set<String> keys) {
        if (!keys.isEmpty()) {
            fault(catalogue, what + " " + keys);
        }
    }

    private void fault(Catalogue catalogue, String what) {
        faults.add(catalogue.name() + ": " + what);
    }

    private void assertNoFaults() {
        assertEquals("", String.join("\n", faults));
    }
}
