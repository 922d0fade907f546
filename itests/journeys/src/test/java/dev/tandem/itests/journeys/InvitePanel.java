package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;

/** The Invite panel, as somebody who reads English uses it. */
final class InvitePanel {
    private final Locator panel;

    InvitePanel(Locator panel) {
        this.panel = panel;
    }

    Locator whole() {
        return panel;
    }

    InvitePanel whom(String whom) {
        return choose(whom);
    }

    InvitePanel by(String way) {
        return choose(way);
    }

    private InvitePanel choose(String option) {
        panel.getByText(option, new Locator.GetByTextOptions().setExact(true))
                .first()
                .click();
        return this;
    }

    Locator address() {
        return panel.getByLabel("E-mail address");
    }

    Locator own() {
        return panel.getByLabel("Send with my own mail program");
    }

    /** Types the address and sends by the server. */
    InvitePanel sendByServer(String address) {
        own().uncheck();
        address().fill(address);
        button("Send").click();
        return this;
    }

    Locator button(String name) {
        return panel.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The row of the invitation of that address. */
    Locator invitation(String address) {
        return panel.locator("[data-invitation]")
                .filter(new Locator.FilterOptions().setHasText(address))
                .first();
    }

    InvitePanel awaitState(String address, String state) {
        assertThat(invitation(address))
                .hasAttribute(
                        "data-state",
                        state,
                        new com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions()
                                .setTimeout(60_000));
        return this;
    }

    Locator pin() {
        return panel.locator(".pin:not(.compact)");
    }

    String pinDigits() {
        return pin().innerText().replaceAll("\\D", "");
    }

    Locator seats() {
        return panel.locator("li[data-seat]");
    }

    /** Links for outside viewers. */
    Locator viewers() {
        return panel.locator("[data-viewer]");
    }
}
