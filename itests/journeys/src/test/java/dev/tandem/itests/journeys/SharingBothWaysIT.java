package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Display;
import dev.tandem.itests.harness.MediaClient;

/**
 * Screens are shared both ways and seen by everybody: an agent in control, an assistant, two customers, somebody from outside.
 * Checked by the colours of pixels.
 */
public class SharingBothWaysIT {
    private static final long SEED = 20261121;
    private static final double PATIENCE = 30_000;
    private static final String SHARE_OWN = "Share my screen with everybody";

    @Rule
    public final Scene scene = new Scene();

    private final Random random = new Random(SEED);
    private Site site;
    private Desktop anna;
    private Browser annas;
    private Customer marie;
    private Customer paul;
    private Page ben;
    private Page eva;
    private String session;

    /** Anna has a screen of her own, which her browser shares without asking her which. */
    @Before
    public void everybody() {
        site = Site.create(Running.karaf());
        site.set("session.mode", "SINGLE");
        var display = scene.closing(Display.start(1280, 800));
        annas = scene.closing(Running.browsers()
                .chromium(
                        display,
                        "--window-size=1280,800",
                        "--window-position=0,0",
                        "--auto-select-desktop-capture-source=Entire screen"));
        anna = Desktop.supporting(scene.in(annas, "Anna").with(site.anna().signIn()), site);
        marie = Customer.join(scene.customer(), site, anna.pinDigits());
        assertThat(anna.statusLine()).isVisible();
        session = marie.session();
        var second = api().post("/sessions/" + session + "/seats").ok().get("seats");
        var page =
                scene.customer().open(second.get(second.size() - 1).get("url").asText());
        paul = new Customer(null, page).enter("Paul R.");
    }

    private Api api() {
        return site.anna().api();
    }

    private JsonNode view() {
        return api().get("/sessions/" + session).ok();
    }

    private String participant(String name) {
        for (var one : view().get("participants")) {
            if (one.get("name").asText().equals(name)) {
                return one.get("id").asText();
            }
        }
        throw new AssertionError("no " + name);
    }

    /** Ben assists. */
    private Page assisted() {
        var number = view().get("number").asText();
        site.ben().api().post("/sessions/assist", Map.of("number", number)).ok();
        ben = Desktop.open(scene.agent(site, site.ben(), "en-GB"), site, Customer.NAME)
                .page();
        return ben;
    }

    /** Eva looks from outside. */
    private Page outside() {
        var viewers = api().post("/sessions/" + session + "/viewers", Map.of("name", "Eva Lang"))
                .ok()
                .get("viewers");
        eva = scene.stranger(Scene.options("en-GB", 1000, 700))
                .open(viewers.get(viewers.size() - 1).get("url").asText());
        return eva;
    }

    private Wall wallOf(Browser browser) {
        return new Wall(scene.in(browser, "wall").open("about:blank"));
    }

    private void shareOwn() {
        anna.button(SHARE_OWN).click();
        assertThat(stopOwn()).isVisible(patiently());
    }

    private Locator stopOwn() {
        return anna.page().locator("#stop-own");
    }

    private static LocatorAssertions.IsVisibleOptions patiently() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE);
    }

    private static LocatorAssertions.HasCountOptions gone() {
        return new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE);
    }

    private Picture.Colour colour() {
        return new Picture.Colour(20 + random.nextInt(216), 20 + random.nextInt(216), 20 + random.nextInt(216));
    }

    private void allSee(Wall wall, List<Page> watching) {
        for (int change = 0; change < 2; change++) {
            var left = colour();
            var right = colour();
            wall.paint(left, right);
            watching.forEach(page -> new Picture(page).awaitColours(left, right));
        }
    }

    @Test
    public void W18_theAgentsScreenIsSeenByEverybody() {
        var watching = List.of(marie.page(), paul.page(), assisted(), outside());
        shareOwn();
        allSee(wallOf(annas), watching);
        assertThat(anna.text("Everybody in this session can see your screen")).isVisible();
        assertThat(anna.picture().canvas()).hasCount(0);
        assertThat(anna.statusLine()).containsText("yours - 1280x800");
        assertThat(marie.button("Share my screen")).isHidden();
        assertThat(anna.page().locator("figure video")).isVisible();

        stopOwn().click();
        assertThat(anna.statusLine()).containsText("none");
        watching.forEach(page -> assertThat(new Picture(page).canvas()).hasCount(0, gone()));
        assertThat(anna.text("You have stopped sharing. Nobody sees your screen now."))
                .isVisible();
        assertThat(marie.button("Share my screen")).isVisible();
    }

    @Test
    public void W18_aCustomersScreenIsSeenByEverybody() {
        var watching = List.of(anna.page(), paul.page(), assisted(), outside());
        marie.share();
        allSee(Wall.infrontOf(scene), watching);
        assertThat(marie.text(Pattern.compile("can see your screen"))).isVisible();
        assertThat(new Picture(marie.page()).canvas()).hasCount(0);
        assertThat(paul.button("Share my screen")).isHidden();
        assertThat(ben.getByLabel("Stop sharing").first()).isDisabled();
    }

    @Test
    public void W18_whoSharesWhileAnotherDoesIsAskedFirst() {
        marie.share();
        anna.picture().awaitMoreFrames(1);
        anna.button(SHARE_OWN).click();
        assertThat(anna.text("Marie D. is sharing a screen")).isVisible();
        anna.button("Leave it as it is").click();
        assertThat(anna.text("Marie D. is sharing a screen")).isHidden();
        anna.picture().awaitMoreFrames(1);

        anna.button(SHARE_OWN).click();
        anna.button("End it and share mine").click();
        assertThat(stopOwn()).isVisible(patiently());
        assertThat(marie.button("Stop sharing")).isHidden();
        allSee(wallOf(annas), List.of(marie.page(), paul.page()));
    }

    @Test
    public void W18_aCustomerWhoIsAskedToShareAllowsAndChoosesInOneClick() {
        anna.button("Ask Marie D. to share").click();
        assertThat(anna.text("Marie D. has been asked.")).isVisible();
        assertThat(marie.page().locator("#consent")).containsText("would like to see your screen");
        marie.button("Allow for the session").click();
        assertThat(marie.button("Stop sharing")).isVisible(patiently());
        allSee(Wall.infrontOf(scene), List.of(anna.page(), paul.page()));
    }

    @Test
    public void W18_whoIsNotHelpedCannotShare() {
        // Said once on the page, and not who it is.
        assertThat(paul.page().getByText("is helping")).hasCount(1);
        assertThat(paul.text("Anna Bell is helping somebody else right now.")).isVisible();
        assertThat(paul.text("When it is your turn you can share your screen.")).isVisible();
        assertThat(paul.button("Share my screen")).isHidden();
        select("Paul R.");
        assertThat(paul.button("Share my screen")).isVisible(patiently());
        assertThat(marie.button("Share my screen")).isHidden();
        paul.share();
        allSee(Wall.infrontOf(scene), List.of(anna.page(), marie.page()));
    }

    @Test
    public void W19_switchingCustomerEndsSharingAndClosesTheShareWindow() {
        marie.share();
        anna.picture().awaitMoreFrames(1);
        var window =
                anna.page().waitForPopup(() -> anna.page().locator("#pop-out").click());
        new Picture(window).awaitMoreFrames(1);
        select("Paul R.");
        awaitClosed(window);
        assertThat(marie.button("Stop sharing")).isHidden();
        assertThat(anna.page().locator("[data-state][data-view]")).not().hasAttribute("data-window", "open");
        assertThat(anna.picture().canvas()).hasCount(0, gone());
    }

    @Test
    public void W19_switchingCustomerEndsTheAgentsOwnSharingToo() {
        shareOwn();
        new Picture(marie.page()).awaitMoreFrames(1);
        select("Paul R.");
        assertThat(stopOwn()).hasCount(0, gone());
        assertThat(new Picture(marie.page()).canvas()).hasCount(0, gone());
        assertThat(anna.text("Sharing has stopped. Nobody sees your screen now."))
                .isVisible();
    }

    @Test
    public void W30_passingControlEndsWhatIsSharedAndClosesTheWindow() {
        assisted();
        marie.share();
        new Picture(ben).awaitMoreFrames(1);
        var window =
                anna.page().waitForPopup(() -> anna.page().locator("#pop-out").click());
        new Picture(window).awaitMoreFrames(1);
        pass("Ben Cole");
        awaitClosed(window);
        assertThat(marie.button("Stop sharing")).isHidden();
        assertThat(new Picture(ben).canvas()).hasCount(0, gone());
        assertThat(anna.button(SHARE_OWN)).isDisabled();
        assertThat(anna.button(SHARE_OWN))
                .hasAttribute("title", "Ben Cole has control. Only the agent in control can do this.");
        assertThat(ben.getByLabel(SHARE_OWN).first()).isEnabled();
        marie.button("Share again").click();
        assertThat(marie.button("Stop sharing")).isVisible(patiently());
        new Picture(ben).awaitMoreFrames(1);
        anna.picture().awaitMoreFrames(1);
    }

    @Test
    public void W30_whatTheFormerControllerStillSendsIsRefused() {
        assisted();
        api().post("/screen/" + session + "/start").ok();
        var sender = MediaClient.open(site.karaf().uri(), ticket(api()), "sender");
        sender.text("{\"op\":\"config\",\"codec\":\"vp8\",\"width\":640,\"height\":480}");
        sender.frame(true, 0, 500);
        var viewer = MediaClient.open(site.karaf().uri(), ticket(site.ben().api()), "viewer");
        // Before it is among the viewers a frame is for nobody, and this sender makes no other one when it is asked.
        viewer.await("state", t -> t.path("op").asText().equals("state"));
        sender.frame(true, 1, 500);
        viewer.awaitFrame(1);
        pass("Ben Cole");
        assertEquals("4403 screen-stopped", sender.end());
        assertEquals("4403 screen-stopped", viewer.end());
        var again = api().post("/screen/" + session + "/start");
        assertEquals("403 not-controller", again.status() + " " + again.code());
    }

    @Test
    public void B19_anOutsideViewersSocketReceivesFramesAndNothingElse() {
        var viewers = api().post("/sessions/" + session + "/viewers", Map.of("name", "Eva Lang"))
                .ok()
                .get("viewers");
        var link = viewers.get(viewers.size() - 1);
        var url = link.get("url").asText();
        var opened = site.karaf()
                .api()
                .post("/view", Map.of("token", url.substring(url.lastIndexOf('/') + 1)))
                .ok();
        var eves = site.karaf().api().asCustomer(opened.get("token").asText());
        assertTrue(eves.post("/screen/" + session + "/start").status() >= 400);
        assertTrue(eves.post("/screen/" + session + "/stop").status() >= 400);
        api().post("/screen/" + session + "/start").ok();
        var sender = MediaClient.open(site.karaf().uri(), ticket(api()), "sender");
        sender.text("{\"op\":\"config\",\"codec\":\"vp8\",\"width\":640,\"height\":480}");
        var looking = MediaClient.open(site.karaf().uri(), ticket(eves), "viewer");
        looking.await("config or state", t -> t.path("op").asText().equals("state"));
        sender.frame(true, 0, 500);
        looking.awaitFrame(0);
        for (var word : List.of(
                "{\"op\":\"input\",\"key\":\"a\"}",
                "{\"op\":\"config\",\"codec\":\"vp8\",\"width\":640,\"height\":480}")) {
            var bad = MediaClient.open(site.karaf().uri(), ticket(eves), "viewer");
            bad.text(word);
            assertEquals("4403 view-only", bad.end());
        }
        var frames = MediaClient.open(site.karaf().uri(), ticket(eves), "viewer");
        frames.frame(true, 0, 500);
        assertEquals("4403 view-only", frames.end());
        assertEquals(
                "4403 wrong-role",
                MediaClient.open(site.karaf().uri(), ticket(eves), "sender").end());
        assertTrue("who only looked is not disturbed", looking.open());

        api().delete("/sessions/" + session + "/viewers/" + link.get("id").asText())
                .ok();
        assertTrue(looking.end(), looking.end().startsWith("44"));
        sender.close();
    }

    private String ticket(Api who) {
        return who.post("/tickets", Map.of("for", "media", "session", session, "channel", "screen"))
                .ok()
                .get("ticket")
                .asText();
    }

    private void select(String customer) {
        api().post("/sessions/" + session + "/assisted", Map.of("participant", participant(customer)))
                .ok();
    }

    private void pass(String agent) {
        api().post(
                        "/sessions/" + session + "/control",
                        Map.of(
                                "to",
                                participant(agent),
                                "epoch",
                                view().get("epoch").asLong()))
                .ok();
    }

    private void awaitClosed(Page window) {
        anna.page().waitForCondition(window::isClosed, new Page.WaitForConditionOptions().setTimeout(PATIENCE));
    }
}
