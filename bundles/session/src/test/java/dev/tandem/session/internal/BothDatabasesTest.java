package dev.tandem.session.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import org.junit.Test;

import dev.tandem.journal.testing.OnBothDatabases;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.InteractionId;
import dev.tandem.session.Consent;
import dev.tandem.session.Outcome;
import dev.tandem.session.SupportSession.State;
import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;

/** What depends on the database: the tables, and who is first. */
public class BothDatabasesTest extends OnBothDatabases {
    private static final int TABS = 8;

    private World world() {
        return new World(fresh(), new TestClock());
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

    /** The last places go to those who come first, at whatever session of the agent, and to nobody more (W16). */
    @Test
    public void W16_theLimitHoldsHoweverManyComeAtTheSameMoment() throws Exception {
        try (var world = world()) {
            world.runtime.settings().set(World.SITE, "session.customers", Optional.of("3"), UUID.randomUUID(), "test");
            var views = new ArrayList<Views.AgentView>();
            for (int i = 0; i < TABS; i++) {
                var call = new InteractionId("call-many-" + i);
                world.platform.put(call, Interaction.Kind.CALL, Interaction.State.ACTIVE, Optional.of(World.ANNA.id()));
                views.add(world.start(call));
            }
            var barrier = new CyclicBarrier(TABS);
            var threads = Executors.newFixedThreadPool(TABS);
            try {
                var joins = new ArrayList<Callable<Boolean>>();
                for (var view : views) {
                    joins.add(() -> {
                        barrier.await();
                        try {
                            return world.tryJoin(world.pin(view)).isPresent();
                        } catch (ProblemException e) {
                            assertEquals("too-many-customers", e.problem().code());
                            return false;
                        }
                    });
                }
                int in = 0;
                for (var one : threads.invokeAll(joins)) {
                    in += one.get() ? 1 : 0;
                }
                assertEquals(3, in);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    /** Two interactions at the same moment: one session, the other is told which (W4). */
    @Test
    public void W4_oneSessionAtOnceHoweverManyAreStartedAtTheSameMoment() throws Exception {
        try (var world = world()) {
            world.runtime.settings().set(World.SITE, "session.mode", Optional.of("SINGLE"), UUID.randomUUID(), "test");
            var barrier = new CyclicBarrier(2);
            var threads = Executors.newFixedThreadPool(2);
            try {
                var starts = new ArrayList<Callable<Boolean>>();
                for (var interaction : List.of(World.CALL, World.CHAT)) {
                    starts.add(() -> {
                        barrier.await();
                        try {
                            world.start(interaction);
                            return true;
                        } catch (OneAtATime e) {
                            return false;
                        }
                    });
                }
                int started = 0;
                for (var one : threads.invokeAll(starts)) {
                    started += one.get() ? 1 : 0;
                }
                assertEquals(1, started);
                assertEquals(1, world.streams.tables().living().size());
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    public void consentsSeatsAndNotes() {
        try (var world = world()) {
            var view = world.start();
            var two = world.seats.more(World.ANNA, view.id(), UUID.randomUUID());
            var marie = world.join(view);
            world.annasPage(view);
            world.pageOf(marie);
            world.tryJoin(two.seats().get(1).pin()).orElseThrow();
            var anna = new Caller.OfAgent(World.ANNA);
            world.consents.ask(anna, view.id(), "screen", Optional.empty(), UUID.randomUUID());
            var asked = world.now(view).consents().get(0);
            var minutes = Optional.of(Duration.ofMinutes(1));
            world.consents.answer(marie.customer(), view.id(), asked.id(), true, minutes, UUID.randomUUID());
            world.passSeconds(61);
            var ledger = world.consents.ledger(anna, view.id()).consents();
            assertEquals(Consent.State.EXPIRED, ledger.get(0).state());
            assertEquals(3, ledger.get(0).steps().size());
            world.notes.note(World.ANNA, view.id(), Outcome.RESOLVED, "fine", UUID.randomUUID());
            world.agents.end(World.ANNA, view.id(), UUID.randomUUID());
            assertEquals("fine", world.notes.notes(World.ANNA, view.id()).text());
            var left = world.runtime
                    .database()
                    .read(sql -> sql.first("SELECT count(*) AS n FROM session_helped", row -> row.getLong("n")));
            assertEquals(0L, (long) left.orElseThrow());
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
