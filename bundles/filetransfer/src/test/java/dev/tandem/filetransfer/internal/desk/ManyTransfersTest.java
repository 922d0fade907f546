package dev.tandem.filetransfer.internal.desk;

import static dev.tandem.session.testing.Cast.MARIE;
import static dev.tandem.session.testing.Cast.SESSION;
import static dev.tandem.session.testing.Cast.SITE;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.sqlite.SQLiteDataSource;

import dev.tandem.filetransfer.FileTransferEvent;
import dev.tandem.journal.EventSubscriber.Published;

/** One customer may send thousands of small files: what follows from each must not cost what all of them do. */
public class ManyTransfersTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** Of this thread: the journal asks for things of its own. */
    private final Thread here = Thread.currentThread();

    private int queries;

    @Test
    public void whatFollowsFromATransferDoesNotReadAllOthersOfItsSession() {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.getRoot().toPath().resolve("test.db"));
        try (var scene = new Scene(counting(source))) {
            offer(scene, 3);
            int few = heard(scene);
            offer(scene, 40);
            assertEquals("questions to the database", few, heard(scene));
            assertTrue("it goes on while any is open", scene.running());
        }
    }

    private static void offer(Scene scene, int files) {
        for (int i = 0; i < files; i++) {
            scene.ready(scene.file(MARIE, i + ".txt", 1));
        }
        scene.journal.settle();
    }

    /** How many questions are asked when one of them is heard of. */
    private int heard(Scene scene) {
        var one = scene.book.of(SITE, SESSION).get(0);
        int before = queries;
        scene.watch.on(new Published(
                SITE,
                1,
                UUID.randomUUID(),
                UUID.randomUUID(),
                Instant.EPOCH,
                new FileTransferEvent.Offered(SITE, SESSION, one.id())));
        return queries - before;
    }

    private DataSource counting(DataSource source) {
        return proxy(DataSource.class, source);
    }

    /** The same, that counts queries. */
    private <T> T proxy(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                ManyTransfersTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> {
                    if (Thread.currentThread() == here && method.getName().equals("executeQuery")) {
                        queries++;
                    }
                    try {
                        var result = method.invoke(real, values);
                        if (result instanceof Connection connection) {
                            return proxy(Connection.class, connection);
                        }
                        return result instanceof PreparedStatement statement
                                ? proxy(PreparedStatement.class, statement)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
