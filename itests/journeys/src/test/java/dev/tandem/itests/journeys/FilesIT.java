package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.harness.Line;

/** Files between an agent and a customer, in their pages. */
public class FilesIT {
    private static final long GIGABYTE = 1_073_741_824;
    private static final long HUNDRED_MEGABYTES = 104_857_600;

    @Rule
    public final Scene scene = new Scene();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Site site;
    private Desktop desktop;
    private Customer customer;
    private FilesPanel agents;
    private FilesPanel customers;

    @Before
    public void together() {
        site = Site.create(Running.karaf());
        desktop = Desktop.supporting(scene.agent(site), site);
        customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        agents = FilesPanel.of(desktop);
        customers = FilesPanel.of(customer);
    }

    @Test
    public void B12_BX4_aFileGoesBothWaysAndIsSavedAsItWas() throws Exception {
        var guide = file("Guide for Marie.pdf", 5_300_000);
        agents.send(guide);
        var offered = customers.row("Guide for Marie.pdf");
        assertThat(offered).containsText("5.05 MB");
        assertThat(offered).containsText("From Anna Bell");
        assertThat(offered).containsText("Do you want to have this?");
        assertThat(agents.row("Guide for Marie.pdf")).containsText("Waiting to be accepted");
        var saved = customers.download("Guide for Marie.pdf", "Accept");
        assertEquals("Guide for Marie.pdf", saved.suggestedFilename());
        assertSame(guide, saved);
        assertThat(agents.row("Guide for Marie.pdf")).containsText("Received");
        assertThat(offered).containsText("Saved");
        assertEquals(sha256(guide), customers.checksum("Guide for Marie.pdf"));
        assertEquals(sha256(guide), agents.checksum("Guide for Marie.pdf"));
        assertSame(guide, customers.download("Guide for Marie.pdf", "Save"));

        var photo = file("photo.bin", 70_000);
        customers.send(photo);
        assertThat(desktop.tab("Files").locator(".badge")).hasText("1");
        assertSame(photo, agents.download("photo.bin", "Accept"));
        assertThat(customers.row("photo.bin")).containsText("Received");

        customers.send(file("not wanted.txt", 10));
        agents.press("not wanted.txt", "Decline");
        assertThat(customers.row("not wanted.txt")).containsText("Declined");
        assertThat(agents.button("not wanted.txt", "Save")).hasCount(0);
    }

    @Test
    public void B12_aFolderKeepsItsTreeAsAZip() throws Exception {
        var tree = tree();
        agents.sendTree(tree);
        customers.press("Manual", "Accept");
        var zip = customers.download("Manual", "Save as zip");
        assertEquals("Manual.zip", zip.suggestedFilename());
        var found = new TreeMap<String, String>();
        try (var read = new ZipFile(zip.path().toFile())) {
            for (var entry : List.copyOf(read.stream().toList())) {
                if (!entry.isDirectory()) {
                    found.put(entry.getName(), sha256(read.getInputStream(entry).readAllBytes()));
                }
            }
        }
        assertEquals(files(tree, "Manual/"), found);
        assertThat(agents.row("Manual")).containsText("Received");
    }

    /** The origin's own folders stand for those of the disk, since no test can press a button in the browser's own dialog. */
    @Test
    public void B12_aFolderGoesFromFolderToFolderWithWhatIsEmptyInIt() {
        desktop.page().evaluate(MAKE_TREE);
        agents.sendFolder().click();
        customer.page().evaluate(CHOOSE_TARGET);
        customers.press("Plans", "Accept").press("Plans", "Save to a folder");
        assertThat(customer.text("Plans has been saved")).isVisible();
        assertEquals(
                List.of(
                        "Plans/a.txt=first",
                        "Plans/empty/",
                        "Plans/sub/",
                        "Plans/sub/deeper/",
                        "Plans/sub/deeper/none/",
                        "Plans/sub/deeper/zweites \u00e4.txt=the second"),
                customer.page().evaluate(READ_TARGET));
        assertThat(agents.row("Plans")).containsText("Received");

        // And the other way; what is there already stays as it is.
        customer.page().evaluate(MAKE_TREE);
        customers.sendFolder().click();
        desktop.page().evaluate(CHOOSE_TARGET);
        agents.row("Plans").last().waitFor();
        agents.rows().filter(asking()).locator("button.primary").click();
        agents.rows()
                .filter(asking())
                .or(agents.rows().filter(from("Marie")))
                .getByText("Save to a folder")
                .click();
        assertThat(desktop.text("Plans has been saved")).isVisible();
    }

    private static Locator.FilterOptions asking() {
        return new Locator.FilterOptions().setHasText("Do you want to have this?");
    }

    private static Locator.FilterOptions from(String name) {
        return new Locator.FilterOptions().setHasText("From " + name);
    }

    @Test
    public void B13_oneByteTooMuchIsRefusedBeforeAByteIsSentAndTheExactLimitIsLetIn() throws Exception {
        var sent = sending(desktop.page());
        agents.send(sparse("disk.img", GIGABYTE + 1));
        assertThat(agents.row("disk.img")).containsText("Larger than 1 GB (1,073,741,824 bytes)");
        assertThat(agents.row("disk.img")).containsText("Nothing was sent");
        assertEquals(List.of(), sent);
        agents.press("disk.img", "Remove");
        assertThat(agents.row("disk.img")).hasCount(0);
        agents.send(sparse("just right.img", GIGABYTE));
        assertThat(customers.row("just right.img")).containsText("On its way");
        agents.press("just right.img", "Cancel");
        assertThat(customers.row("just right.img")).containsText("Taken back");

        var back = sending(customer.page());
        assertThat(customers.hint()).containsText("100 MB per file");
        customers.send(sparse("dump.img", HUNDRED_MEGABYTES + 1));
        assertThat(customers.row("dump.img")).containsText("Larger than 100 MB (104,857,600 bytes)");
        assertEquals(List.of(), back);
    }

    @Test
    public void B13_BX4_limitsAreSettingsOfEachWayThatHoldAtOnce() throws Exception {
        site.set("filetransfer.to-customer-bytes", "5000");
        site.set("filetransfer.from-customer-bytes", "3000");
        var sent = sending(desktop.page());
        agents.send(file("five.bin", 5001));
        assertThat(agents.row("five.bin")).containsText("(5,000 bytes)");
        assertEquals(List.of(), sent);
        var fits = file("fits.bin", 5000);
        agents.send(fits);
        assertSame(fits, customers.download("fits.bin", "Accept"));
        customers.send(file("three.bin", 3001));
        assertThat(customers.row("three.bin")).containsText("(3,000 bytes)");
    }

    @Test
    public void BX4_theCustomersWindowHasTransferFilesStopSharingAndChat() {
        customer.share();
        assertThat(customer.button("Stop sharing")).isVisible();
        assertThat(customer.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Transfer files")))
                .isVisible();
        assertThat(customers.sendFiles()).hasText(Pattern.compile("Send files"));
        assertThat(customer.chat().field()).isVisible();
    }

    @Test
    public void BX4_whoAcceptsAllIsNotAskedAgain() throws Exception {
        var one = file("one.bin", 2000);
        agents.send(one);
        assertThat(customers.row("one.bin")).containsText("Do you want to have this?");
        var first = customer.page().waitForDownload(() -> customers.acceptAll().check());
        assertSame(one, first);
        var two = file("two.bin", 3000);
        var second = customer.page().waitForDownload(() -> agents.send(two));
        assertSame(two, second);
        assertThat(agents.row("two.bin")).containsText("Received");
        customers.acceptAll().uncheck();
        agents.send(file("three.bin", 10));
        assertThat(customers.row("three.bin")).containsText("Do you want to have this?");
    }

    @Test
    public void G22_whatIsSentHasALinkInTheChatOfTheOtherSide() throws Exception {
        var notes = file("notes.bin", 2000);
        customers.send(notes);
        desktop.showChat();
        var link = desktop.chat().log().getByText("notes.bin");
        assertThat(link).isVisible();
        link.click();
        assertThat(agents.row("notes.bin")).isFocused();
        assertSame(notes, agents.download("notes.bin", "Accept"));
        assertThat(customer.chat().log().getByText("notes.bin")).isVisible();
    }

    @Test
    public void W30_W39_controlThatPassesEndsWhatIsOnItsWayAndLeavesWhatHasArrived() throws Exception {
        var form = file("form.bin", 4000);
        customers.send(form);
        assertSame(form, agents.download("form.bin", "Accept"));
        agents.send(sparse("slow.img", 400_000_000));
        agents.press("slow.img", "Pause");
        assertThat(agents.row("slow.img")).containsText("Paused");
        customers.send(sparse("also slow.img", 90_000_000));
        customers.press("also slow.img", "Pause");
        assertThat(customers.row("also slow.img")).containsText("Paused");
        var number = desktop.sessionNumber();
        var ben = Desktop.assisting(scene.agent(site, site.ben(), "en-GB"), site, number);
        assertThat(FilesPanel.of(ben).hint()).containsText("Only the agent in control");
        desktop.passControlTo("Ben Cole");
        var his = FilesPanel.of(ben);
        agents = FilesPanel.of(desktop);
        assertThat(agents.row("slow.img")).containsText("another agent has taken control");
        assertThat(customers.row("also slow.img")).containsText("control of the session has changed");
        assertThat(agents.hint()).containsText("Only the agent in control");
        assertThat(his.row("form.bin")).isVisible();
        assertSame(form, his.download("form.bin", "Save"));
        assertThat(his.hint()).containsText("Or drop or paste them here");
        var again = file("again.bin", 2000);
        his.send(again);
        assertThat(customers.row("again.bin")).containsText("From Ben Cole");
        assertSame(again, customers.download("again.bin", "Accept"));
    }

    @Test
    public void pausedAndCutOffItGoesOnWhereItWas() throws Exception {
        var line = scene.closing(new Line(site.karaf().uri()));
        site.set("session.grace", "300");
        var away =
                Customer.join(scene.customer(), line.uri() + "/j/" + site.name() + "/" + joinable(), "Marie elsewhere");
        var elsewhere = FilesPanel.of(away);
        var large = file("large.bin", 60_000_000);
        elsewhere.send(large);
        elsewhere.press("large.bin", "Pause");
        assertThat(elsewhere.row("large.bin")).containsText("Paused");
        elsewhere.press("large.bin", "Go on");
        line.cut();
        assertThat(elsewhere.row("large.bin")).containsText("The connection is lost");
        line.mend();
        assertThat(agents.row("large.bin"))
                .containsText("Do you want", new LocatorAssertions.ContainsTextOptions().setTimeout(120_000));
        assertSame(large, agents.download("large.bin", "Accept"));
    }

    @Test
    public void namesThatDeceiveAreSeenThroughAndSavedHarmlessly() throws Exception {
        var bytes = new byte[] {1, 2, 3};
        agents.sendNamed("photo\u202egpj.exe", bytes);
        var row = customers.row("photo\u25a1gpj.exe");
        assertThat(row).containsText("Program");
        var saved = customers.download("photo\u25a1gpj.exe", "Accept");
        assertEquals("photogpj.exe", saved.suggestedFilename());
        assertArrayEquals(bytes, Files.readAllBytes(saved.path()));
    }

    @Test
    public void picturesArePastedAndFilesAreDroppedAnywhereOnTheCustomersPage() {
        customer.page()
                .evaluate(
                        """
                () => {
                  const with_ = (name, type) => {
                    const data = new DataTransfer();
                    data.items.add(new File(['some bytes'], name, { type }));
                    return data;
                  };
                  const more = { bubbles: true, composed: true, cancelable: true };
                  document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: with_('image.png', 'image/png'), ...more }));
                  document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: with_('dropped.txt', 'text/plain'), ...more }));
                }""");
        assertThat(agents.row("dropped.txt")).containsText("Do you want to have this?");
        var pasted = agents.rows().filter(new Locator.FilterOptions().setHasText("Pasted picture"));
        assertThat(pasted).containsText(".png");
        assertThat(pasted).containsText("From Marie");
    }

    private String joinable() {
        return desktop.pinDigits();
    }

    /** What leaves a page for the files' service from now on. */
    private static List<String> sending(Page page) {
        var seen = new CopyOnWriteArrayList<String>();
        page.onRequest(request -> {
            if (request.url().contains("/api/files")) {
                seen.add(request.method() + " " + request.url());
            }
        });
        return seen;
    }

    private Path file(String name, int size) throws IOException {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(folder.getRoot().toPath().resolve(name), bytes);
    }

    /** As long as it says, without a byte of its own on the disk. */
    private Path sparse(String name, long size) throws IOException {
        var path = folder.getRoot().toPath().resolve(name);
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
        }
        return path;
    }

    private Path tree() throws IOException {
        var root = folder.newFolder("Manual").toPath();
        Files.createDirectories(root.resolve("chapters/one"));
        Files.writeString(root.resolve("index.txt"), "index");
        Files.writeString(root.resolve("chapters/one/text two.txt"), "one");
        Files.write(root.resolve("chapters/picture.bin"), new byte[300_000]);
        return root;
    }

    private static Map<String, String> files(Path root, String prefix) throws Exception {
        var found = new TreeMap<String, String>();
        try (var all = Files.walk(root)) {
            for (var path : all.filter(Files::isRegularFile).toList()) {
                found.put(prefix + root.relativize(path), sha256(Files.readAllBytes(path)));
            }
        }
        return found;
    }

    private static void assertSame(Path wanted, Download saved) throws Exception {
        assertTrue(saved.suggestedFilename(), saved.failure() == null);
        assertEquals(sha256(wanted), sha256(saved.path()));
    }

    private static String sha256(Path file) throws Exception {
        return sha256(Files.readAllBytes(file));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static final String MAKE_TREE =
            """
            async () => {
              const own = await navigator.storage.getDirectory();
              const plans = await own.getDirectoryHandle('Plans', { create: true });
              const write = async (folder, name, text) => {
                const out = await (await folder.getFileHandle(name, { create: true })).createWritable();
                await out.write(text);
                await out.close();
              };
              await write(plans, 'a.txt', 'first');
              await plans.getDirectoryHandle('empty', { create: true });
              const deeper = await (await plans.getDirectoryHandle('sub', { create: true })).getDirectoryHandle('deeper', { create: true });
              await write(deeper, 'zweites \u00e4.txt', 'the second');
              await deeper.getDirectoryHandle('none', { create: true });
              window.showDirectoryPicker = async () => plans;
            }""";

    private static final String CHOOSE_TARGET =
            """
            async () => {
              const own = await navigator.storage.getDirectory();
              const target = await own.getDirectoryHandle('target', { create: true });
              window.showDirectoryPicker = async () => target;
            }""";

    private static final String READ_TARGET =
            """
            async () => {
              const target = await (await navigator.storage.getDirectory()).getDirectoryHandle('target');
              const found = [];
              const read = async (folder, way) => {
                for await (const one of folder.values()) {
                  const path = way + one.name;
                  if (one.kind === 'directory') {
                    if (way) found.push(path + '/');
                    await read(one, path + '/');
                  } else {
                    found.push(path + '=' + (await (await one.getFile()).text()));
                  }
                }
              };
              await read(target, '');
              return found.sort();
            }""";
}
