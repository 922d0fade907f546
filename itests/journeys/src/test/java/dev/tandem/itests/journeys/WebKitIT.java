package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.time.Duration;
import java.util.function.Consumer;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.WebKit;

/**
 * Either side in Debian's WebKit: what there is here of Safari. Its screen is WebKit's own moving test picture.
 */
public class WebKitIT {
    @Rule
    public final Scene scene = new Scene();

    private Site site;

    @Before
    public void site() {
        site = Site.create(Running.karaf());
    }

    @Test
    public void customerJoinsChatsAndSharesFromWebKit() {
        var desktop = Desktop.supporting(scene.agent(site), site);
        var link = site.karaf().uri() + "/j/" + site.name() + "/" + desktop.pinDigits();
        inWebKit(customer -> {
            customer.open(link);
            customer.enter("Your name", Customer.NAME);
            customer.awaitText("You are connected with Anna Bell");

            desktop.showChat().chat().say("Good morning");
            customer.awaitText("Good morning");
            customer.enter("Message", "I am here");
            assertThat(desktop.chat().message("I am here")).isVisible();

            customer.press("Share my screen");
            customer.awaitButton("Stop sharing");
            desktop.picture().awaitMoreFrames(5);
            customer.press("Stop sharing");
            customer.awaitText("Nobody sees your screen now");
            assertThat(desktop.picture().canvas()).isHidden();
        });
    }

    @Test
    public void agentWatchesInWebKit() {
        site.call();
        inWebKit(agent -> {
            agent.open(site.karaf().uri() + "/desktop");
            var signIn = site.anna().signIn();
            agent.type("User name", signIn.user());
            agent.enter("Password", signIn.password());
            agent.pressPart("Marie Dupont");
            agent.press("Remote support");
            agent.press("Start");
            agent.awaitElement(".connect .pin");
            var pin = agent.of(".connect .pin", "return element.innerText")
                    .asText()
                    .replaceAll("\\D", "");
            Customer.join(scene.customer(), site, pin).share();
            var wall = Wall.infrontOf(scene);
            for (var colour : new Picture.Colour[] {new Picture.Colour(200, 40, 90), new Picture.Colour(30, 160, 70)}) {
                wall.paint(colour, colour);
                Await.until(
                        "the picture in WebKit shows " + colour, Duration.ofSeconds(20), () -> shows(agent, colour));
            }
        });
    }

    /** What its page looked like is kept when the story fails. */
    private static void inWebKit(Consumer<WebKit> story) {
        try (var webkit = WebKit.start()) {
            try {
                story.accept(webkit);
            } catch (RuntimeException | AssertionError e) {
                webkit.screenshot(Running.work().resolve("failures").resolve("WebKitIT.png"));
                throw e;
            }
        }
    }

    private static boolean shows(WebKit agent, Picture.Colour colour) {
        var rgb = agent.of(
                "canvas",
                """
                const copy = document.createElement('canvas').getContext('2d');
                copy.drawImage(element, -Math.floor(element.width / 4), -Math.floor(element.height * 0.6));
                return [...copy.getImageData(0, 0, 1, 1).data].slice(0, 3);""");
        return new Picture.Colour(
                        rgb.get(0).asInt(), rgb.get(1).asInt(), rgb.get(2).asInt())
                .isNear(colour);
    }
}
