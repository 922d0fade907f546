package dev.tandem.itests.journeys;

import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The desktop's Administration view, as somebody who reads English uses it. */
final class Administration {
    private final Page page;

    private Administration(Page page) {
        this.page = page;
    }

    /** Opens the view at a section by its address, and signs in. */
    static Administration open(Person agent, Site site, String section) {
        var page = agent.open(site.karaf().uri() + "/desktop#admin/" + section);
        signIn(page, agent);
        var opened = new Administration(page);
        opened.heading().waitFor();
        return opened;
    }

    static void signIn(Page page, Person agent) {
        page.getByLabel("User name").fill(agent.signIn().user());
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                .fill(agent.signIn().password());
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Sign in").setExact(true))
                .click();
    }

    Page page() {
        return page;
    }

    private Locator view() {
        return page.locator("platform-admin");
    }

    private Locator heading() {
        return view().locator("main h2").first();
    }

    Administration section(String section) {
        view().locator("nav a[href='#admin/" + section + "']").click();
        heading().waitFor();
        return this;
    }

    private Locator setting(String key) {
        return view().locator("[data-key='" + key + "']");
    }

    Locator field(String key) {
        return setting(key).locator("input, select");
    }

    void type(String key, String value) {
        field(key).fill(value);
    }

    void save(String key) {
        setting(key).getByText("Save").click();
    }

    void putBack(String key) {
        setting(key)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Put back")))
                .click();
    }

    /** What is said of a setting after an attempt to change it. */
    Locator result(String key) {
        return setting(key).locator(".result");
    }

    Locator what(String key) {
        return setting(key).locator(".what");
    }

    Locator person(String agent) {
        return view().locator(".person[data-agent='" + agent + "']");
    }

    /** Opens a person's menu and chooses from it. */
    void choose(String agent, String command) {
        person(agent).locator("platform-menu button.opener").click();
        person(agent)
                .getByRole(AriaRole.MENUITEM, new Locator.GetByRoleOptions().setName(command))
                .click();
    }

    Locator feature(String slice) {
        return view().locator("[data-name='dev.tandem." + slice + "']");
    }

    /** The button that stops or starts a slice. */
    Locator switchOf(String slice) {
        return feature(slice).locator("button");
    }

    Locator nodes() {
        return page.locator("platform-nodes .node");
    }

    Locator check(String name) {
        return page.locator("platform-nodes [data-check='" + name + "']");
    }

    Locator says(String check) {
        return check(check).locator(".says");
    }

    Locator dialog() {
        return view().locator("dialog[open]");
    }

    /** What the open dialog says. */
    Locator asked() {
        return view().locator("tandem-dialog[open]");
    }

    /** A button of the view or of its open dialog. */
    Locator button(String name) {
        return view().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true))
                .first();
    }

    /** The button at the foot of the dialog that does what it is about. */
    Locator confirm() {
        return view().locator("tandem-dialog[open] button.primary[slot=footer]");
    }
}
