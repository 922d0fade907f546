package dev.tandem.itests.journeys;

import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The dialog Transfer session in an agent's desktop. */
final class Handover {
    private final Page page;

    Handover(Page page) {
        this.page = page;
    }

    /** From the menu Session of the toolbar. */
    static Handover fromToolbar(Desktop desktop) {
        desktop.sessionCommand("Transfer session").click();
        return new Handover(desktop.page()).here();
    }

    /** From the button of the side tab Session. */
    static Handover fromTab(Desktop desktop) {
        desktop.show("Session").locator("#hand-over").click();
        return new Handover(desktop.page()).here();
    }

    private Handover here() {
        dialog().getByRole(AriaRole.TABLIST).waitFor();
        return this;
    }

    Locator dialog() {
        return page.locator("#transfer-session");
    }

    Locator queue(String name) {
        return dialog().getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName(Pattern.compile("^" + name)));
    }

    Locator agent(String name) {
        return dialog().getByRole(
                        AriaRole.CHECKBOX, new Locator.GetByRoleOptions().setName(Pattern.compile("^" + name)));
    }

    Handover agents() {
        tab("agents").click();
        return this;
    }

    Handover queues() {
        tab("queues").click();
        return this;
    }

    Locator tab(String id) {
        return dialog().locator("#tab-" + id);
    }

    Locator message() {
        return dialog().locator("#reason");
    }

    Locator count() {
        return dialog().locator("#reason-count");
    }

    Locator alert() {
        return dialog().getByRole(AriaRole.ALERT);
    }

    Locator send() {
        return dialog().locator("button.primary");
    }

    Locator cancel() {
        return dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel"));
    }
}
