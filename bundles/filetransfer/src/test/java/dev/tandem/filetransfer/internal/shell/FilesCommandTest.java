package dev.tandem.filetransfer.internal.shell;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.apache.karaf.shell.api.console.Session;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.sqlite.SQLiteDataSource;

import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.TransferId;
import dev.tandem.filetransfer.internal.book.Announcement;
import dev.tandem.filetransfer.internal.desk.Scene;
import dev.tandem.platform.SiteId;
import dev.tandem.session.testing.Cast;
import dev.tandem.web.testing.FakeCall;

/** Which transfers the shell lists where there are more than anybody reads. */
public class FilesCommandTest {
    private static final SiteId OTHER = new SiteId("other");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Scene scene;

    @Before
    public void begin() {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.getRoot().toPath().resolve("test.db"));
        scene = new Scene(source);
    }

    @After
    public void end() {
        scene.close();
    }

    @Test
    public void theTransfersOfASiteAreListedHoweverManyLaterOnesOthersHave() throws Exception {
        var ann = Cast.agent("ann");
        var ofOther = scene.sessions.open(OTHER, ann, Cast.customer("Theo"));
        var sender = scene.gate.sender(new FakeCall(Cast.agent(OTHER, "ann", "ann")), ofOther.id());
        var early = scene.book
                .announce(sender, announcement(), UUID.randomUUID())
                .orElseThrow(refusal -> new IllegalStateException(refusal.toString()));
        for (int i = 0; i < FilesCommand.MOST; i++) {
            scene.clock.advance(Duration.ofSeconds(1));
            announced();
        }
        var whole = list("main", null);
        assertFalse("that is all of that site: " + whole, whole.contains("There are more"));
        var latest = announced();
        whole = list("main", null);
        assertTrue(whole, whole.contains("There are more than these " + FilesCommand.MOST));
        assertTrue(whole.contains(latest.toString()));
        assertEquals(
                "the table is bounded",
                FilesCommand.MOST,
                whole.lines().filter(line -> line.contains("ARRIVING")).count());

        var others = list("other", null);
        assertTrue(others, others.contains(early.toString()));
        assertFalse(others.contains("There are more"));
        assertTrue(list("other", ofOther.id().toString()).contains(early.toString()));
        var all = list(null, null);
        assertFalse(all.contains(early.toString()));
        assertTrue(all, all.contains("There are more than these " + FilesCommand.MOST));
    }

    private TransferId announced() {
        return scene.book
                .announce(scene.gate.sender(new FakeCall(Cast.ANNA), Cast.SESSION), announcement(), UUID.randomUUID())
                .orElseThrow(refusal -> new IllegalStateException(refusal.toString()));
    }

    private static Announcement announcement() {
        return new Announcement(Kind.FILE, "a", 1, Optional.of(1L));
    }

    private String list(String site, String which) throws Exception {
        var said = new ByteArrayOutputStream();
        var command = new FilesCommand();
        command.book = scene.book;
        command.sessions = scene.sessions;
        command.session = (Session) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, values) -> {
                    assertEquals("getConsole", method.getName());
                    return new PrintStream(said, true, StandardCharsets.UTF_8);
                });
        command.site = site;
        command.which = which;
        command.execute();
        return said.toString(StandardCharsets.UTF_8);
    }
}
