package dev.tandem.itests.journeys;

import static org.junit.Assert.fail;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** Somebody without a mouse. */
final class Keyboard {
    private static final int MOST_TABS = 60;

    private final Page page;

    Keyboard(Page page) {
        this.page = page;
    }

    /** Presses Tab until it has the focus. */
    Keyboard tabTo(Locator target) {
        target.waitFor();
        for (int presses = 0; presses < MOST_TABS; presses++) {
            if (hasFocus(target)) {
                return this;
            }
            page.keyboard().press("Tab");
        }
        fail("cannot be reached by Tab: " + target);
        return this;
    }

    Keyboard press(String key) {
        page.keyboard().press(key);
        return this;
    }

    Keyboard type(String text) {
        page.keyboard().type(text);
        return this;
    }

    private static boolean hasFocus(Locator target) {
        return (Boolean)
                target.evaluate(
                        """
                (element) => {
                  let active = document.activeElement;
                  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
                  return active === element;
                }""");
    }
}
