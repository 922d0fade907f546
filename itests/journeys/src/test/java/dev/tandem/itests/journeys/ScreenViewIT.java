package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.regex.Pattern;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Line;
import dev.tandem.itests.harness.TwoMonitors;

/** How the agent looks at the customer's screen: its size, its window, its quality. */
public class ScreenViewIT {
    private static final Picture.Colour LEFT = new Picture.Colour(200, 40, 60);
    private static final Picture.Colour RIGHT = new Picture.Colour(30, 90, 200);
    private static final double PATIENCE = 20_000;

    @Rule
    public final Scene scene = new Scene();

    private Site site;
    private Desktop desktop;
    private Customer customer;

    @Before
    public void site() {
        site = Site.create(Running.karaf());
    }

    @Test
    public void zoomsAndPansByMouseAndKeyboardAndRemembersIt() {
        shared();
        var room = desktop.page()
                .getByRole(
                        com.microsoft.playwright.options.AriaRole.GROUP,
                        new Page.GetByRoleOptions().setName(Pattern.compile("The shared screen")));
        awaitView("fit");
        var whole = picture();
        var walls = room.boundingBox();
        assertTrue("all of it is seen", whole.width <= walls.width + 1 && whole.height <= walls.height + 1);

        double x = whole.x + whole.width * 0.25;
        double y = whole.y + whole.height * 0.75;
        desktop.page().mouse().move(x, y);
        desktop.page().keyboard().down("Control");
        for (int notch = 0; notch < 6; notch++) {
            desktop.page().mouse().wheel(0, -100);
        }
        desktop.page().keyboard().up("Control");
        awaitView("zoom");
        desktop.page().waitForCondition(() -> picture().width > whole.width * 3);
        var zoomed = picture();
        assertEquals("what is under the pointer stays there", 0.25, (x - zoomed.x) / zoomed.width, 0.01);
        assertEquals("what is under the pointer stays there", 0.75, (y - zoomed.y) / zoomed.height, 0.01);

        desktop.page().mouse().down();
        desktop.page().mouse().move(x + 50, y - 30);
        desktop.page().mouse().up();
        var dragged = picture();
        assertEquals(50, dragged.x - zoomed.x, 1.5);
        assertEquals(-30, dragged.y - zoomed.y, 1.5);
        assertEquals(zoomed.width, dragged.width, 0.5);

        room.focus();
        room.press("ArrowRight");
        assertEquals(-80, picture().x - dragged.x, 1.5);
        room.press("1");
        awaitView("actual");
        var size = panel().getAttribute("data-size").split("x");
        assertEquals("one pixel of the picture is one of the screen", Integer.parseInt(size[0]), picture().width, 0.5);
        assertEquals(Integer.parseInt(size[1]), picture().height, 0.5);
        room.press("-");
        awaitView("zoom");
        assertEquals(Integer.parseInt(size[0]) * 0.9, picture().width, 2);
        room.press("0");
        awaitView("fit");

        room.dblclick();
        awaitView("actual");
        desktop.page().waitForCondition(() -> ((String) desktop.page().evaluate("JSON.stringify(localStorage)"))
                .matches(".*view\\.tab\\.Anna Bell.{0,20}actual.*"));
        desktop.page().reload();
        desktop.picture().awaitColours(LEFT, RIGHT);
        awaitView("actual");
    }

    @Test
    public void B11_theViewGoesIntoAWindowOfItsOwnAndComesBack() {
        shared();
        var window = popOut();
        new Picture(window).awaitColours(LEFT, RIGHT);
        assertThat(desktop.text("The picture is in a window of its own")).isVisible();
        assertThat(desktop.picture().canvas()).hasCount(0);
        assertThat(desktop.line("Screen")).containsText(Pattern.compile("\\d+x\\d+"));

        window.locator("#come-back").click();
        awaitClosed(window);
        desktop.picture().awaitColours(LEFT, RIGHT);
        assertThat(panel()).not().hasAttribute("data-window", "open");

        var again = popOut();
        new Picture(again).awaitColours(LEFT, RIGHT);
        again.close();
        desktop.picture().awaitColours(LEFT, RIGHT);

        var third = popOut();
        new Picture(third).awaitColours(LEFT, RIGHT);
        desktop.page().locator("#bring-back").click();
        awaitClosed(third);
        desktop.picture().awaitColours(LEFT, RIGHT);
    }

    @Test
    public void B11_windowAndTabFindEachOtherAfterAReloadOfEither() {
        shared();
        var window = popOut();
        new Picture(window).awaitColours(LEFT, RIGHT);
        window.reload();
        new Picture(window).awaitColours(LEFT, RIGHT);
        assertThat(panel()).hasAttribute("data-window", "open");
        desktop.page().onDialog(com.microsoft.playwright.Dialog::accept);
        desktop.page().reload();
        assertThat(panel()).hasAttribute("data-window", "open", patient());
        new Picture(window).awaitColours(LEFT, RIGHT);
        window.close();
        desktop.picture().awaitColours(LEFT, RIGHT);
    }

    @Test
    public void B11_windowFollowsTheSharingAndTheSessionsEnd() {
        shared();
        var window = popOut();
        new Picture(window).awaitColours(LEFT, RIGHT);
        customer.button("Stop sharing").click();
        assertThat(window.getByText("The screen is not shared any more")).isVisible();
        assertThat(new Picture(window).canvas()).hasCount(0);
        customer.button("Share my screen")
                .or(customer.button("Share again"))
                .first()
                .click();
        new Picture(window).awaitMoreFrames(1);
        site.anna().api().post("/sessions/" + customer.session() + "/end").ok();
        awaitClosed(window);
        assertThat(desktop.text("The session has ended")).isVisible();
    }

    @Test
    public void B11_closingTheTabEndsTheSessionAndTheWindowGoesWithIt() {
        shared();
        var window = popOut();
        new Picture(window).awaitColours(LEFT, RIGHT);
        var session = customer.session();
        desktop.page().onDialog(com.microsoft.playwright.Dialog::accept);
        desktop.page().navigate("about:blank");
        Await.until("the session's end", Duration.ofSeconds(15), () -> site.anna()
                .api()
                .get("/sessions/" + session)
                .ok()
                .get("state")
                .asText()
                .equals("ENDED"));
        awaitClosed(window);
    }

    @Test
    public void B11_aBrowserThatBlocksTheWindowIsExplained() {
        shared();
        desktop.page().evaluate("window.open = () => null");
        desktop.page().locator("#pop-out").click();
        assertThat(desktop.text("Your browser has blocked the window")).isVisible();
        desktop.picture().awaitColours(LEFT, RIGHT);
        desktop.button("Close").click();
        assertThat(desktop.text("Your browser has blocked the window")).isHidden();
    }

    @Test
    public void B11_windowOpensOnTheOtherMonitorOnceTheAgentAllowsIt() {
        var monitors =
                scene.closing(TwoMonitors.start(new TwoMonitors.Size(1440, 900), new TwoMonitors.Size(1280, 1024)));
        var browser = scene.closing(Running.browsers().chromium(monitors.display()));
        var agent = scene.in(browser, "Anna").with(site.anna().signIn());
        agent.seesMonitors(site.karaf().uri());
        desktop = Desktop.supporting(agent, site);
        customer = Customer.join(scene.customer(), site, desktop.pinDigits()).share();
        desktop.picture().awaitMoreFrames(1);
        var window = popOut();
        new Picture(window).awaitMoreFrames(1);
        int left = ((Number) window.evaluate("screenX")).intValue();
        assertTrue("on the right monitor, at " + left, left >= 1440);
        int at = ((Number) desktop.page().evaluate("screenX")).intValue();
        assertTrue("while the desktop is on the left one, at " + at, at < 1440);
    }

    @Test
    public void B20_screenLineTellsNumberAndResolutionOfTheMonitorThatIsShared() {
        var monitors =
                scene.closing(TwoMonitors.start(new TwoMonitors.Size(1280, 800), new TwoMonitors.Size(1440, 900)));
        var browser = scene.closing(Running.browsers()
                .chromium(
                        monitors.display(), "--window-size=1280,800", "--auto-select-desktop-capture-source=Screen 2"));
        desktop = Desktop.supporting(scene.agent(site), site);
        var person = scene.in(browser, "customer");
        person.seesMonitors(site.karaf().uri());
        customer = Customer.join(person, site, desktop.pinDigits()).share();
        assertThat(desktop.line("Screen"))
                .hasText("2 - 1440x900", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
    }

    @Test
    public void qualityMarkTellsABadLineAndWhoseItIs() {
        try (var ours = new Line(site.karaf().uri());
                var theirs = new Line(site.karaf().uri())) {
            site.call();
            desktop = Desktop.open(scene.agent(site), ours.uri() + "/desktop", "Marie Dupont")
                    .start();
            customer = Customer.join(scene.customer(), theirs.uri() + "/j/" + site.name() + "/" + desktop.pinDigits())
                    .share();
            desktop.picture().awaitMoreFrames(3);
            var mark = desktop.page().locator("#quality");
            assertThat(mark).isVisible();
            mark.click();
            assertThat(desktop.text("Delay, screen to screen")).isVisible();
            desktop.page().keyboard().press("Escape");

            theirs.cut();
            assertThat(panel()).hasAttribute("data-quality", "poor", patient());
            assertThat(mark).containsText("Poor");
            mark.click();
            assertThat(desktop.page().locator(".why")).hasText("Marie D.’s line is interrupted.");
            theirs.mend();
            assertThat(panel()).hasAttribute("data-state", "live", patient());
            assertThat(desktop.page().locator(".why").getByText("interrupted"))
                    .isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(PATIENCE));
            desktop.page().keyboard().press("Escape");

            ours.cut();
            assertThat(panel()).hasAttribute("data-state", "bad", patient());
            assertThat(panel()).hasAttribute("data-quality", "poor", patient());
            assertThat(desktop.page().getByText("Your own line is interrupted.").first())
                    .isAttached();
            ours.mend();
            assertThat(panel()).hasAttribute("data-state", "live", patient());
        }
    }

    /** A customer who shares a screen with two colours, seen by Anna. */
    private void shared() {
        desktop = Desktop.supporting(scene.agent(site), site);
        customer = Customer.join(scene.customer(), site, desktop.pinDigits()).share();
        Wall.infrontOf(scene).paint(LEFT, RIGHT);
        desktop.picture().awaitColours(LEFT, RIGHT);
    }

    private Page popOut() {
        var window = desktop.page()
                .waitForPopup(() -> desktop.page().locator("#pop-out").click());
        assertThat(panel()).hasAttribute("data-window", "open", patient());
        assertTrue(window.url(), window.url().endsWith("/screen/" + customer.session()));
        return window;
    }

    private Locator panel() {
        return desktop.page().locator("[data-state][data-view]");
    }

    private BoundingBox picture() {
        return desktop.picture().canvas().boundingBox();
    }

    private void awaitView(String view) {
        assertThat(panel()).hasAttribute("data-view", view);
    }

    private static LocatorAssertions.HasAttributeOptions patient() {
        return new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE);
    }

    private void awaitClosed(Page window) {
        desktop.page().waitForCondition(window::isClosed, new Page.WaitForConditionOptions().setTimeout(PATIENCE));
    }
}
