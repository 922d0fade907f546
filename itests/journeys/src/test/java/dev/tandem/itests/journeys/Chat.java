package dev.tandem.itests.journeys;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The chat panel of a session, on either side. */
final class Chat {
    private final Page page;

    Chat(Page page) {
        this.page = page;
    }

    Locator log() {
        return page.getByRole(AriaRole.LOG, new Page.GetByRoleOptions().setName("Messages of the conversation"));
    }

    Locator field() {
        return page.getByRole(
                AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Message").setExact(true));
    }

    /** The texts in the order they stand in. */
    Locator bubbles() {
        return log().locator(".bubble");
    }

    Locator message(String text) {
        return bubbles().filter(new Locator.FilterOptions().setHasText(text));
    }

    void say(String text) {
        field().fill(text);
        field().press("Enter");
    }
}
