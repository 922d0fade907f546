package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

import dev.tandem.journal.testing.TestDatabase;

/** Files under {@code sql/} next to this class: 001, 002 as they were released, and what must be refused. */
@RunWith(Parameterized.class)
public class MigrationTest {
    private static final String FIRST = "001_fruit.sql";
    private static final String SECOND = "002_colour.sql";

    @Parameterized.Parameters(name = "{0}")
    public static Object[] databases() {
        return TestDatabase.values();
    }

    @Parameterized.Parameter
    public TestDatabase kind;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SqlDatabase database;

    @Before
    public void open() {
        database = new SqlDatabase(kind.durable(Path.of(folder.getRoot().toURI())));
    }

    @After
    public void close() {
        database.close();
    }

    private void migrate(String... files) {
        database.migrate("fruit", MigrationTest.class, List.of(files));
    }

    private List<String> fruit() {
        return database.read(sql -> sql.all("SELECT name FROM fruit ORDER BY name", row -> row.getString(1)));
    }

    private void sql(String statement) {
        database.write(sql -> sql.update(statement));
    }

    @Test
    public void eachFileIsRunOnceInOrder() {
        migrate(FIRST);
        assertEquals(List.of("fig"), fruit());
        migrate(FIRST, SECOND);
        migrate(FIRST, SECOND);
        assertEquals(List.of("fig", kind == TestDatabase.SQLITE ? "lime of sqlite" : "lime of postgresql"), fruit());
    }

    @Test
    public void slicesDoNotMeet() {
        migrate(FIRST);
        sql("DROP TABLE fruit");
        database.migrate("other", MigrationTest.class, List.of(FIRST, SECOND));
        assertEquals(2, fruit().size());
    }

    @Test
    public void aFileThatWasChangedIsRefused() {
        migrate(FIRST);
        sql("UPDATE journal_migration SET checksum = 'x' WHERE slice = 'fruit'");
        var refused = assertThrows(IllegalStateException.class, () -> migrate(FIRST, SECOND));
        assertTrue(refused.getMessage(), refused.getMessage().contains("001_fruit.sql was changed after it was run"));
        assertEquals(1, fruit().size());
    }

    @Test
    public void tablesNewerThanTheFilesAreRefused() {
        migrate(FIRST, SECOND);
        var refused = assertThrows(IllegalStateException.class, () -> migrate(FIRST));
        assertTrue(refused.getMessage(), refused.getMessage().contains("newer than this version: 002_colour.sql"));
    }

    @Test
    public void gapsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> migrate(SECOND));
        assertThrows(IllegalArgumentException.class, () -> migrate("fruit.sql"));
        assertThrows(IllegalArgumentException.class, () -> migrate(FIRST, "002_not_there.sql"));
        migrate(FIRST, SECOND);
        sql("DELETE FROM journal_migration WHERE slice = 'fruit' AND number = 1");
        assertThrows(IllegalStateException.class, () -> migrate(FIRST, SECOND));
    }

    @Test
    public void afterAFailureNothingOfItIsThere() {
        migrate(FIRST, SECOND);
        assertThrows(DatabaseException.class, () -> migrate(FIRST, SECOND, "003_broken.sql"));
        assertThrows(DatabaseException.class, () -> sql("SELECT * FROM half_done"));
        migrate(FIRST, SECOND);
    }

    @Test
    public void nodesThatStartTogetherRunItOnce() throws Exception {
        var threads = Executors.newFixedThreadPool(3);
        var running = new ArrayList<Future<?>>();
        for (int i = 0; i < 3; i++) {
            running.add(threads.submit(() -> migrate(FIRST, SECOND)));
        }
        for (var one : running) {
            one.get();
        }
        threads.shutdown();
        assertEquals(2, fruit().size());
    }
}
