package dev.tandem.filetransfer.internal.book;

import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.sqlite.SQLiteDataSource;

import dev.tandem.filetransfer.FileTransfer.Ending;
import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.TransferId;
import dev.tandem.filetransfer.internal.desk.Scene;
import dev.tandem.session.testing.Cast;
import dev.tandem.web.testing.FakeCall;

/** Which transfers of a session with very many are listed. */
public class ListedTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void whatIsOpenIsListedHoweverOldAndThenTheLatest() {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.getRoot().toPath().resolve("test.db"));
        try (var scene = new Scene(source)) {
            var all = new ArrayList<UUID>();
            for (int i = 0; i < 6; i++) {
                all.add(announced(scene));
            }
            for (int over : List.of(0, 2, 3, 4)) {
                scene.book.cancel(
                        Cast.SITE, new TransferId(all.get(over)), Ending.TAKEN_BACK, "system", UUID.randomUUID());
            }
            assertEquals(List.of(all.get(1), all.get(4), all.get(5)), listed(scene, 3));
            assertEquals(List.of(all.get(1), all.get(5)), listed(scene, 2));
            assertEquals(all, listed(scene, 500));
            assertEquals(6, scene.book.count(Cast.SITE, Cast.SESSION));
        }
    }

    private static UUID announced(Scene scene) {
        var sender = scene.gate.sender(new FakeCall(Cast.ANNA), Cast.SESSION);
        return scene.book
                .announce(sender, new Announcement(Kind.FILE, "a", 1, Optional.of(1L)), UUID.randomUUID())
                .orElseThrow(refusal -> new IllegalStateException(refusal.toString()))
                .value();
    }

    private static List<UUID> listed(Scene scene, int most) {
        return scene.journal.database().read(sql -> TransferTable.of(sql, Cast.SITE, Cast.SESSION, most));
    }
}
