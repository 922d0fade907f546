package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Browser;

/**
 * A customer with a phone, or what Chromium makes of one: size, touch, what it calls itself, and no way to capture a screen, as
 * on phones. No real phone takes part.
 */
public class PhoneIT {
    private static final String ANDROID =
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/156.0.0.0 Mobile Safari/537.36";
    /** An iPad says that it is a Mac. */
    private static final String TABLET = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/18.5 Safari/605.1.15";

    @Rule
    public final Scene scene = new Scene();

    private Site site;
    private Desktop desktop;

    @Before
    public void agent() {
        site = Site.create(Running.karaf());
        desktop = Desktop.supporting(scene.agent(site), site);
    }

    @Test
    public void customerWithAPhoneChatsIsToldAndGoesOnAtAComputer() {
        var pin = desktop.pinDigits();
        var phone = Customer.join(handheld(ANDROID, 390, 844), site, pin);
        assertThat(phone.text("Phones and tablets cannot show their screen")).isVisible();
        assertThat(phone.button("Share my screen")).isHidden();
        assertEquals(
                "nothing is cut off at the right",
                390,
                phone.page().evaluate("() => document.documentElement.scrollWidth"));

        phone.chat().say("I am on the phone");
        assertThat(desktop.showChat().chat().message("I am on the phone")).isVisible();
        desktop.chat().say("Then please open the link on the computer");
        assertThat(phone.chat().message("open the link on the computer")).isVisible();

        phone.button("Copy: Your link").click();
        var link = (String) phone.page().evaluate("() => navigator.clipboard.readText()");
        var computer = Customer.join(scene.customer(), link).share();
        assertThat(desktop.picture().canvas()).isVisible();
        assertThat(computer.button("Stop sharing")).isVisible();
        assertThat(phone.text("another device")).isVisible();
    }

    @Test
    public void tabletThatSaysItIsAMacIsToldToo() {
        var tablet = Customer.join(handheld(TABLET, 820, 1180), site, desktop.pinDigits());
        assertThat(tablet.text("Phones and tablets cannot show their screen")).isVisible();
        assertThat(tablet.button("Share my screen")).isHidden();
    }

    private Person handheld(String userAgent, int width, int height) {
        var person = scene.stranger(handheldOptions(userAgent, width, height));
        person.context().addInitScript("delete globalThis.MediaDevices?.prototype.getDisplayMedia");
        return person;
    }

    private static Browser.NewContextOptions handheldOptions(String userAgent, int width, int height) {
        return Scene.options("en-GB", width, height)
                .setUserAgent(userAgent)
                .setIsMobile(true)
                .setHasTouch(true)
                .setDeviceScaleFactor(2);
    }
}
