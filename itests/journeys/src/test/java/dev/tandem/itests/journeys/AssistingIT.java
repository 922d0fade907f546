package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.harness.Line;

/** Two agents in one session: the one in control, and the one who assists, and how control goes to and fro. */
public class AssistingIT {
    private static final String ONLY_CONTROLLER = "Only for the agent in control";

    @Rule
    public final Scene scene = new Scene();

    private Site site;
    private Desktop anna;
    private Customer marie;

    @Before
    public void annaHelpsMarie() {
        site = Site.create(Running.karaf());
        anna = Desktop.supporting(scene.agent(site), site);
        marie = Customer.join(scene.customer(), site, anna.pinDigits());
        assertThat(anna.statusLine()).isVisible();
    }

    @Test
    public void W21_W22_agentAssistsByTheNumberThatTheControllerReadsOut() {
        var number = anna.sessionNumber();
        assertEquals(session().get("number").asText(), number.replaceAll("\\D", ""));
        anna.button("Copy: Session number").click();
        anna.page().waitForCondition(() -> anna.clipboard().equals(number.replaceAll("\\D", "")));

        var ben = Desktop.assisting(ben(), site, number);
        assertThat(ben.support()).hasAttribute("data-controls", "false");
        assertThat(ben.participant("Ben Cole")).containsText("Assistant");
        assertThat(ben.participant("Anna Bell")).containsText("in control");
        assertThat(anna.participant("Ben Cole")).containsText("Assistant");
        assertThat(anna.support()).hasAttribute("data-controls", "true");
        assertThat(marie.text("Ben Cole")).isVisible();
        // It is listed beside the calls, and is there after a reload.
        ben.page().reload();
        assertThat(ben.support()).hasAttribute("data-controls", "false");
        assertThat(ben.page().locator("platform-interactions").getByText("With Anna Bell"))
                .isVisible();
    }

    @Test
    public void W21_numberThatLeadsNowhereIsRefusedWithoutSayingWhy() {
        var number = anna.sessionNumber();
        var ben = Desktop.signedIn(ben(), site);
        ben.typeNumber("1234");
        assertThat(ben.page().locator("#assist").getByText("This leads to no session."))
                .isVisible();
        site.anna()
                .api()
                .post("/sessions/" + session().get("id").asText() + "/end")
                .ok();
        var field = ben.page().locator("#assist").getByLabel("Session number");
        field.fill(number);
        field.press("Enter");
        assertThat(ben.page().locator("#assist").getByText("This leads to no session."))
                .isVisible();
    }

    @Test
    public void W21_linkOfAnAssistantLeadsThroughTheSignInAndBack() {
        var number = anna.sessionNumber().replaceAll("\\D", "");
        var ben = ben();
        var page = ben.open(site.karaf().uri() + "/assist/" + number);
        assertThat(page.getByText("You are not signed in")).isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        page.getByLabel("User name").fill(ben.signIn().user());
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                .fill(ben.signIn().password());
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        page.waitForURL("**/assist/" + number);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Join"))
                .click();
        assertThat(page.locator("[data-epoch]")).hasAttribute("data-controls", "false");
        assertEquals("no number stays in the address", site.karaf().uri() + "/assist", page.url());
        page.reload();
        assertThat(page.locator("[data-epoch]")).hasAttribute("data-controls", "false");
    }

    @Test
    public void W12_W21_linkOfAnInvitationLeadsThroughTheSignInStraightIntoTheSession() {
        var invited = site.anna()
                .api()
                .post(
                        "/sessions/" + session().get("id").asText() + "/invitations",
                        Map.of("role", "AGENT", "address", "ben@colleague.test", "own", true))
                .ok();
        var link = invited.get("invitation").get("url").asText();
        var ben = ben();
        var page = ben.open(link);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        Administration.signIn(page, ben);
        // The link says it all: nothing is typed, nothing is pressed.
        assertThat(page.locator("[data-epoch]")).hasAttribute("data-controls", "false");
        assertEquals("no token stays in the address", site.karaf().uri() + "/assist", page.url());
        assertThat(anna.participant("Ben Cole")).containsText("Assistant");
        page.reload();
        assertThat(page.locator("[data-epoch]")).hasAttribute("data-controls", "false");
        // A link that somebody has sent leads no signed-in agent to another place.
        var lured = ben.open(site.karaf().uri() + "/desktop?back=//evil.example/");
        assertThat(lured.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Provide support")))
                .isVisible();
        assertEquals(
                java.net.URI.create(lured.url()).getHost(), site.karaf().uri().getHost());
    }

    @Test
    public void W23_W26_assistantsControlFunctionsAreDisabledWithAReasonAndRefused() {
        var ben = benAssists();
        assertDisabled(ben.sessionCommand("End session"));
        ben.page().keyboard().press("Escape");
        assertDisabled(ben.sessionCommand("Transfer control"));
        ben.page().keyboard().press("Escape");
        marie.share();
        var stop = ben.show("Session").getByRole(AriaRole.BUTTON, button("Stop: Screen sharing"));
        assertThat(stop).hasAttribute("aria-disabled", "true");
        assertThat(stop).hasAttribute("title", ONLY_CONTROLLER);
        // What a page would not do, a script does: the server refuses it.
        var id = session().get("id").asText();
        var to = person("Ben Cole");
        var api = site.ben().api();
        assertEquals(403, api.post("/sessions/" + id + "/end").status());
        assertEquals(
                403,
                api.post("/sessions/" + id + "/control", Map.of("to", to, "epoch", 1))
                        .status());
        assertEquals(
                403,
                api.post("/sessions/" + id + "/participants/" + person(Customer.NAME) + "/remove")
                        .status());
        assertThat(anna.picture().canvas()).isVisible();
    }

    @Test
    public void W24_W25_controlPassesInTheDialogOfTheSessionTab() {
        var empty = anna.transferDialog();
        assertThat(empty).containsText("Nobody assists");
        empty.getByRole(AriaRole.BUTTON, button("Cancel")).click();
        var ben = benAssists();
        assertEquals(
                "only who assists",
                List.of("Ben Cole"),
                anna.transferDialog()
                        .getByRole(AriaRole.LISTITEM)
                        .locator(".name")
                        .allInnerTexts());
        anna.page()
                .locator("#transfer-control")
                .getByRole(AriaRole.BUTTON, button("Ben Cole"))
                .click();
        assertThat(ben.support()).hasAttribute("data-controls", "true");
        assertThat(anna.support()).hasAttribute("data-controls", "false");
        assertThat(ben.notice()).containsText("Anna Bell has passed control to you.");
        assertThat(anna.notice()).containsText("Ben Cole is in control now.");
        assertThat(anna.participant("Anna Bell")).containsText("Assistant");
        assertEquals(2, session().get("epoch").asInt());
    }

    @Test
    public void W24_W25_controlPassesInTheToolbarsSubmenuByKeyboard() {
        assertDisabled(anna.sessionCommand("Transfer control"));
        assertThat(anna.page().getByText("Nobody assists")).isVisible();
        anna.page().keyboard().press("Escape");
        var ben = benAssists();
        anna.button("Session").focus();
        var keyboard = anna.page().keyboard();
        keyboard.press("ArrowDown");
        keyboard.press("t");
        keyboard.press("ArrowRight");
        assertEquals(
                List.of("Ben Cole"),
                anna
                        .page()
                        .getByRole(AriaRole.MENU, new Page.GetByRoleOptions().setName("Transfer control"))
                        .getByRole(AriaRole.MENUITEM)
                        .allInnerTexts()
                        .stream()
                        .map(String::strip)
                        .toList());
        // Back, and in again.
        keyboard.press("ArrowLeft");
        assertThat(anna.page().getByRole(AriaRole.MENUITEM, item("Transfer control")))
                .isFocused();
        keyboard.press("ArrowRight");
        keyboard.press("Enter");
        assertThat(ben.support()).hasAttribute("data-controls", "true");
    }

    @Test
    public void W26_W27_W28_formerControllerWatchesAndChatsUntilControlComesBack() {
        var ben = benAssists();
        anna.passControlTo("Ben Cole");
        assertThat(ben.support()).hasAttribute("data-controls", "true");
        assertDisabled(anna.sessionCommand("End session"));
        anna.page().keyboard().press("Escape");
        marie.share();
        assertThat(ben.picture().canvas()).isVisible();
        assertThat(anna.picture().canvas()).isVisible();
        // The chat is started again by who has control, and everybody takes part as before.
        anna.showChat();
        assertThat(anna.page().locator("#start-chat")).hasCount(0);
        assertThat(anna.text("The agent in control can start it again.")).isVisible();
        ben.showChat().page().locator("#start-chat").click();
        anna.chat().say("I am still with you");
        assertThat(marie.chat().message("I am still with you")).isVisible();
        marie.chat().say("Thank you both");
        assertThat(ben.chat().message("Thank you both")).isVisible();
        // Control comes back by the same command.
        ben.passControlTo("Anna Bell");
        assertThat(anna.support()).hasAttribute("data-controls", "true");
        assertThat(ben.support()).hasAttribute("data-controls", "false");
        assertThat(anna.sessionCommand("End session")).not().hasAttribute("aria-disabled", "true");
    }

    @Test
    public void W29_formerControllerMayLeaveAndCannotEnd() {
        var ben = benAssists();
        anna.passControlTo("Ben Cole");
        assertThat(ben.support()).hasAttribute("data-controls", "true");
        var id = session().get("id").asText();
        assertEquals(403, site.anna().api().post("/sessions/" + id + "/end").status());
        anna.button("Leave session").click();
        assertThat(anna.text("You left")).isVisible();
        assertThat(anna.text("The call goes on.")).isVisible();
        assertEquals(
                "ACTIVE",
                site.ben().api().get("/sessions/" + id).ok().get("state").asText());
        assertThat(marie.text("Ben Cole")).isVisible();
    }

    @Test
    public void W29_controllerWhoLeavesPassesControlFirst() {
        var ben = benAssists();
        anna.button("Leave session").click();
        var dialog = anna.page().locator("#leave-control");
        assertThat(dialog).containsText("Pass control to a colleague before you leave, or end the session.");
        dialog.getByRole(AriaRole.BUTTON, button("Pass control to Ben Cole and leave"))
                .click();
        assertThat(anna.text("You left")).isVisible();
        assertThat(ben.support()).hasAttribute("data-controls", "true");
        assertEquals("ACTIVE", session(site.ben()).get("state").asText());
    }

    @Test
    public void W29_controllerWhoLeavesMayEndTheSession() {
        var ben = benAssists();
        anna.button("Leave session").click();
        var dialog = anna.page().locator("#leave-control");
        dialog.getByRole(AriaRole.BUTTON, button("End session")).click();
        anna.page().locator("button.danger.primary").click();
        assertThat(anna.text("The session has ended")).isVisible();
        assertThat(ben.text("The session has ended")).isVisible();
    }

    @Test
    public void W29_lostControllersControlIsOfferedToTheAssistantWhoJoinedFirst() {
        site = Site.create(Running.karaf());
        site.set("session.grace", "3");
        site.call();
        var line = scene.closing(new Line(site.karaf().uri()));
        anna = Desktop.open(scene.agent(site), line.uri() + "/desktop", "Marie Dupont")
                .start();
        Customer.join(scene.customer(), site, anna.pinDigits());
        var ben = benAssists();
        var id = session().get("id").asText();
        line.cut();
        var offer = ben.page().locator("#control-offer");
        assertThat(offer).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
        assertThat(offer).containsText("Anna Bell has lost the connection.");
        assertThat(offer.locator(".clock")).containsText(Pattern.compile("\\d+ s"));
        offer.getByRole(AriaRole.BUTTON, button("Take control")).click();
        assertThat(ben.support()).hasAttribute("data-controls", "true");
        assertEquals(
                2, site.ben().api().get("/sessions/" + id).ok().get("epoch").asInt());
        // The session went on, and its former controller comes back as an assistant only.
        line.mend();
        assertThat(anna.text("Connected again")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
        assertThat(anna.page().locator("[data-controls=true]")).hasCount(0);
    }

    @Test
    public void W30_transferEndsEveryActivityAndEachCanBeStartedAgain() {
        anna.showChat().chat().say("Hello Marie");
        assertThat(marie.chat().message("Hello Marie")).isVisible();
        marie.share();
        assertThat(anna.picture().canvas()).isVisible();
        var ben = benAssists();
        anna.passControlTo("Ben Cole");
        assertThat(ben.notice()).containsText("Screen sharing and Chat have ended.");
        assertThat(anna.picture().canvas()).isHidden();
        assertThat(marie.button("Stop sharing")).isHidden();
        assertEquals(0, session().get("activities").size());
        var id = session().get("id").asText();
        assertEquals(
                409,
                site.anna()
                        .api()
                        .post("/chat/" + id, Map.of("text", "too late"))
                        .status());
        marie.button("Share again").click();
        assertThat(ben.picture().canvas()).isVisible();
    }

    @Test
    public void W3_assistantsClosedPageOnlyLeaves() {
        // So long that no grace can be what takes him out.
        site.set("session.grace", "300");
        var ben = benAssists();
        var asked = new ArrayList<String>();
        ben.page().onDialog(dialog -> {
            asked.add(dialog.type());
            dialog.accept();
        });
        ben.page().reload();
        assertThat(ben.support()).hasAttribute("data-controls", "false");
        ben.page().navigate("about:blank");
        assertThat(anna.participant("Ben Cole"))
                .containsText("left", new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
        assertEquals("who only leaves is not asked", List.of(), asked);
        assertEquals("ACTIVE", session().get("state").asText());
        assertThat(anna.statusLine()).isVisible();
    }

    private Person ben() {
        return scene.agent(site, site.ben(), "en-GB");
    }

    private Desktop benAssists() {
        var ben = Desktop.assisting(ben(), site, session().get("number").asText());
        assertThat(ben.support()).hasAttribute("data-controls", "false");
        return ben;
    }

    private static void assertDisabled(Locator command) {
        assertThat(command).hasAttribute("aria-disabled", "true");
        assertThat(command).containsText(Pattern.compile(ONLY_CONTROLLER + "|Nobody assists"));
    }

    private static Locator.GetByRoleOptions button(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    private static Page.GetByRoleOptions item(String name) {
        return new Page.GetByRoleOptions().setName(Pattern.compile("^" + name));
    }

    /** The one session, as Anna sees it. */
    private JsonNode session() {
        return session(site.anna());
    }

    private static JsonNode session(Site.Worker worker) {
        return worker.api().get("/sessions?mine=true").ok().get("sessions").get(0);
    }

    private String person(String name) {
        for (var participant : session().get("participants")) {
            if (participant.get("name").asText().equals(name)) {
                return participant.get("id").asText();
            }
        }
        throw new AssertionError(name + " is not in the session");
    }
}
