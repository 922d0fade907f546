package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** How sessions start, and the ways to invite customers and colleagues. */
public class InvitingIT {
    private static final String MARIE = "marie@customer.test";
    private static final String BEN = "ben@colleague.test";

    @Rule
    public final Scene scene = new Scene();

    private Desktop supporting(Site site) {
        return Desktop.supporting(scene.agent(site), site);
    }

    @Test
    public void W2_theMailWindowOpensByItselfWhenItWasTickedAndElseNot() {
        var site = Site.create(Running.karaf());
        var agent = scene.agent(site);
        site.call();
        var desktop = Desktop.open(agent, site, "Marie Dupont").press();
        assertThat(desktop.startDialog()).isFocused();
        var mail = desktop.page().locator("#start").getByLabel("E-mail");
        assertThat(mail).not().isChecked();
        mail.check();
        desktop.startDialog().click();
        desktop.pin().waitFor();
        assertThat(desktop.invitePanel().address()).isFocused();

        desktop.endSession();
        desktop.page()
                .locator(".plain")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Back to the call"))
                .click();
        desktop.press();
        assertThat(mail).isChecked();
        mail.uncheck();
        desktop.startDialog().click();
        desktop.pin().waitFor();
        assertThat(desktop.invitePanel().whole()).isHidden();
    }

    @Test
    public void W4_settingsDecideWhetherOneOrSeveralSessionsLiveAtOnce() {
        var site = Site.create(Running.karaf());
        site.set("session.mode", "SINGLE");
        var first = site.support(scene).view();
        site.arrive("CALL", site.anna(), "Zoe Second");
        var desktop = Desktop.open(scene.agent(site), site, "Zoe Second").press();
        assertThat(desktop.page().locator("#start")).containsText("One session at a time");
        desktop.startDialog().click();
        var dialog = desktop.page().locator("#start");
        var number = first.get("number").asText();
        assertThat(dialog).containsText(Pattern.compile(number.substring(0, 3) + "\\s" + number.substring(3)));
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Go there"))
                .click();
        assertThat(desktop.pin()).isVisible();
        assertEquals(
                "the living session is shown",
                first.get("seats").get(0).get("pin").asText(),
                desktop.pinDigits());

        // The agent may choose: several at once.
        site.set("session.mode", "AGENT");
        desktop.select("Zoe Second").button("Start remote support").click();
        desktop.page().getByLabel("Several sessions at once").check();
        desktop.startDialog().click();
        desktop.page()
                .waitForCondition(() -> desktop.pin().isVisible()
                        && !desktop.pinDigits()
                                .equals(first.get("seats").get(0).get("pin").asText()));
        assertEquals(
                2,
                site.anna()
                        .api()
                        .get("/sessions?mine=true")
                        .ok()
                        .get("sessions")
                        .size());
    }

    @Test
    public void W5_W12_W13_W14_theServerMailsTheLinkAndTheCustomerComesInByIt() {
        var post = scene.closing(Post.open(Running.karaf()));
        var site = Site.create(Running.karaf());
        var desktop = supporting(site);
        var invite = desktop.invite().whom("Customer").by("E-mail");
        assertThat(invite.own()).isChecked();
        invite.whole().getByLabel("Language of the mail").selectOption("fr");
        invite.sendByServer(MARIE).awaitState(MARIE, "SENT");
        var mail = post.to(MARIE);
        var link = Post.link(mail, "text/plain");
        assertEquals("text and HTML carry the same link", link, Post.link(mail, "text/html"));
        assertTrue("in the chosen language", Post.text(mail, "text/plain").startsWith("Bonjour"));
        assertFalse(Post.subject(mail).isBlank());

        var customer = Customer.join(scene.customer(), link);
        assertThat(customer.button("Share my screen")).isVisible();
        var token = link.substring(link.lastIndexOf('/') + 1);
        assertFalse(customer.page().url(), customer.page().url().contains(token));
        invite.awaitState(MARIE, "USED");
        assertThat(desktop.text(Customer.NAME)).isVisible();
        customer.page().reload();
        assertThat(customer.chat().field()).isVisible();
        assertEquals(1, post.all(MARIE).size());

        // It dies with the session.
        desktop.endSession();
        assertThat(customer.text("Thank you")).isVisible();
        var late = scene.customer().open(link);
        assertThat(late.getByText("This invitation is not valid any more")).isVisible();
    }

    @Test
    public void W13_ownMailProgramGetsADraftAndTheServerSendsNothing() {
        var post = scene.closing(Post.open(Running.karaf()));
        var site = Site.create(Running.karaf());
        var desktop = supporting(site);
        var invite = desktop.invite().by("E-mail");
        invite.address().fill(MARIE);
        invite.button("Open the draft").click();
        var draft = invite.whole().locator("[data-mailto]");
        assertThat(draft).isVisible();
        var mailto = URLDecoder.decode(draft.getAttribute("data-mailto").replace("+", "%2B"), StandardCharsets.UTF_8);
        assertTrue(mailto, mailto.startsWith("mailto:" + MARIE));
        var link = Pattern.compile("https?://\\S+/i/[\\w-]{22}").matcher(mailto);
        assertTrue(mailto, link.find());
        invite.awaitState(MARIE, "DRAFTED");
        Customer.join(scene.customer(), link.group());
        invite.awaitState(MARIE, "USED");
        assertEquals("the server has sent nothing", 0, post.count());
    }

    @Test
    public void W6_W9_toolsAndToolbarOpenTheSamePanelAtAnyTime() {
        var site = Site.create(Running.karaf());
        var desktop = supporting(site);
        var invite = desktop.invite();
        assertThat(invite.pin()).hasText(Desktop.GROUPED_PIN);
        invite.button("Close").click();
        assertThat(invite.whole()).isHidden();
        Customer.join(scene.customer(), site, desktop.pinDigits());
        assertThat(desktop.statusLine()).isVisible();
        desktop.button("Tools").click();
        desktop.page()
                .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Invite"))
                .click();
        assertThat(invite.whole()).isVisible();
        invite.whom("Support representative").by("From the site");
        assertThat(invite.pin()).isVisible();
    }

    @Test
    public void W10_W11_customersAndColleaguesEachInThreeWays() {
        var post = scene.closing(Post.open(Running.karaf()));
        var site = Site.create(Running.karaf());
        var desktop = supporting(site);
        var invite = desktop.invite();

        // From the site: PIN and the address of the page on which it is typed.
        var typed = scene.customer()
                .open("http://" + invite.whole().locator(".url").first().innerText());
        var customer = new Customer(null, typed);
        customer.pinField().fill(invite.pinDigits());
        customer.pinField().press("Enter");
        customer.enter("Marie");
        // A link for an instant message: a further customer, with a seat of their own.
        assertThat(invite.seats()).hasCount(1);
        invite.button("Add a customer").click();
        invite.by("Link");
        invite.whole()
                .locator("section[data-seat] dl")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Copy: Client URL"))
                .click();
        new Customer(null, scene.customer().open(desktop.clipboard())).enter("Zoe");
        assertThat(invite.seats()).hasCount(2);
        // By mail.
        invite.by("E-mail").sendByServer(MARIE);
        new Customer(null, scene.customer().open(Post.link(post.to(MARIE), "text/html"))).enter("Max");
        assertThat(invite.seats()).hasCount(3);

        // A colleague: session number, link, mail. Each is a way into the session for who is signed in.
        invite.whom("Support representative").by("From the site");
        var number = invite.pinDigits();
        assertEquals(
                number,
                site.anna()
                        .api()
                        .get("/sessions/" + desktop.session())
                        .ok()
                        .get("number")
                        .asText());
        invite.by("Link");
        invite.button("Make a link").click();
        invite.button("Copy: Link for a colleague").click();
        assertTrue(desktop.clipboard(), desktop.clipboard().matches("https?://.+/assist/[\\w-]{22}"));
        invite.by("E-mail").sendByServer(BEN);
        var ben = scene.agent(site, site.ben(), "en-GB");
        Desktop.signedIn(ben, site);
        ben.open(Post.link(post.to(BEN), "text/plain"));
        assertThat(desktop.text("Ben Cole")).isVisible();
        invite.awaitState(BEN, "USED");
    }

    @Test
    public void addressesThatAreNoneAreRefusedInWordsAndNothingIsSent() {
        var post = scene.closing(Post.open(Running.karaf()));
        var site = Site.create(Running.karaf());
        var desktop = supporting(site);
        var invite = desktop.invite().by("E-mail");
        invite.sendByServer("marie");
        assertThat(invite.whole().getByText("This is not a mail address.")).isVisible();
        assertThat(invite.address()).isFocused();
        invite.sendByServer("a@example.test, b@example.test");
        assertThat(invite.whole().getByText("One address at a time")).isVisible();
        assertThat(invite.whole().locator("[data-invitation]")).hasCount(0);
        // What the page lets through the server judges.
        invite.sendByServer("marie@example..test");
        assertThat(invite.whole().getByText("This is not a mail address.")).isVisible();
        var hundred = String.join(",", java.util.Collections.nCopies(100, MARIE));
        assertEquals(
                400,
                site.anna()
                        .api()
                        .post(
                                "/sessions/" + desktop.session() + "/invitations",
                                Map.of("role", "CUSTOMER", "address", hundred, "own", false))
                        .status());
        assertEquals(0, post.count());
    }

    @Test
    public void aMailServerThatIsDownIsToldAndWithdrawingClosesTheDoor() {
        var post = scene.closing(Post.open(Running.karaf()));
        var site = Site.create(Running.karaf());
        var desktop = supporting(site);
        post.breakDown();
        var invite = desktop.invite().by("E-mail").sendByServer(MARIE);
        assertThat(invite.invitation(MARIE))
                .containsText(
                        "The mail server could not be reached.",
                        new com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions()
                                .setTimeout(60_000));
        var link = site.anna()
                .api()
                .get("/sessions/" + desktop.session())
                .ok()
                .get("invitations")
                .get(0)
                .get("url")
                .asText();
        invite.button("Withdraw the invitation of " + MARIE).click();
        invite.awaitState(MARIE, "WITHDRAWN");
        var page = scene.customer().open(link);
        assertThat(page.getByText("This invitation is not valid any more")).isVisible();
        assertEquals("nobody gets a mail that is not wanted any more", 0, post.count());
    }
}
