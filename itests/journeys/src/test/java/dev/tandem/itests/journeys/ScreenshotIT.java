package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Page;

import dev.tandem.itests.harness.Browsers;

/** The README's pictures, of the product at work. With {@code -Dtandem.screenshots=true} they replace those in docs/. */
public class ScreenshotIT {
    @Rule
    public final Scene scene = new Scene();

    @Test
    public void picturesOfAgentAndCustomer() throws IOException {
        var site = Site.create(Running.karaf());
        var desktop = Desktop.supporting(scene.agent(site), site);
        shoot(desktop.page(), "waiting");
        var customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        desktop.showChat().chat().say("Hello Marie, please share your screen so that I can see the message.");
        customer.chat().say("One moment, I press the button.");
        customer.share();
        var window = scene.stranger(Scene.options("en-GB", Browsers.CUSTOMER_WIDTH, Browsers.CUSTOMER_HEIGHT - 90))
                .open("about:blank");
        window.setContent(
                """
                <style>body{margin:0;font:18px system-ui;background:#24506f}main{max-width:46rem;margin:3rem auto;background:#fff;
                padding:2rem 2.5rem;border-radius:8px;box-shadow:0 2px 12px #0002}h1{font-size:1.5rem}
                .e{color:#a11;border-left:4px solid #a11;padding:.6rem 1rem;background:#fdecec}td{padding:.35rem 2rem .35rem 0}</style>
                <main><h1>Invoices, November</h1><p class="e">Invoice 2026-1117 could not be opened. Code 0x2F.</p>
                <table><tr><td>2026-1115</td><td>Paid</td><td>240.00</td></tr><tr><td>2026-1116</td><td>Paid</td><td>88.50</td></tr>
                <tr><td>2026-1117</td><td>Open</td><td>1,310.00</td></tr></table></main>""");
        desktop.page()
                .waitForCondition(() -> desktop.picture().isNear(new Picture.Colour(0x24, 0x50, 0x6f), 0.05, 0.6));
        assertThat(desktop.chat().message("One moment")).isVisible();
        shoot(desktop.page(), "agent");
        shoot(customer.page(), "customer");
    }

    private static void shoot(Page page, String name) throws IOException {
        var folder = Running.work().resolve("screenshots");
        Files.createDirectories(folder);
        var file = folder.resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
        if (!System.getProperty("tandem.screenshots", "").isEmpty()) {
            var docs =
                    Path.of(System.getProperty("basedir"), "..", "..", "docs").normalize();
            Files.createDirectories(docs);
            Files.copy(file, docs.resolve(name + ".png"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
