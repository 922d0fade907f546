package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Karaf;
import dev.tandem.itests.harness.RoughLine;

/** File transfer goes and comes back under a running session whose people have their pages open, and files on their way. */
public class FilesHotPlugIT {
    private static final String STOP = "bundle:stop dev.tandem.filetransfer";
    private static final String START = "bundle:start dev.tandem.filetransfer";
    private static final int MB = 1 << 20;
    /** So slow that both sides are in the middle of their files when the bundle goes. */
    private static final long SLOW = 4L * MB;

    private static final int SIZE = 48 * MB + 4_321;
    private static final double LONGEST = 180_000;

    @Rule
    public final Scene scene = new Scene();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Karaf karaf = Running.karaf();
    private Site site;

    @Before
    public void aSite() {
        site = Site.create(karaf);
    }

    @After
    public void everythingRunsAgain() {
        karaf.shell("feature:install tandem-filetransfer");
        karaf.shell(START);
        karaf.awaitHealth();
    }

    /** An agent who helps a customer, both with their pages open at the end of some line. */
    private final class Together {
        final Desktop desktop;
        final Customer customer;
        private final String session;

        Together(java.net.URI uri) {
            site.call();
            desktop = Desktop.open(scene.agent(site), uri + "/desktop", "Marie Dupont")
                    .start();
            customer = Customer.join(scene.customer(), uri + "/j/" + site.name() + "/" + desktop.pinDigits());
            assertThat(desktop.statusLine()).isVisible();
            session = customer.session();
            desktop.page().evaluate("window.marked = true");
            customer.page().evaluate("window.marked = true");
        }

        Locator heading() {
            return customer.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Transfer files"));
        }

        void talk(String text) {
            desktop.showChat();
            desktop.chat().say(text);
            assertThat(customer.chat().message(text)).isVisible();
            customer.chat().say("yes: " + text);
            assertThat(desktop.chat().message("yes: " + text)).isVisible();
        }

        /** Both pages are without files, and all else goes on. */
        void filesAreGone() {
            assertThat(desktop.tab("Files")).isHidden();
            assertThat(heading()).isHidden();
            assertThat(desktop.text("has been taken out")).isVisible();
            var gone = site.anna().api().get("/filetransfer/" + session + "/transfers");
            assertEquals(404, gone.status());
            assertTrue(gone.headers().firstValue("content-type").orElse("").startsWith("application/problem+json"));
            assertEquals(
                    "nobody serves it, or it would be 405",
                    404,
                    site.anna().api().put("/files/x", "{}").status());
            assertEquals(
                    "ACTIVE",
                    site.anna()
                            .api()
                            .get("/sessions/" + session)
                            .ok()
                            .get("state")
                            .asText());
        }

        void filesAreBack() {
            assertThat(desktop.tab("Files")).isVisible();
            assertThat(heading()).isVisible();
            FilesPanel.of(desktop);
            FilesPanel.of(customer);
        }

        void notReloaded() {
            assertEquals(true, desktop.page().evaluate("window.marked === true"));
            assertEquals(true, customer.page().evaluate("window.marked === true"));
        }
    }

    @Test
    public void BX5_filesStopAndStartInMidUploadBothWaysAndTheRestGoesOn() throws Exception {
        var line = scene.closing(RoughLine.slow(karaf.uri(), SLOW));
        var both = new Together(line.uri());
        both.customer.share();
        assertThat(both.desktop.picture().canvas()).isVisible();
        var agents = FilesPanel.of(both.desktop);
        var customers = FilesPanel.of(both.customer);
        var ofAgent = new Uploads(both.desktop.page());
        var ofCustomer = new Uploads(both.customer.page());
        var down = file("for Marie.bin", SIZE, 1);
        var up = file("from Marie.bin", SIZE, 2);
        agents.send(down);
        customers.send(up);
        ofAgent.awaitAcknowledged(8 * MB);
        ofCustomer.awaitAcknowledged(8 * MB);
        var others = others();

        karaf.shell(STOP);
        both.filesAreGone();
        both.talk("we go on talking");
        assertThat(both.desktop.picture().canvas()).isVisible();
        assertThat(both.customer.button("Stop sharing")).isVisible();
        assertTrue(
                "stopped in the middle: " + ofAgent.acknowledged() + ", " + ofCustomer.acknowledged(),
                ofAgent.acknowledged() < SIZE && ofCustomer.acknowledged() < SIZE);
        assertEquals("no other bundle was touched", others, others());

        karaf.shell(START);
        both.filesAreBack();
        for (var panel : List.of(agents, customers)) {
            assertThat(panel.row("for Marie.bin")).isVisible();
            assertThat(panel.row("from Marie.bin")).isVisible();
        }
        asked(customers, "for Marie.bin");
        asked(agents, "from Marie.bin");
        assertSame(down, customers.download("for Marie.bin", "Accept"));
        assertSame(up, agents.download("from Marie.bin", "Accept"));
        assertThat(agents.row("for Marie.bin")).containsText("Received");
        ofAgent.assertOneUploadOfWhichNothingAcknowledgedWasSentAgain(SIZE);
        ofCustomer.assertOneUploadOfWhichNothingAcknowledgedWasSentAgain(SIZE);
        both.talk("and now you have it");
        assertThat(both.desktop.picture().canvas()).isVisible();
        both.notReloaded();
    }

    @Test
    public void BX5_whatIsOfferedOutlivesThatFilesAreTakenOutAndInstalledAgain() throws Exception {
        var both = new Together(karaf.uri());
        var agents = FilesPanel.of(both.desktop);
        var customers = FilesPanel.of(both.customer);
        var had = file("had.bin", 300_000, 3);
        var offered = file("offered.bin", 400_000, 4);
        var asked = file("asked.bin", 500_000, 5);
        agents.send(had);
        assertSame(had, customers.download("had.bin", "Accept"));
        agents.send(offered);
        customers.send(asked);
        asked(customers, "offered.bin");
        asked(agents, "asked.bin");

        karaf.shell(STOP);
        both.filesAreGone();
        karaf.shell(START);
        both.filesAreBack();
        assertSame(asked, agents.download("asked.bin", "Accept"));

        karaf.shell("feature:uninstall tandem-filetransfer");
        both.filesAreGone();
        both.talk("they are gone, and we are not");
        karaf.shell("feature:install tandem-filetransfer");
        both.filesAreBack();
        asked(customers, "offered.bin");
        assertThat(agents.row("offered.bin")).containsText("Waiting to be accepted");
        assertSame(offered, customers.download("offered.bin", "Accept"));
        assertSame(had, customers.download("had.bin", "Save"));
        assertThat(agents.row("offered.bin")).containsText("Received");
        both.notReloaded();
    }

    /** The last bytes come when the bundle that takes them is another one already: its client is told, or is not told, and goes on. */
    @Test
    public void BX5_aRequestThatIsUnderWayWhenTheBundleStartsAnewIsNotLost() throws Exception {
        var sending = Sending.begin(site, scene);
        for (boolean asksFirst : new boolean[] {true, false}) {
            var bytes = Sending.bytes(6 * MB, asksFirst ? 31 : 32);
            var upload =
                    TusUpload.create(sending.door(), sending.asAgent(), sending.metadata("late.bin"), bytes.length);
            assertEquals(204, upload.patch(0, Arrays.copyOf(bytes, 2 * MB)).status());
            var headers = new HashMap<>(upload.who());
            headers.putAll(Map.of(
                    "Tus-Resumable",
                    "1.0.0",
                    "Upload-Offset",
                    Integer.toString(2 * MB),
                    "Content-Type",
                    "application/offset+octet-stream",
                    "Content-Length",
                    Integer.toString(4 * MB)));
            try (var under = new RawRequest("PATCH", upload.uri(), headers)) {
                under.send(Arrays.copyOfRange(bytes, 2 * MB, 5 * MB));
                karaf.shell("bundle:restart dev.tandem.filetransfer");
                if (asksFirst) {
                    awaitThere(upload);
                    long known = upload.offset();
                    assertTrue("what came is kept: " + known, known >= 2 * MB && known <= 5 * MB);
                }
                under.send(Arrays.copyOfRange(bytes, 5 * MB, 6 * MB));
                int status = under.status();
                System.out.println("A request that was under way when its bundle was restarted hears " + status);
                assertTrue("HTTP " + status, status == 0 || status == 423 || status == 503);
            } catch (IOException closed) {
                // Its connection was shut, which is as good.
            }
            awaitThere(upload);
            assertTrue("what was acknowledged is there", upload.offset() >= 2 * MB);
            assertEquals(204, upload.goOn(bytes).status());
            var offered = sending.agree(sending.customer(), upload.id());
            assertEquals(Sending.sum(bytes), offered.path("file").path("sha256").asText());
            assertEquals(Sending.sum(bytes), sending.sumOfDownload(upload.id(), sending.asCustomer()));
        }
    }

    private static void awaitThere(TusUpload upload) {
        Await.until(
                "the bundle to answer",
                Duration.ofSeconds(60),
                () -> upload.head().status() == 200);
    }

    private static void asked(FilesPanel receiver, String name) {
        assertThat(receiver.row(name))
                .containsText(
                        "Do you want to have this?", new LocatorAssertions.ContainsTextOptions().setTimeout(LONGEST));
    }

    private String others() {
        return karaf.shell("bundle:list -t 0 -s --no-format")
                .lines()
                .filter(one -> !one.contains("dev.tandem.filetransfer"))
                .reduce("", (all, one) -> all + one + "\n");
    }

    private Path file(String name, int size, long seed) throws IOException {
        return Files.write(folder.getRoot().toPath().resolve(name), Sending.bytes(size, seed));
    }

    private static void assertSame(Path wanted, Download saved) throws IOException {
        assertTrue(saved.suggestedFilename(), saved.failure() == null);
        assertEquals(Sending.sum(wanted), Sending.sum(saved.path()));
    }

    /** What a page sends of its files, and what is acknowledged to it. */
    private static final class Uploads {
        private final Page page;
        private final List<String> made = new CopyOnWriteArrayList<>();
        private volatile long acknowledged;
        private volatile long again;

        Uploads(Page page) {
            this.page = page;
            page.onRequest(request -> {
                if (request.method().equals("PATCH") && request.url().contains("/api/files/")) {
                    long from = Long.parseLong(request.headers().get("upload-offset"));
                    again = Math.max(again, acknowledged - from);
                }
            });
            page.onResponse(this::heard);
        }

        private void heard(Response response) {
            var request = response.request();
            if (request.method().equals("POST") && request.url().endsWith("/api/files")) {
                made.add(response.status() + " " + response.headers().get("location"));
            } else if (request.method().equals("PATCH") && response.status() == 204) {
                acknowledged =
                        Math.max(acknowledged, Long.parseLong(response.headers().get("upload-offset")));
            }
        }

        long acknowledged() {
            return acknowledged;
        }

        void awaitAcknowledged(long bytes) {
            page.waitForCondition(() -> acknowledged >= bytes, new Page.WaitForConditionOptions().setTimeout(LONGEST));
        }

        void assertOneUploadOfWhichNothingAcknowledgedWasSentAgain(long size) {
            page.waitForCondition(() -> acknowledged == size);
            assertEquals("it was begun once: " + made, 1, made.size());
            assertEquals("acknowledged bytes that were sent again", 0, again);
        }
    }
}
