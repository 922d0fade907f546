package dev.tandem.session.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.sqlite.SQLiteDataSource;

import dev.tandem.journal.testing.TestClock;
import dev.tandem.session.SupportSession.State;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** What depends on the database: the tables, and who is first. */
@RunWith(Parameterized.class)
public class BothDatabasesTest {
    private static final int TABS = 8;

    @Parameters(name = "{0}")
    public static List<String> databases() {
        return List.of("SQLite", "PostgreSQL");
    }

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Optional<EmbeddedPostgres> postgres;

    public BothDatabasesTest(String database) throws IOException {
        postgres = database.equals("PostgreSQL")
                ? Optional.of(EmbeddedPostgres.builder().start())
                : Optional.empty();
    }

    @After
    public void stop() throws IOException {
        if (postgres.isPresent()) {
            postgres.get().close();
        }
    }

    private World world() {
        var sqlite = new SQLiteDataSource();
        sqlite.setUrl("jdbc:sqlite:" + folder.getRoot().toPath().resolve("test.db"));
        return new World(postgres.map(EmbeddedPostgres::getPostgresDatabase).orElse(sqlite), new TestClock());
    }

    @Test
    public void aSessionsWholeLife() {
        try (var world = world()) {
            var view = world.start();
            var first = world.join(view);
            var second = world.join(view);
            assertTrue(world.tokens.recognise(first.token()).isEmpty());
            assertTrue(world.tokens.recognise(second.token()).isPresent());
            var fresh = world.agents.renew(World.ANNA, view.id(), World.URL, UUID.randomUUID());
            assertTrue(world.tryJoin(world.pin(view)).isEmpty());
            world.annasPage(fresh).close();
            world.passSeconds(5);
            assertEquals(State.ENDED, world.now(fresh).state());
            assertEquals(List.of(), world.streams.tables().living());
            var left = world.runtime
                    .database()
                    .read(sql -> sql.first(
                            "SELECT (SELECT count(*) FROM session_pin) + (SELECT count(*) FROM session_token) AS n",
                            row -> row.getLong("n")));
            assertEquals("no PIN and no token outlives its session", 0L, (long) left.orElseThrow());
        }
    }

    @Test
    public void manyTabsStartOneSession() throws Exception {
        startsOne(UUID::randomUUID);
    }

    @Test
    public void oneStartThatIsSentManyTimesStartsOneSession() throws Exception {
        var command = UUID.randomUUID();
        startsOne(() -> command);
    }

    private void startsOne(Supplier<UUID> commands) throws Exception {
        try (var world = world()) {
            var barrier = new CyclicBarrier(TABS);
            Callable<SessionDesk.Opened> tab = () -> {
                barrier.await();
                return world.agents.open(World.ANNA, World.CALL, World.URL, commands.get());
            };
            var threads = Executors.newFixedThreadPool(TABS);
            try {
                var sessions = new HashSet<UUID>();
                int fresh = 0;
                for (Future<SessionDesk.Opened> opened : threads.invokeAll(java.util.Collections.nCopies(TABS, tab))) {
                    sessions.add(opened.get().view().id());
                    fresh += opened.get().fresh() ? 1 : 0;
                }
                assertEquals(1, sessions.size());
                assertEquals(1, fresh);
            } finally {
                threads.shutdownNow();
            }
        }
    }
}
