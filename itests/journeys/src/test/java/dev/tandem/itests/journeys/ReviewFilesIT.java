package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Looks at the pages of file transfer in their states, as {@link ReviewIT} does at the others. */
public class ReviewFilesIT {
    private static final String LONG = "Betriebsanleitung fuer die Feststellbremsenbetaetigungseinrichtung vierte"
            + " ueberarbeitete Fassung mit allen Anhaengen.pdf";

    @Rule
    public final Scene scene = Scene.withAxe();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Review review;

    /** All at once, so that one run tells all. */
    @After
    public void nothingFound() {
        if (review != null) {
            review.nothingFound();
        }
    }

    @Test
    public void filesOfBothSides() throws Exception {
        review = new Review("files");
        var site = Site.create(Running.karaf());
        var desktop = Desktop.supporting(scene.agent(site), site);
        var customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        var agents = FilesPanel.of(desktop);
        var customers = FilesPanel.of(customer);
        review.look(desktop.page(), "agent nothing sent");
        review.look(customer.page(), "customer nothing sent");

        agents.send(file(LONG, 5000), file("plain.txt", 10));
        agents.sendNamed("فاتورة نوفمبر.xlsx", new byte[3000]);
        agents.send(sparse("too large.iso", 2_000_000_000));
        agents.send(sparse("paused.iso", 900_000_000));
        // What has not come to the server yet is not taken back, but forgotten.
        assertThat(agents.row("paused.iso")).containsText("From you");
        agents.press("paused.iso", "Pause");
        for (var name : new String[] {LONG, "plain.txt", "فاتورة نوفمبر.xlsx"}) {
            assertThat(customers.row(name)).containsText("Do you want to have this?");
        }
        assertThat(agents.row("paused.iso")).containsText("Paused");
        review.look(desktop.page(), "agent sending");
        review.look(customer.page(), "customer asked");

        customers.download("plain.txt", "Accept");
        customers.press(LONG, "Decline");
        assertThat(customers.row("plain.txt")).containsText("Saved");
        customers.checksum("plain.txt");
        assertThat(customers.row(LONG)).containsText("You have declined");
        customers.send(file("from the customer.log", 400));
        assertThat(agents.row("from the customer.log")).containsText("Do you want to have this?");
        agents.press("paused.iso", "Cancel");
        assertThat(agents.row("paused.iso")).containsText("taken this back");
        review.look(desktop.page(), "agent asked");
        review.look(customer.page(), "customer with saved and declined");
    }

    private Path file(String name, int size) throws IOException {
        return Files.write(folder.getRoot().toPath().resolve(name), new byte[size]);
    }

    private Path sparse(String name, long size) throws IOException {
        var path = folder.getRoot().toPath().resolve(name);
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
        }
        return path;
    }
}
