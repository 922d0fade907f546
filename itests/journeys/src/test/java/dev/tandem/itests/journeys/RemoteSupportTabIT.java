package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** What the agent has on the screen: the tab, its connection panel, its ways out. */
public class RemoteSupportTabIT {
    @Rule
    public final Scene scene = new Scene();

    private Site site;

    @Before
    public void site() {
        site = Site.create(Running.karaf());
    }

    @Test
    public void B1_tabOpensWhenTheAgentStartsRemoteSupport() {
        var call = site.call();
        var desktop = Desktop.open(scene.agent(site), site, "Marie Dupont");
        assertThat(desktop.desktopTab("Remote support")).isHidden();
        desktop.start();
        assertThat(desktop.desktopTab("Remote support")).isVisible();
        assertThat(desktop.desktopTab("Remote support")).hasAttribute("aria-selected", "true");
        var living = site.anna()
                .api()
                .get("/sessions?interaction=" + call.interaction())
                .ok()
                .get("sessions");
        assertEquals("one session on the call", 1, living.size());
        assertEquals(living.get(0).get("seats").get(0).get("pin").asText(), desktop.pinDigits());
    }

    @Test
    public void B2_B8_B9_connectionPanelShowsExactlyItsLinesBeforeTheJoin() {
        var desktop = Desktop.supporting(scene.agent(site), site);
        assertEquals(
                List.of("PIN", "Client URL", "Users", "Screen"),
                desktop.panel().locator("dt").allInnerTexts());
        var buttons = desktop.panel().locator("footer button").allInnerTexts();
        assertEquals(
                List.of("Leave session", "Open in full screen"),
                buttons.stream().map(String::strip).sorted().toList());
        assertThat(desktop.line("Users")).hasText("Anna Bell");
        assertThat(desktop.line("Screen")).hasText("none");

        var toolbar = desktop.page()
                .getByRole(AriaRole.TOOLBAR, new Page.GetByRoleOptions().setName("Remote support commands"));
        for (var name : List.of("Session", "Tools", "Invite")) {
            assertThat(toolbar.getByText(name, new com.microsoft.playwright.Locator.GetByTextOptions().setExact(true))
                            .first())
                    .isVisible();
        }
        var number = desktop.page().locator(".session-number b").innerText().replaceAll("\\D", "");
        var view = living(desktop);
        assertEquals(view.get("number").asText(), number);
    }

    @Test
    public void B4_B6_pinStandsInGroupsAndInTheUrl() {
        var desktop = Desktop.supporting(scene.agent(site), site);
        assertThat(desktop.line("PIN")).hasText(Desktop.GROUPED_PIN);
        assertEquals(9, desktop.pinDigits().length());
        assertTrue(
                desktop.line("Client URL").innerText(),
                desktop.line("Client URL").innerText().endsWith("/" + desktop.pinDigits()));
    }

    @Test
    public void B5_B7_pinAndUrlCanBeCopied() {
        var desktop = Desktop.supporting(scene.agent(site), site);
        desktop.button("Copy: PIN").click();
        desktop.page().waitForCondition(() -> desktop.clipboard().equals(desktop.pinDigits()));
        desktop.button("Copy: Client URL").click();
        var url = site.karaf().uri() + "/j/" + site.name() + "/" + desktop.pinDigits();
        desktop.page().waitForCondition(() -> desktop.clipboard().equals(url));
        assertThat(desktop.text("Copied")).isVisible();
    }

    @Test
    public void B7_urlIsShortEnoughToBeReadAloud() {
        var main = Site.main(Running.karaf());
        var session = main.support();
        assertEquals(Running.karaf().uri() + "/j/" + session.pin(), session.url());
        main.anna().api().post("/sessions/" + session.id() + "/end").ok();
    }

    @Test
    public void B10_leavingBeforeTheJoinKeepsTheCall() {
        var call = site.call();
        var desktop = Desktop.open(scene.agent(site), site, "Marie Dupont").start();
        desktop.button("Leave session").click();
        assertThat(desktop.text("You left")).isVisible();
        assertThat(desktop.text("The call goes on.")).isVisible();
        assertEquals("ACTIVE", state(call));
        desktop.button("Back to the call").click();
        assertThat(desktop.desktopTab("Remote support")).isHidden();
        assertThat(desktop.button("End call")).isVisible();
    }

    @Test
    public void B22_leavingInMidSessionKeepsTheChat() {
        var chat = site.chat();
        var desktop = Desktop.open(scene.agent(site), site, "Marie Dupont").start();
        var session = living(desktop).get("id").asText();
        var seat = new Site.Support(site, living(desktop)).join(scene);
        assertThat(desktop.statusLine()).isVisible();
        desktop.button("Leave session").click();
        assertThat(desktop.text("You left")).isVisible();
        assertEquals("ACTIVE", state(chat));
        assertEquals(
                "the customer is told and stays for the grace",
                200,
                seat.api().get("/sessions/" + session).status());
        desktop.button("Back to the chat").click();
        assertThat(desktop.button("End chat")).isVisible();
    }

    @Test
    public void B8_B18_pinUrlAndUsersStayVisibleAfterTheJoin() {
        var desktop = Desktop.supporting(scene.agent(site), site);
        var before = desktop.pinDigits();
        new Site.Support(site, living(desktop)).join(scene);
        assertThat(desktop.statusLine()).isVisible();
        assertThat(desktop.panel()).isHidden();
        assertEquals(before, desktop.pinDigits());
        assertThat(desktop.line("Client URL")).containsText("/" + before);
        assertThat(desktop.line("Users")).hasText("Anna Bell");
        assertThat(desktop.line("Screen")).hasText("none");
        desktop.button("Copy: PIN").click();
        desktop.page().waitForCondition(() -> desktop.clipboard().equals(before));
    }

    @Test
    public void BX1_agentWhoLeftMayReturnWithinTheGrace() {
        var desktop = Desktop.supporting(scene.agent(site), site);
        var pin = desktop.pinDigits();
        new Site.Support(site, living(desktop)).join(scene);
        assertThat(desktop.statusLine()).isVisible();
        desktop.button("Leave session").click();
        desktop.page()
                .getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(java.util.regex.Pattern.compile("Return to the session")))
                .click();
        assertThat(desktop.statusLine()).isVisible();
        assertEquals(pin, desktop.pinDigits());
    }

    @Test
    public void BX2_startNewInTheTabGivesAFreshPin() {
        var desktop = Desktop.supporting(scene.agent(site), site);
        var before = desktop.pinDigits();
        desktop.button("Session").click();
        desktop.page()
                .getByRole(
                        AriaRole.MENUITEM,
                        new Page.GetByRoleOptions().setName(java.util.regex.Pattern.compile("^Start new session")))
                .click();
        desktop.page().waitForCondition(() -> !desktop.pinDigits().equals(before));
        assertEquals(
                403,
                site.karaf()
                        .api()
                        .post("/join", java.util.Map.of("pin", before, "site", site.name()))
                        .status());
    }

    @Test
    public void secondTabOfTheAgentShowsTheSameSession() {
        var agent = scene.agent(site);
        var first = Desktop.supporting(agent, site);
        var second = Desktop.open(agent, site, "Marie Dupont").start();
        assertEquals(first.pinDigits(), second.pinDigits());
        new Site.Support(site, living(first)).join(scene);
        assertThat(first.statusLine()).isVisible();
        assertThat(second.statusLine()).isVisible();
        second.page().close();
        assertThat(first.statusLine()).isVisible();
        assertEquals("ACTIVE", living(first).get("state").asText());
    }

    /** The one living session of Anna's only interaction, as REST shows it. */
    private com.fasterxml.jackson.databind.JsonNode living(Desktop desktop) {
        var interactions = site.anna().api().get("/platform/interactions").ok().get("interactions");
        var id = interactions.get(0).get("id").asText();
        return site.anna()
                .api()
                .get("/sessions?interaction=" + id)
                .ok()
                .get("sessions")
                .get(0);
    }

    private String state(Site.Arrived arrived) {
        return site.anna()
                .api()
                .get("/platform/interactions/" + arrived.interaction())
                .ok()
                .get("interaction")
                .get("state")
                .asText();
    }
}
