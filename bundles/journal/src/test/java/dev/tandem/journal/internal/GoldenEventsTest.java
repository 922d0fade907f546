package dev.tandem.journal.internal;

import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.journal.testing.GoldenEvents;

/** The helper itself: that it notices what it is for. */
public class GoldenEventsTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path golden;

    @Before
    public void write() throws IOException {
        golden = folder.getRoot().toPath();
        put("ledger.paid.v0", "{\"pence\": 5}");
        put("ledger.paid.v1", "{\"cents\": 5}");
        put("ledger.paid.v2", "{\"amount\": 5, \"note\": null}");
        put("ledger.reminded.v1", "{\"deadline\": \"grace\"}");
    }

    private void put(String name, String json) throws IOException {
        Files.writeString(golden.resolve(name + ".json"), json);
    }

    private void assertFails(String part) {
        var failure = assertThrows(AssertionError.class, () -> GoldenEvents.check(Ledger.EVENTS, golden));
        assertTrue(failure.getMessage(), failure.getMessage().contains(part));
    }

    @Test
    public void goodFilesPass() {
        GoldenEvents.check(Ledger.EVENTS, golden);
    }

    @Test
    public void aMissingFileFails() throws IOException {
        Files.delete(golden.resolve("ledger.paid.v0.json"));
        assertFails("ledger.paid.v0.json is missing");
    }

    @Test
    public void aFieldThatIsNoLongerWrittenFails() throws IOException {
        put("ledger.reminded.v1", "{\"deadline\": \"grace\", \"by\": \"anna\"}");
        assertFails("ledger.reminded.v1 is written as it was read");
    }

    @Test
    public void aShapeThatIsNotReadFails() throws IOException {
        put("ledger.paid.v0", "{\"pence\": \"many\"}");
        assertFails("is not read");
    }
}
