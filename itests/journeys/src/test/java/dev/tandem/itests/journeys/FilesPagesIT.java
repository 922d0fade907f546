package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipFile;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.RoughLine;
import dev.tandem.itests.harness.WebKit;

/** The files' pages in other browsers, without a mouse, in two windows at once, and after a reload. */
public class FilesPagesIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    /** Umlauts, Han, emoji, letters with their marks apart, Arabic. */
    private static final List<String> NAMES = List.of(
            "\u00dcbersicht f\u00fcr Z\u00fcrich \u2013 Gr\u00f6\u00dfe.txt",
            "\u8acb\u6c42\u66f8 11\u6708.txt",
            "\ud83d\ude80\u2728 notes.txt",
            "re\u0301sume\u0301.txt",
            "\u0641\u0627\u062a\u0648\u0631\u0629.txt");

    @Rule
    public final Scene scene = Scene.withAxe();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Audit audit = new Audit();
    private Site site;
    private Desktop desktop;
    private FilesPanel agents;

    @Before
    public void agent() {
        site = Site.create(Running.karaf());
        desktop = Desktop.supporting(scene.agent(site), site);
    }

    @After
    public void nothingSeriousWasFound() {
        audit.nothingSeriousWasFound();
    }

    @Test
    public void b12_bx4_firefoxSavesAndSendsFilesByTheNamesThatTheyHave() throws Exception {
        var customers = joined(scene.firefoxCustomer());
        for (var name : NAMES) {
            var sent = file(name, 40_000);
            agents.send(sent);
            var got = customers.download(name, "Accept");
            assertEquals(name, got.suggestedFilename());
            assertEquals(name, got.path().getFileName().toString());
            assertEquals(-1, Files.mismatch(sent, got.path()));
            assertThat(agents.row(name)).containsText("Received");
            assertThat(customers.row(name)).containsText("Saved");
            // A second one of that name would be given another.
            got.delete();
        }

        for (var name : NAMES) {
            var back =
                    Files.write(folder.newFolder().toPath().resolve("back " + name), bytes(name.hashCode(), 300_000));
            customers.send(back);
            var got = agents.download("back " + name, "Accept");
            assertEquals(inChromium("back " + name), got.suggestedFilename());
            assertArrayEquals(Files.readAllBytes(back), Files.readAllBytes(got.path()));
            assertThat(customers.row("back " + name)).containsText("Received");
        }
    }

    @Test
    public void b12_firefoxHasAFolderAsAZipWithItsNames() throws Exception {
        var customers = joined(scene.firefoxCustomer());
        var tree = folder.newFolder("Pl\u00e4ne").toPath();
        Files.createDirectories(tree.resolve("\u56f3\u9762"));
        for (var name : NAMES) {
            Files.writeString(tree.resolve("\u56f3\u9762").resolve(name), name);
        }
        agents.sendTree(tree);
        customers.press("Pl\u00e4ne", "Accept");
        assertThat(customers.button("Pl\u00e4ne", "Save as zip")).isVisible();
        assertThat(customers.button("Pl\u00e4ne", "Save to a folder")).hasCount(0);
        var zip = customers.download("Pl\u00e4ne", "Save as zip");
        assertEquals("Pl\u00e4ne.zip", zip.path().getFileName().toString());
        assertThat(agents.row("Pl\u00e4ne")).containsText("Received");
        try (var read = new ZipFile(zip.path().toFile())) {
            for (var name : NAMES) {
                var entry = read.getEntry("Pl\u00e4ne/\u56f3\u9762/" + name);
                assertTrue(name, entry != null);
                assertEquals(name, new String(read.getInputStream(entry).readAllBytes(), "UTF-8"));
            }
        }

        zip.delete();
    }

    @Test
    public void b12_bx4_webKitSavesAndSendsAFile() throws Exception {
        var link = site.karaf().uri() + "/j/" + site.name() + "/" + desktop.pinDigits();
        try (var webkit = WebKit.start()) {
            try {
                webkit.open(link);
                webkit.enter("Your name", Customer.NAME);
                webkit.awaitText("You are connected with Anna Bell");
                agents = FilesPanel.of(desktop);
                webkit.awaitButton("Send files");
                var name = NAMES.get(0);
                var sent = file(name, 50_000);
                agents.send(sent);
                webkit.awaitText("Do you want to have this?");
                webkit.pressPart("Accept");
                awaitSaved(webkit.downloads().resolve(name), sent);
                assertThat(agents.row(name)).containsText("Received");
                var back = file("back " + name, 3_000_000);
                webkit.choose("input#files", back);
                var got = agents.download("back " + name, "Accept");
                assertArrayEquals(Files.readAllBytes(back), Files.readAllBytes(got.path()));
            } catch (Exception | AssertionError e) {
                webkit.screenshot(Running.work().resolve("failures").resolve("FilesPagesIT-WebKit.png"));
                throw e;
            }
        }
    }

    @Test
    public void b12_namesInChromiumStayAsTheyAre() throws Exception {
        var customers = joined(scene.customer());
        for (var name : NAMES) {
            var sent = file(name, 1000);
            agents.send(sent);
            var got = customers.download(name, "Accept");
            assertEquals(inChromium(name), got.suggestedFilename());
            assertArrayEquals(Files.readAllBytes(sent), Files.readAllBytes(got.path()));
            assertThat(agents.row(name)).containsText("Received");
        }
    }

    @Test
    public void b12_bx4_everythingByKeyboardAlone() throws Exception {
        var line = scene.closing(RoughLine.slow(site.karaf().uri(), 2_000_000));
        var marie = Customer.join(
                scene.customer(), line.uri() + "/j/" + site.name() + "/" + desktop.pinDigits(), Customer.NAME);
        agents = FilesPanel.of(desktop);
        var customers = FilesPanel.of(marie);
        audit.look(marie.page(), "customer, nothing sent");
        var keys = new Keyboard(marie.page());

        // Sends, pauses, goes on, takes back; the focus stays with the file.
        var large = file("large.bin", 50_000_000);
        keys.tabTo(customers.sendFiles());
        var chooser = marie.page().waitForFileChooser(() -> keys.press("Enter"));
        chooser.setFiles(large);
        keys.tabTo(customers.button("large.bin", "Pause")).press("Enter");
        assertThat(customers.row("large.bin")).containsText("Paused");
        assertThat(customers.button("large.bin", "Go on")).isFocused();
        audit.look(marie.page(), "customer, paused");
        keys.press("Enter");
        assertThat(customers.row("large.bin")).not().containsText("Paused");
        assertThat(customers.button("large.bin", "Pause")).isFocused();
        audit.look(marie.page(), "customer, sending");
        keys.tabTo(customers.button("large.bin", "Cancel")).press(" ");
        assertThat(customers.row("large.bin")).containsText("You have taken this back");
        assertThat(customers.row("large.bin")).isFocused();

        // Accepts and declines.
        agents.send(file("wanted.bin", 2000), file("unwanted.bin", 3000));
        keys.tabTo(customers.button("wanted.bin", "Accept"));
        audit.look(marie.page(), "customer, asked");
        var got = marie.page().waitForDownload(() -> keys.press("Enter"));
        assertEquals("wanted.bin", got.suggestedFilename());
        assertThat(customers.row("wanted.bin")).containsText("Saved");
        assertThat(customers.button("wanted.bin", "Save")).isFocused();
        // It stands above the one that was accepted.
        new Keyboard(marie.page())
                .tabTo(customers.button("unwanted.bin", "Decline"))
                .press("Enter");
        assertThat(customers.row("unwanted.bin")).containsText("You have declined this");
        assertThat(customers.row("unwanted.bin")).isFocused();
        keys.tabTo(customers.row("wanted.bin").locator("summary")).press("Enter");
        assertThat(customers.row("wanted.bin").locator("code")).isVisible();
        audit.look(marie.page(), "customer, accepted and declined");

        // The agent's side: a folder by its button, all of the customer's beforehand.
        var theirs = new Keyboard(desktop.page());
        customers.send(file("question.bin", 500));
        theirs.tabTo(agents.button("question.bin", "Decline")).press("Enter");
        assertThat(agents.row("question.bin")).containsText("You have declined this");
        assertThat(agents.row("question.bin")).isFocused();
        theirs.tabTo(agents.acceptAll()).press(" ");
        assertThat(agents.acceptAll()).isChecked();
        assertThat(agents.acceptAll()).isFocused();
        var answer = file("answer.bin", 700);
        var taken = desktop.page().waitForDownload(() -> customers.send(answer));
        assertEquals("answer.bin", taken.suggestedFilename());
        audit.look(desktop.page(), "agent, accepting all");
    }

    @Test
    public void bx4_whatIsAnsweredOnOnePageIsAnsweredOnTheOther() throws Exception {
        var marie = Customer.join(scene.customer(), site, desktop.pinDigits());
        agents = FilesPanel.of(desktop);
        var first = FilesPanel.of(marie);
        var other = marie.person().context().waitForPage(() -> marie.page()
                .evaluate("() => void window.open(location.href)"));
        var second = FilesPanel.of(new Customer(marie.person(), other));
        var downloads = new CopyOnWriteArrayList<String>();
        marie.page().onDownload(one -> downloads.add(one.suggestedFilename()));
        other.onDownload(one -> downloads.add(one.suggestedFilename()));

        agents.send(file("one.bin", 900));
        assertThat(first.row("one.bin")).containsText("Do you want to have this?");
        assertThat(second.row("one.bin")).containsText("Do you want to have this?");
        second.download("one.bin", "Accept");
        assertThat(first.row("one.bin")).containsText("Saved");
        assertThat(first.button("one.bin", "Accept")).hasCount(0);
        agents.send(file("two.bin", 900));
        first.press("two.bin", "Decline");
        assertThat(second.row("two.bin")).containsText("You have declined this");
        assertThat(second.button("two.bin", "Accept")).hasCount(0);

        // What is accepted beforehand is saved once, whichever page does it.
        second.acceptAll().check();
        assertThat(first.acceptAll()).isChecked();
        for (var name : List.of("three.bin", "four.bin")) {
            agents.send(file(name, 900));
            assertThat(agents.row(name)).containsText("Received");
            assertThat(first.row(name)).containsText("Saved");
            assertThat(second.row(name)).containsText("Saved");
        }
        assertEquals(List.of("one.bin", "three.bin", "four.bin"), downloads);

        // The agent too may have the session on two pages.
        var again = Desktop.open(desktop.agent(), site, "Marie Dupont").press();
        var theirs = FilesPanel.of(again);
        first.send(file("five.bin", 900));
        assertThat(theirs.row("five.bin")).containsText("Do you want to have this?");
        theirs.download("five.bin", "Accept");
        assertThat(agents.row("five.bin")).containsText("Saved");
        assertThat(first.row("five.bin")).containsText("Received");
    }

    @Test
    public void b12_aPageThatWasReloadedGoesOnWhereTheServerIs() throws Exception {
        var line = scene.closing(RoughLine.slow(site.karaf().uri(), 4_000_000));
        var marie = Customer.join(
                scene.customer(), line.uri() + "/j/" + site.name() + "/" + desktop.pinDigits(), Customer.NAME);
        agents = FilesPanel.of(desktop);
        var customers = FilesPanel.of(marie);
        var large = file("large.bin", 40_000_000);
        var acknowledged = marie.page()
                .waitForResponse(
                        response -> response.request().method().equals("PATCH") && response.status() == 204,
                        () -> customers.send(large))
                .headerValue("upload-offset");
        marie.page().reload();
        customers.sendFiles().waitFor();
        assertThat(customers.row("large.bin")).containsText("Interrupted. Choose the same file again");
        assertThat(agents.row("large.bin")).containsText("Waiting for its sender");
        audit.look(marie.page(), "customer, interrupted");

        var another = folder.newFolder().toPath().resolve("large.bin");
        Files.write(another, new byte[40_000_001]);
        choose(marie.page(), customers.button("large.bin", "Go on"), another);
        assertThat(marie.text("large.bin is not the file that was interrupted")).isVisible();
        assertThat(customers.row("large.bin")).hasCount(1);

        var requests = new CopyOnWriteArrayList<String>();
        marie.page().onRequest(request -> {
            if (request.url().contains("/api/files")) {
                requests.add(request.method() + " " + request.headers().getOrDefault("upload-offset", ""));
            }
        });
        choose(marie.page(), customers.button("large.bin", "Go on"), large);
        assertThat(agents.row("large.bin"))
                .containsText("Do you want", new LocatorAssertions.ContainsTextOptions().setTimeout(120_000));
        assertThat(customers.row("large.bin")).hasCount(1);
        assertEquals("HEAD ", requests.get(0));
        assertTrue(requests.toString(), requests.stream().noneMatch(one -> one.startsWith("POST")));
        long from = Long.parseLong(requests.get(1).replaceFirst("^PATCH ", ""));
        assertTrue(from + " after " + acknowledged, from >= Long.parseLong(acknowledged));
        var got = agents.download("large.bin", "Accept");
        assertEquals(-1, Files.mismatch(large, got.path()));
    }

    @Test
    public void b12_theSameFileOnASecondPageGoesOnThereAndTheFirstSaysSo() throws Exception {
        var line = scene.closing(RoughLine.slow(site.karaf().uri(), 4_000_000));
        var marie = Customer.join(
                scene.customer(), line.uri() + "/j/" + site.name() + "/" + desktop.pinDigits(), Customer.NAME);
        agents = FilesPanel.of(desktop);
        var first = FilesPanel.of(marie);
        var other = marie.person().context().waitForPage(() -> marie.page()
                .evaluate("() => void window.open(location.href)"));
        var second = FilesPanel.of(new Customer(marie.person(), other));
        var large = file("large.bin", 40_000_000);
        marie.page()
                .waitForResponse(
                        response -> response.request().method().equals("PATCH") && response.status() == 204,
                        () -> first.send(large));
        assertThat(second.row("large.bin")).containsText("On its way");
        var late = new CopyOnWriteArrayList<String>();
        other.waitForRequest(request -> request.method().equals("HEAD"), () -> second.send(large));
        assertThat(marie.text("large.bin goes on from the other page")).isVisible();
        marie.page().onRequest(request -> {
            if (request.url().contains("/api/files/")) {
                late.add(request.method());
            }
        });
        assertThat(first.row("large.bin")).containsText("On its way from another page of yours");
        assertThat(first.row("large.bin")).hasCount(1);
        assertThat(agents.row("large.bin"))
                .containsText("Do you want", new LocatorAssertions.ContainsTextOptions().setTimeout(120_000));
        assertEquals("the first page leaves it alone", List.of(), late);
        var got = agents.download("large.bin", "Accept");
        assertEquals(-1, Files.mismatch(large, got.path()));
    }

    @Test
    public void theCountAtTheTabGoesWithControl() throws Exception {
        var customers = joined(scene.customer());
        customers.send(file("one.bin", 900));
        var count = desktop.tab("Files").locator(".badge");
        assertThat(count).hasText("1");
        Desktop.assisting(scene.agent(site, site.ben(), "en-GB"), site, desktop.sessionNumber());
        desktop.passControlTo("Ben Cole");
        assertThat(count).hasCount(0);
        assertThat(agents.button("one.bin", "Accept")).hasCount(0);
    }

    /** Also at the tab of the desktop, by which an agent finds the customer who waits for an answer. */
    @Test
    public void theCountAtTheTabGoesWithTheSession() throws Exception {
        var customers = joined(scene.customer());
        customers.send(file("one.bin", 900));
        var count = desktop.desktopTab("Remote support").locator(".badge");
        assertThat(count).hasText("1");
        desktop.endSession();
        assertThat(count).hasCount(0);
        assertThat(agents.button("one.bin", "Accept")).hasCount(0);
    }

    /** What a phone shows of a message and of what it is about. */
    @Test
    public void noMessageLiesOverTheAnswersOnAPhone() throws Exception {
        var customers = joined(scene.stranger(Scene.options("en-GB", 360, 560)));
        // Messages stay, however slow this machine is.
        customers
                .page()
                .evaluate("() => { const real = setTimeout;"
                        + " window.setTimeout = (act, after) => real(act, after === 5000 ? 600000 : after) }");
        for (int i = 0; i < 3; i++) {
            agents.send(file("a rather long name of file number " + i + ".bin", 900));
            var name = "a rather long name of file number " + i + ".bin";
            var accept = customers.button(name, "Accept");
            accept.waitFor();
            var toast = customers.page().locator("tandem-toasts .toast").last();
            toast.waitFor();
            for (var answer : List.of(accept, customers.button(name, "Decline"))) {
                // Also where it lies at the lower edge of what can be seen.
                answer.evaluate("one => one.scrollIntoView({block: 'end'})");
                Await.until(
                        "nothing lies over " + answer,
                        SOON,
                        () -> (Boolean) answer.evaluate("one => { const at = one.getBoundingClientRect();"
                                + " return at.bottom <= innerHeight + 1 && document.elementsFromPoint("
                                + "at.x + at.width / 2, at.y + at.height / 2)[0].localName !== 'tandem-toasts' }"));
            }
            assertThat(toast).isVisible();
        }
    }

    private FilesPanel joined(Person person) {
        var customer = Customer.join(person, site, desktop.pinDigits());
        agents = FilesPanel.of(desktop);
        return FilesPanel.of(customer);
    }

    private static void choose(Page page, Locator button, Path file) {
        page.waitForFileChooser(button::click).setFiles(file);
    }

    /** Chromium composes letters in the names of what it downloads, wherever it comes from. */
    private static String inChromium(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    private static void awaitSaved(Path saved, Path sent) {
        Await.until(saved + " is saved", SOON, () -> {
            try {
                return Files.exists(saved) && Files.mismatch(sent, saved) == -1;
            } catch (IOException e) {
                throw new UncheckedIOException(
                        saved.getParent() + ": "
                                + List.of(saved.getParent().toFile().list()),
                        e);
            }
        });
    }

    private Path file(String name, int size) throws IOException {
        return Files.write(folder.getRoot().toPath().resolve(name), bytes(size, size));
    }

    private static byte[] bytes(long seed, int size) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
