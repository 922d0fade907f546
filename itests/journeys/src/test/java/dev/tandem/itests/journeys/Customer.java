package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The customer's page, as somebody who reads English uses it. */
final class Customer {
    static final String NAME = "Marie D.";

    private final Person person;
    private final Page page;

    Customer(Person person, Page page) {
        this.person = person;
        this.page = page;
    }

    /** Opens the client URL and joins. */
    static Customer join(Person person, Site site, String pin) {
        return join(person, site.karaf().uri() + "/j/" + site.name() + "/" + pin);
    }

    static Customer join(Person person, String url) {
        return new Customer(person, person.open(url)).enter(NAME);
    }

    static Customer join(Person person, String url, String name) {
        return new Customer(person, person.open(url)).enter(name);
    }

    /** Says who it is and waits for the remote-support page. */
    Customer enter(String name) {
        nameField().fill(name);
        nameField().press("Enter");
        chat().field().waitFor();
        return this;
    }

    Locator nameField() {
        return page.getByLabel(Pattern.compile("name", Pattern.CASE_INSENSITIVE))
                .first();
    }

    Locator pinField() {
        return page.getByLabel(Pattern.compile("PIN")).first();
    }

    Page page() {
        return page;
    }

    Person person() {
        return person;
    }

    Locator button(String name) {
        return page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .first();
    }

    Locator text(String text) {
        return page.getByText(text).first();
    }

    Locator text(Pattern text) {
        return page.getByText(text).first();
    }

    Chat chat() {
        return new Chat(page);
    }

    /** Shares the whole screen; the browser's own question is answered by a flag. */
    Customer share() {
        button("Share my screen").click();
        assertThat(button("Stop sharing")).isVisible();
        return this;
    }

    /** The session's id, as the page's own requests name it. */
    String session() {
        return (String)
                page.evaluate(
                        """
                performance.getEntriesByType('resource').map((e) => e.name.match(/\\/api\\/(?:chat|sessions|screen)\\/([0-9a-f-]{36})/))
                  .filter(Boolean).at(-1)[1]""");
    }
}
