package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;

import java.util.Random;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.assertions.LocatorAssertions;

import dev.tandem.itests.harness.Browsers;

/** The customer shares the screen; the agent sees it. Checked by the colours of pixels. */
public class SharingIT {
    private static final long SEED = 20261121;

    @Rule
    public final Scene scene = new Scene();

    private final Random random = new Random(SEED);
    private Site site;
    private Desktop desktop;
    private Customer customer;
    private Wall wall;

    @Before
    public void together() {
        site = Site.create(Running.karaf());
        desktop = Desktop.supporting(scene.agent(site), site);
        customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        assertThat(desktop.statusLine()).isVisible();
    }

    @Test
    public void agentSeesTheCustomersRealScreenWhileItChanges() {
        customer.share();
        wall = Wall.infrontOf(scene);
        for (int change = 0; change < 3; change++) {
            var left = colour();
            var right = colour();
            wall.paint(left, right);
            desktop.picture().awaitColours(left, right);
        }
    }

    @Test
    public void B9_screenLineReadsNoneBeforeAndSizeDuringSharing() {
        assertThat(desktop.line("Screen")).hasText("none");
        customer.share();
        assertThat(desktop.line("Screen"))
                .hasText(
                        "1 - " + Browsers.CUSTOMER_WIDTH + "x" + Browsers.CUSTOMER_HEIGHT,
                        new LocatorAssertions.HasTextOptions().setTimeout(20_000));
        customer.button("Stop sharing").click();
        assertThat(desktop.line("Screen")).hasText("none");
    }

    @Test
    public void lateViewerAndSecondTabSeeThePictureThatStandsStill() {
        customer.share();
        wall = Wall.infrontOf(scene);
        var left = colour();
        var right = colour();
        wall.paint(left, right);
        desktop.picture().awaitColours(left, right);
        var late = Desktop.open(desktop.agent(), site, "Marie Dupont").start();
        late.picture().awaitColours(left, right);
        desktop.page().bringToFront();
        desktop.picture().awaitColours(left, right);
    }

    @Test
    public void agentReloadsInMidShareAndSeesItAgain() {
        customer.share();
        wall = Wall.infrontOf(scene);
        var left = colour();
        var right = colour();
        wall.paint(left, right);
        desktop.picture().awaitColours(left, right);
        desktop.page().reload();
        desktop.picture().awaitColours(left, right);
        var fresh = colour();
        wall.paint(fresh, fresh);
        desktop.picture().awaitColours(fresh, fresh);
    }

    @Test
    public void customerStopsSharing() {
        customer.share();
        assertThat(desktop.picture().canvas()).isVisible();
        customer.button("Stop sharing").click();
        assertThat(customer.text("Nobody sees your screen now")).isVisible();
        assertThat(desktop.picture().canvas()).isHidden();
        assertThat(desktop.text("The screen is not shared any more")).isVisible();
        shareAgain();
    }

    @Test
    public void agentStopsSharing() {
        customer.share();
        assertThat(desktop.picture().canvas()).isVisible();
        desktop.button("Stop sharing").click();
        assertThat(customer.text("Nobody sees your screen now")).isVisible();
        assertThat(customer.button("Stop sharing")).isHidden();
        assertThat(desktop.picture().canvas()).isHidden();
    }

    @Test
    public void customerSeesWhoIsLookingAndAFrameWhileSharingIsOn() {
        assertThat(customer.page().locator("[data-sharing], .sharing-frame").first())
                .isHidden();
        customer.share();
        assertThat(customer.text("Anna Bell can see your screen")).isVisible();
    }

    @Test
    public void customerReloadsInMidShareAndIsToldThatSharingStopped() {
        customer.share();
        assertThat(desktop.picture().canvas()).isVisible();
        customer.page().reload();
        assertThat(customer.text("Sharing stopped because the page was loaded again."))
                .isVisible();
        assertThat(desktop.text("The screen is not shared any more")).isVisible();
        shareAgain();
    }

    @Test
    public void B10_leavingEndsTheSharing() {
        customer.share();
        assertThat(desktop.picture().canvas()).isVisible();
        desktop.button("Leave session").click();
        assertThat(desktop.text("You left")).isVisible();
        assertThat(customer.button("Stop sharing")).isHidden();
        assertEquals(
                "nothing is shared on the server",
                404,
                site.anna().api().get("/screen/" + customer.session()).status());
    }

    private void shareAgain() {
        customer.button("Share my screen")
                .or(customer.button("Share again"))
                .first()
                .click();
        assertThat(desktop.picture().canvas()).isVisible();
    }

    private Picture.Colour colour() {
        return new Picture.Colour(20 + random.nextInt(216), 20 + random.nextInt(216), 20 + random.nextInt(216));
    }
}
