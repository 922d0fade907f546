package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.Rule;
import org.junit.Test;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Karaf;

/** What an administrator sees of transfers in Karaf's shell and in its log. */
public class FilesShellIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String NAME = "Kontoauszug Marie 4711.bin";

    @Rule
    public final Scene scene = new Scene();

    private final Karaf karaf = Running.karaf();
    private final ObjectMapper json = new ObjectMapper();

    @Test
    public void bx6_theShellAndTheLogTellOfATransferAndNeverItsName() throws Exception {
        var site = Site.create(karaf);
        var desktop = Desktop.supporting(scene.agent(site), site);
        var customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        var agents = FilesPanel.of(desktop);
        var customers = FilesPanel.of(customer);
        agents.sendNamed(NAME, new byte[12_345]);
        customers.download(NAME, "Accept");
        assertThat(agents.row(NAME)).containsText("Received");
        customers.sendNamed("not " + NAME, new byte[54_321]);
        agents.press("not " + NAME, "Decline");
        assertThat(customers.row("not " + NAME)).containsText("Declined");
        var checksum = customers.checksum(NAME);
        var number = desktop.sessionNumber().replaceAll("\\D", "");

        var list = shell("tandem:files --site " + site.name());
        assertTrue(list, list.contains(number) && list.contains("TO_CUSTOMER") && list.contains("12345"));
        assertFalse("what came to nothing is not kept: " + list, list.contains("54321"));
        assertFalse(shell("tandem:files --site nobody").contains(number));

        var ofSession = json.readTree(shell("tandem:files --json --site " + site.name() + " " + number));
        assertEquals(2, ofSession.size());
        var declined = ofSession.get(0);
        assertEquals("DECLINED", declined.get("state").asText());
        var done = ofSession.get(1);
        assertEquals("DONE", done.get("state").asText());
        assertEquals(12_345, done.get("bytes").asLong());
        assertEquals(ofSession, json.readTree(shell("tandem:files --json " + desktop.session())));

        var id = done.get("transfer").asText();
        var one = shell("tandem:files " + id);
        assertTrue(one, one.contains(id) && one.contains(checksum) && one.contains("1 of 1 ready"));
        var whole = json.readTree(shell("tandem:files --json " + id));
        assertEquals(done, whole.get("transfer"));
        assertEquals(checksum, whole.get("files").get(0).get("sha256").asText());
        assertEquals("READY", whole.get("files").get(0).get("state").asText());

        var nothing = shell("tandem:files " + UUID.randomUUID());
        assertTrue(nothing, nothing.contains("No session and no transfer"));
        var help = shell("tandem:files --help");
        assertTrue(help, help.contains("DESCRIPTION") && help.contains("never told"));

        assertLines(
                id,
                "begins: FILE TO_CUSTOMER, 1 files, 12345 bytes",
                "is over: DONE after [0-9]+ ms, 1 files, 12345 bytes");
        assertLines(
                declined.get("transfer").asText(),
                "begins: FILE FROM_CUSTOMER, 1 files, 54321 bytes",
                "is over: DECLINED after [0-9]+ ms, 1 files, 54321 bytes");
        assertFalse("a name stands in the log", karaf.tail(100_000).contains("4711"));
    }

    /** What is told of people anywhere is told without the names of their files. */
    private String shell(String command) {
        var said = karaf.shell(command);
        assertFalse(command + ": " + said, said.contains("4711"));
        return said;
    }

    private void assertLines(String transfer, String... wanted) {
        Await.until(
                "the end of " + transfer + " in the log",
                SOON,
                () -> lines(transfer).size() >= wanted.length);
        var lines = lines(transfer);
        assertEquals(lines.toString(), wanted.length, lines.size());
        for (int i = 0; i < wanted.length; i++) {
            assertTrue(
                    lines.get(i), lines.get(i).matches(".*INFO.*Transfer " + transfer + " in session .*" + wanted[i]));
        }
    }

    private List<String> lines(String transfer) {
        return karaf.tail(100_000)
                .lines()
                .filter(line -> line.contains(transfer))
                .toList();
    }
}
