package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

/** What axe has against pages, in both appearances. Noted, and told at the end, so that one run tells all. */
final class Audit {
    private static final Set<String> SERIOUS = Set.of("serious", "critical");

    private final List<String> findings = new ArrayList<>();

    /** Leaves the page in the light. */
    void look(Page page, String what) {
        for (var scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions()
                    .setColorScheme(scheme)
                    .setReducedMotion(ReducedMotion.REDUCE)); // a colour on its way to another is neither
            Review.axe(page).analyze().getViolations().stream()
                    .filter(rule -> SERIOUS.contains(rule.getImpact()))
                    .flatMap(rule -> rule.getNodes().stream()
                            .map(node -> what + " in " + scheme + ": " + rule.getId() + ": " + node.getHtml() + " "
                                    + node.getFailureSummary()))
                    .forEach(findings::add);
        }
    }

    void nothingSeriousWasFound() {
        assertEquals("", String.join("\n", findings));
    }
}
