package dev.tandem.itests.journeys;

import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The agent's desktop with its remote-support tab, as somebody who reads English uses it. */
final class Desktop {
    static final Pattern GROUPED_PIN = Pattern.compile("\\d{3}[ \\u00a0\\u202f]\\d{3}[ \\u00a0\\u202f]\\d{3}");

    private final Person agent;
    private final Page page;

    private Desktop(Person agent, Page page) {
        this.agent = agent;
        this.page = page;
    }

    /** Opens the desktop and selects the interaction with that customer. */
    static Desktop open(Person agent, String desktop, String customer) {
        var opened = new Desktop(agent, agent.open(desktop));
        var entry = opened.page
                .getByRole(AriaRole.BUTTON)
                .filter(new Locator.FilterOptions().setHasText(customer))
                .first();
        var user = opened.page.getByLabel("User name");
        entry.or(user).first().waitFor();
        if (user.isVisible()) {
            opened.signIn();
        }
        entry.click();
        return opened;
    }

    static Desktop open(Person agent, Site site, String customer) {
        return open(agent, site.karaf().uri() + "/desktop", customer);
    }

    /** Opens the desktop on a call that was taken, and starts the remote support. */
    static Desktop supporting(Person agent, Site site) {
        site.call();
        return open(agent, site, "Marie Dupont").start();
    }

    /** Opens the desktop and joins a colleague's session by its number, as Provide support > Assist session has it. */
    static Desktop assisting(Person agent, Site site, String number) {
        return signedIn(agent, site).assist(number);
    }

    /** Opens the desktop, on whatever it shows. */
    static Desktop signedIn(Person agent, Site site) {
        var opened = new Desktop(agent, agent.open(site.karaf().uri() + "/desktop"));
        var user = opened.page.getByLabel("User name");
        opened.button("Provide support").or(user).first().waitFor();
        if (user.isVisible()) {
            opened.signIn();
        }
        opened.button("Provide support").waitFor();
        return opened;
    }

    /** Types the number into the dialog of <i>Assist session</i>, presses <i>Join</i> and waits for the tab. */
    Desktop assist(String number) {
        typeNumber(number);
        support().waitFor();
        return this;
    }

    /** Types the number into the dialog of <i>Assist session</i> and presses <i>Join</i>. */
    Desktop typeNumber(String number) {
        button("Provide support").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Assist session"))
                .click();
        var dialog = page.locator("#assist");
        dialog.getByLabel("Session number").fill(number);
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Join"))
                .click();
        return this;
    }

    /** The remote-support element that is seen now; it says in its attributes what the agent may. */
    Locator support() {
        return page.locator("[data-epoch]:visible").first();
    }

    /** The session's number as the side tab Session shows it. */
    String sessionNumber() {
        return show("Session").locator(".big").innerText();
    }

    /** Shows a side tab; what it holds. */
    Locator show(String tab) {
        tab(tab).click();
        return page.getByRole(AriaRole.TABPANEL, new Page.GetByRoleOptions().setName(Pattern.compile("^" + tab)))
                .first();
    }

    /** Somebody's line in the side tab Participants. */
    Locator participant(String name) {
        return show("Participants").getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(name));
    }

    /** An entry of the toolbar's menu Session, which is opened for it. */
    Locator sessionCommand(String name) {
        button("Session").click();
        return page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(Pattern.compile("^" + name)))
                .first();
    }

    /** The dialog in which control is passed, by its button: where sessions are routed, by the arrow of Transfer session. */
    Locator transferDialog() {
        var panel = show("Session");
        var more = panel.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("More ways to transfer"));
        var control = panel.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Transfer control")));
        control.or(more).waitFor();
        if (control.isVisible()) {
            control.click();
        } else {
            more.click();
            page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(Pattern.compile("^Transfer control")))
                    .click();
        }
        var dialog = page.locator("#transfer-control");
        dialog.getByText("Choose who takes control.").waitFor();
        return dialog;
    }

    /** Passes control to a colleague in the dialog. */
    Desktop passControlTo(String name) {
        transferDialog()
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name))
                .click();
        return this;
    }

    /** What the tab says above the picture of a change of control or of the customer. */
    Locator notice() {
        return page.locator(".banner[data-change]:visible");
    }

    private void signIn() {
        page.getByLabel("User name").fill(agent.signIn().user());
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                .fill(agent.signIn().password());
        button("Sign in").click();
    }

    /** Presses <i>Remote support</i>, then <i>Start</i> if no session lives yet, and waits for the connection panel. */
    Desktop start() {
        press();
        if (startDialog().isVisible()) {
            startDialog().click();
        }
        pin().waitFor();
        return this;
    }

    /** Presses <i>Remote support</i> and waits for the Start dialog, or the session that lives. */
    Desktop press() {
        button("Remote support").click();
        pin().or(startDialog()).first().waitFor();
        return this;
    }

    /** Goes to the interaction with that customer. */
    Desktop select(String customer) {
        page.getByRole(AriaRole.BUTTON)
                .filter(new Locator.FilterOptions().setHasText(customer))
                .first()
                .click();
        return this;
    }

    /** Ends the session from the menu, and says yes where that is asked. */
    Desktop endSession() {
        button("Session").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("End session"))
                .click();
        var sure = button("End session");
        var ended = page.getByText("The session has ended");
        sure.or(ended).first().waitFor();
        if (sure.isVisible()) {
            sure.click();
        }
        ended.first().waitFor();
        return this;
    }

    /** The id of the session that is shown. */
    String session() {
        return (String)
                page.evaluate(
                        """
                performance.getEntriesByType('resource').map((e) => e.name.match(/\\/api\\/(?:chat|sessions|screen)\\/([0-9a-f-]{36})/))
                  .filter(Boolean).at(-1)[1]""");
    }

    /** Opens the Invite panel from the toolbar. */
    InvitePanel invite() {
        button("Invite").click();
        return invitePanel();
    }

    /** The Invite panel, if it is open. */
    InvitePanel invitePanel() {
        return new InvitePanel(page.locator("#invite"));
    }

    /** The Start dialog's button. */
    Locator startDialog() {
        return page.locator("#start")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Start").setExact(true));
    }

    Page page() {
        return page;
    }

    Person agent() {
        return agent;
    }

    /** The connection panel before the customer has joined. */
    Locator panel() {
        return page.locator(".connect:visible");
    }

    /** The connection's line once the customer has joined. */
    Locator statusLine() {
        return page.locator("dl.statusline:visible");
    }

    /** The PIN as the agent reads it: digits in groups. */
    Locator pin() {
        return panel().or(statusLine())
                .getByText(GROUPED_PIN)
                .filter(new Locator.FilterOptions().setVisible(true))
                .first();
    }

    String pinDigits() {
        return pin().innerText().replaceAll("\\D", "");
    }

    /** The value of a line of the connection panel, before the join or after it. */
    Locator line(String label) {
        return panel().or(statusLine())
                .locator("div")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(
                                "dt", new Page.LocatorOptions().setHasText(Pattern.compile("^" + label + "$")))))
                .locator("dd");
    }

    Locator button(String name) {
        return page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .first();
    }

    /** A tab of the side panels or of the interaction. */
    /** A side tab. Sessions of the strip are tabs too, and may be called "Session" and their number. */
    Locator tab(String name) {
        return page.locator(".tabs[role=tablist]")
                .getByRole(AriaRole.TAB, new Locator.GetByRoleOptions().setName(Pattern.compile("^" + name)))
                .first();
    }

    /** A tab of the desktop itself, of the customer that is shown. */
    Locator desktopTab(String name) {
        return page.getByRole(AriaRole.TABLIST, new Page.GetByRoleOptions().setName("Tabs of this customer"))
                .getByRole(AriaRole.TAB, new Locator.GetByRoleOptions().setName(name));
    }

    Locator text(String text) {
        return page.getByText(text).first();
    }

    Desktop showChat() {
        tab("Chat").click();
        return this;
    }

    Chat chat() {
        return new Chat(page);
    }

    /** The picture of the customer's screen. */
    Picture picture() {
        return new Picture(page);
    }

    /** What the clipboard holds. */
    String clipboard() {
        return (String) page.evaluate("navigator.clipboard.readText()");
    }
}
