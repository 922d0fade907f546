package dev.tandem.filetransfer.internal.desk;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.filetransfer.FileTransfer.Ending;
import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.FileTransfers.Outgoing;
import dev.tandem.filetransfer.TransferId;
import dev.tandem.filetransfer.internal.book.Announcement;
import dev.tandem.filetransfer.internal.book.FileToCome;
import dev.tandem.filetransfer.internal.receive.UploadScene;
import dev.tandem.journal.Answer;
import dev.tandem.journal.Ids;
import dev.tandem.session.testing.Cast;

/** What integrators send, and send again. */
public class FilesServiceTest {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private final UUID command = UUID.randomUUID();
    private UploadScene scene;
    private FilesService service;

    @Before
    public void begin() {
        scene = new UploadScene(temporary.getRoot().toPath());
        service = new FilesService(scene.book, scene.gate, scene.stores, scene.verifier);
    }

    @After
    public void end() {
        scene.close();
    }

    private Answer<TransferId> send(String text) throws IOException {
        return service.send(
                Cast.SITE,
                Cast.SESSION,
                new Outgoing("a.txt", Optional.empty(), "text/plain"),
                UploadScene.bytes(text),
                command);
    }

    private static TransferId sent(Answer<TransferId> answer) {
        return answer.orElseThrow(refusal -> new IllegalStateException(refusal.code()));
    }

    private void offered(TransferId id, long size) throws InterruptedException {
        UploadScene.until(() -> scene.book.find(Cast.SITE, id).orElseThrow().state() == State.OFFERED);
        assertEquals(size, scene.book.find(Cast.SITE, id).orElseThrow().bytes());
    }

    @Test
    public void aRepeatOfWhatWasSentSendsNothingMore() throws Exception {
        var first = sent(send("hello"));
        offered(first, 5);
        assertEquals(first, sent(send("another")));
        offered(first, 5);
        assertEquals(1, scene.book.count(Cast.SITE, Cast.SESSION));
    }

    @Test
    public void theSizeIsKnownOnceAllHasCome() throws Exception {
        var id = sent(send("hello"));
        assertEquals(
                Optional.of(5L),
                scene.book.find(Cast.SITE, id).orElseThrow().files().get(0).size());
    }

    @Test
    public void whatDiedWithItsProcessIsSentByTheRepeat() throws Exception {
        var sender = scene.gate.controller(Cast.SITE, Cast.SESSION);
        var id = sent(scene.book.announce(
                sender, new Announcement(Kind.FILE, "a.txt", 1, Optional.empty()), Ids.derived(command, "announce")));
        var file = UUID.randomUUID().toString().replace("-", "");
        scene.book.add(
                sender,
                id,
                new FileToCome(file, "a.txt", Optional.empty(), "text/plain", Optional.empty()),
                Ids.derived(command, "add"));
        scene.stores.of(Cast.SITE).create(scene.key(file));
        assertEquals(id, sent(send("hello")));
        offered(id, 5);
        assertEquals(
                file,
                scene.book.find(Cast.SITE, id).orElseThrow().files().get(0).id());
    }

    @Test
    public void aRepeatOfWhatCameToNothingIsNotCalledSent() throws Exception {
        var id = sent(send("hello"));
        offered(id, 5);
        scene.book.cancel(Cast.SITE, id, Ending.TAKEN_BACK, "system", UUID.randomUUID());
        var again = send("hello");
        assertTrue(again instanceof Answer.Refused<TransferId>);
        assertEquals(
                "transfer-over", ((Answer.Refused<TransferId>) again).refusal().code());
    }
}
