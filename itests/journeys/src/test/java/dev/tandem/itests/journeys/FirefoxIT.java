package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.Random;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Page;

/** Either side in Firefox. */
public class FirefoxIT {
    private static final long SEED = 20261122;

    @Rule
    public final Scene scene = new Scene();

    private final Random random = new Random(SEED);
    private Site site;

    @Before
    public void site() {
        site = Site.create(Running.karaf());
    }

    @Test
    public void customerSharesFromFirefoxAndItGoesOnInTheBackground() {
        var desktop = Desktop.supporting(scene.agent(site), site);
        var customer = Customer.join(scene.firefoxCustomer(), site, desktop.pinDigits())
                .share();
        desktop.picture().awaitMoreFrames(3);
        assertThat(desktop.line("Screen")).hasText("1 - 1280x800");

        var wall = new Wall(inFrontOf(customer));
        customer.page()
                .waitForCondition(() -> "hidden".equals(customer.page().evaluate("() => document.visibilityState")));
        for (int change = 0; change < 4; change++) {
            var left = colour();
            var right = colour();
            wall.paint(left, right);
            desktop.picture().awaitColours(left, right);
        }

        customer.page().bringToFront();
        desktop.picture().awaitMoreFrames(3);
        customer.button("Stop sharing").click();
        assertThat(customer.text("Nobody sees your screen now")).isVisible();
        assertThat(desktop.picture().canvas()).isHidden();
    }

    @Test
    public void agentWatchesInFirefox() {
        var desktop = Desktop.supporting(scene.firefoxAgent(site.anna()), site);
        Customer.join(scene.customer(), site, desktop.pinDigits()).share();
        var wall = Wall.infrontOf(scene);
        for (int change = 0; change < 3; change++) {
            var left = colour();
            var right = colour();
            wall.paint(left, right);
            desktop.picture().awaitColours(left, right);
        }
    }

    /** A tab in the same window, so that it hides the customer's; not under our policy, which a blank page would inherit. */
    private static Page inFrontOf(Customer customer) {
        var tab = customer.person().context().waitForPage(() -> customer.page()
                .evaluate("() => void window.open('about:blank')"));
        tab.navigate("data:text/html,wall");
        return tab;
    }

    private Picture.Colour colour() {
        return new Picture.Colour(20 + random.nextInt(216), 20 + random.nextInt(216), 20 + random.nextInt(216));
    }
}
