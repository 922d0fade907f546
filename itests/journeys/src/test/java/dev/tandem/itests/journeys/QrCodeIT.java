package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;

import org.junit.Rule;
import org.junit.Test;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;

/** The client URL as a QR code: a reader of another make looks at the pixels of the page. */
public class QrCodeIT {
    @Rule
    public final Scene scene = new Scene();

    private final Site site = Site.create(Running.karaf());

    @Test
    public void B7_clientUrlCanBeScannedFromTheScreenInLightAndDark() throws Exception {
        var desktop = Desktop.supporting(scene.agent(site), site);
        var page = desktop.page();
        var url = site.karaf().uri() + "/j/" + site.name() + "/" + desktop.pinDigits();
        var code = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("QR code: Client URL. Enlarge"));
        for (var scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            assertScanned(scheme + ", waiting", url, code);
        }
        desktop.button("Invite").click();
        assertScanned("in the Invite panel", url, code.nth(1));

        code.first().click();
        var large = page.getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName("QR code: Client URL: " + url));
        assertThat(large).isVisible();
        assertTrue("it is large", large.boundingBox().width > 300);
        assertScanned("enlarged", url, large);
        page.keyboard().press("Escape");
        assertThat(large).isHidden();

        Customer.join(scene.customer(), url);
        assertThat(desktop.statusLine()).isVisible();
        desktop.button("Add a customer").click();
        assertThat(code).hasCount(1);
        var session = site.anna()
                .api()
                .get("/sessions?mine=true")
                .ok()
                .get("sessions")
                .get(0);
        var next = session.get("seats").get(1).get("url").asText();
        assertScanned("for who comes later", next, code.last());
        desktop.button("Session").click();
        page.getByRole(AriaRole.MENUITEM)
                .filter(new Locator.FilterOptions().setHasText("Start new session"))
                .click();
        desktop.page()
                .locator("button.primary", new Page.LocatorOptions().setHasText("Start new session"))
                .click();
        assertThat(desktop.panel()).isVisible();
        var fresh = site.karaf().uri() + "/j/" + site.name() + "/" + desktop.pinDigits();
        assertScanned("a fresh PIN has a code of its own", fresh, code.first());
    }

    @Test
    public void addressesOfAnyLengthCanBeScanned() throws Exception {
        var desktop = Desktop.supporting(scene.agent(site), site);
        desktop.page().evaluate("document.body.append(document.createElement('tandem-qr'))");
        var code = desktop.page().locator("body > tandem-qr");
        code.evaluate(
                "(element) => { element.style.cssText = 'position: fixed; inset: 0 auto auto 0; z-index: 99; inline-size: 600px; block-size: 600px'; }");
        for (int length : List.of(1, 14, 15, 62, 63, 154, 300, 700)) {
            var text = "https://support.example.org/j/acme/".repeat(20).substring(0, length);
            code.evaluate("async (element, text) => { element.value = text; element.label = text; }", text);
            desktop.page().waitForCondition(() -> text.equals(tryScan(code)));
        }
        code.evaluate("(element) => { element.value = 'x'.repeat(5000); }");
        assertThat(code.getByRole(AriaRole.BUTTON)).hasCount(0);
    }

    /** As who holds a telephone to the screen does: until it is read, since what is just opening moves or fades. */
    private static void assertScanned(String where, String url, Locator code) {
        var read = new AtomicReference<String>("");
        try {
            code.page().waitForCondition(() -> !read.updateAndGet(before -> tryScan(code))
                    .isEmpty());
        } catch (TimeoutError e) {
            throw new AssertionError(where + ": no code to be read", e);
        }
        assertEquals(where, url, read.get());
    }

    private static String tryScan(Locator code) {
        try {
            return scan(code);
        } catch (NotFoundException notYet) {
            return "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String scan(Locator code) throws NotFoundException, IOException {
        var image = ImageIO.read(new ByteArrayInputStream(code.screenshot()));
        var pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        var source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
        return new MultiFormatReader()
                .decode(
                        new BinaryBitmap(new HybridBinarizer(source)),
                        Map.of(
                                DecodeHintType.POSSIBLE_FORMATS,
                                List.of(BarcodeFormat.QR_CODE),
                                DecodeHintType.TRY_HARDER,
                                Boolean.TRUE))
                .getText();
    }
}
