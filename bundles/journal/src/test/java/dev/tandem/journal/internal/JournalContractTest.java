package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Decision;
import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.None;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Streams;
import dev.tandem.journal.internal.Ledger.Account;
import dev.tandem.journal.internal.Ledger.Balance;
import dev.tandem.journal.internal.Ledger.Event;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.platform.SiteId;

/** What the journal promises, on every database. */
@RunWith(Parameterized.class)
@SuppressWarnings("try") // Subscriptions are held open, not used.
public class JournalContractTest {
    private static final SiteId SITE = new SiteId("acme");

    @Parameterized.Parameters(name = "{0}")
    public static Object[] databases() {
        return TestDatabase.values();
    }

    @Parameterized.Parameter
    public TestDatabase database;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final TestClock clock = new TestClock();
    private final Ledger ledger = new Ledger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final UUID account = UUID.randomUUID();
    private DataSource source;
    private JournalRuntime runtime;
    private Streams<Account, Event> streams;

    @Before
    public void open() {
        source = database.fresh(Path.of(folder.getRoot().toURI()));
        runtime = JournalRuntime.open(source, clock);
        Ledger.tables(runtime.database());
        streams = runtime.journal().open(ledger);
    }

    @After
    public void close() {
        threads.shutdownNow();
        runtime.close();
    }

    private void reopen() {
        runtime.close();
        runtime = JournalRuntime.open(source, clock);
        streams = runtime.journal().open(ledger);
    }

    private static Command<Balance> command(UUID stream, UUID id) {
        return new Command<>(SITE, stream, id, "agent:anna", Balance.class);
    }

    private Answer<Balance> pay(UUID stream, UUID id, long amount) {
        return pay(streams, stream, id, amount);
    }

    private static Answer<Balance> pay(Streams<Account, Event> streams, UUID stream, UUID id, long amount) {
        return streams.execute(command(stream, id), (state, now) -> Ledger.pay(state, amount));
    }

    private Answer<Balance> pay(long amount) {
        return pay(account, UUID.randomUUID(), amount);
    }

    private static Answer.Accepted<Balance> accepted(long balance, long version) {
        return new Answer.Accepted<>(new Balance(balance), version);
    }

    private static Refusal refusal(Answer<?> answer) {
        return ((Answer.Refused<?>) answer).refusal();
    }

    private long balanceRow(UUID id) {
        return runtime.database()
                .read(sql -> sql.first(
                        "SELECT balance FROM ledger_account WHERE site = ? AND id = ?",
                        row -> row.getLong(1),
                        SITE,
                        id))
                .orElse(-1L);
    }

    private void sql(String statement, Object... values) {
        runtime.database().write(sql -> sql.update(statement, values));
    }

    private long count(String query, Object... values) {
        return runtime.database()
                .read(sql -> sql.first(query, row -> row.getLong(1), values))
                .orElseThrow();
    }

    private void assertVerifies(long events) {
        var verification = runtime.journal().verify(SITE);
        assertEquals(Optional.empty(), verification.firstFault());
        assertEquals(events, verification.events());
    }

    private String fault() {
        return runtime.journal().verify(SITE).firstFault().orElse("none");
    }

    // Append and read

    @Test
    public void whatWasAppendedIsReadInOrder() {
        assertEquals(accepted(5, 1), pay(5));
        assertEquals(accepted(12, 2), pay(7));
        assertEquals(new Streams.Current<>(new Account(12, 0, Optional.empty()), 2), streams.load(SITE, account));
        assertEquals(12, balanceRow(account));

        var read = streams.read(SITE, account, 0, 10);
        assertEquals(List.of(1L, 2L), read.stream().map(Recorded::version).toList());
        assertEquals(List.of(1L, 2L), read.stream().map(Recorded::position).toList());
        var first = read.get(0);
        assertEquals(new Event.Paid(5, Optional.empty()), first.event());
        assertEquals("agent:anna", first.actor());
        assertEquals(clock.instant(), first.at());
        assertEquals(account, first.stream());
        assertEquals(7, first.id().version());
        assertEquals(read.subList(1, 2), streams.read(SITE, account, 1, 10));
        assertEquals(read.subList(0, 1), streams.read(SITE, account, 0, 1));
        assertVerifies(2);
    }

    @Test
    public void whatWasAppendedIsThereAfterAnOrderlyEnd() {
        pay(5);
        reopen();
        assertEquals(accepted(8, 2), pay(3));
        assertVerifies(2);
    }

    @Test
    public void aStreamWithoutEventsIsInitial() {
        assertEquals(new Streams.Current<>(ledger.initial(), 0), streams.load(SITE, account));
        assertEquals(List.of(), streams.read(SITE, account, 0, 10));
        assertVerifies(0);
    }

    @Test
    public void aDecisionMayHaveNoOrManyEvents() {
        var nothing = streams.execute(
                command(account, UUID.randomUUID()), (state, now) -> Decision.accept(List.of(), new Balance(0)));
        assertEquals(accepted(0, 0), nothing);
        var three = streams.execute(
                command(account, UUID.randomUUID()),
                (state, now) -> Decision.accept(
                        LongStream.rangeClosed(1, 3)
                                .mapToObj(n -> new Event.Paid(n, Optional.empty()))
                                .toList(),
                        new Balance(6)));
        assertEquals(accepted(6, 3), three);
        assertEquals(6, streams.load(SITE, account).state().balance());
        assertVerifies(3);
    }

    @Test
    public void sitesShareNothing() {
        pay(5);
        var other = new SiteId("other");
        assertEquals(0, streams.load(other, account).version());
        var id = UUID.randomUUID();
        pay(account, id, 1);
        var there = streams.execute(
                new Command<>(other, account, id, "system", Balance.class), (state, now) -> Ledger.pay(state, 4));
        assertEquals(accepted(4, 1), there);
        assertEquals(1, streams.read(other, account, 0, 10).get(0).position());
        assertEquals(1, runtime.journal().verify(other).events());
    }

    @Test
    public void anyTextIsKeptAsItIs() {
        var texts = List.of("nul \u0000 inside", "emoji \uD83D\uDE80", "\u202Eright to left", "x".repeat(65_536), "");
        for (var text : texts) {
            var seal = runtime.sealer().seal("customer:1", text);
            streams.execute(command(account, UUID.randomUUID()), (state, now) -> Decision.<Event, Balance>accept(
                            List.of(new Event.Reminded(text), new Event.Paid(1, Optional.of(seal.ref()))),
                            new Balance(1))
                    .with(seal));
            assertEquals(Optional.of(text), runtime.journal().personal(SITE, seal.ref()));
            var stored = streams.read(SITE, account, 0, 100);
            assertEquals(new Event.Reminded(text), stored.get(stored.size() - 2).event());
        }
        streams.execute(
                command(account, UUID.randomUUID()),
                (state, now) -> Decision.accept(List.of(new Event.Reminded("half a pair \uD83D")), new Balance(1)));
        assertVerifies(2 * texts.size() + 1);
    }

    // Repeats

    @Test
    public void aRepeatGetsTheFirstAnswerWithoutDeciding() {
        var id = UUID.randomUUID();
        var decided = new AtomicInteger();
        Streams.Decider<Account, Event, Balance> decider = (state, now) -> {
            decided.incrementAndGet();
            return Ledger.pay(state, 5);
        };
        var first = streams.execute(command(account, id), decider);
        pay(1);
        assertEquals(first, streams.execute(command(account, id), decider));
        reopen();
        assertEquals(first, streams.execute(command(account, id), decider));
        assertEquals(1, decided.get());
        assertEquals(6, streams.load(SITE, account).state().balance());
    }

    @Test
    public void aRepeatOfARefusalStaysRefused() {
        var id = UUID.randomUUID();
        var first = pay(account, id, -5);
        assertEquals(new Refusal(Refusal.Reason.CONFLICT, "too-poor", "There is only 0."), refusal(first));
        pay(100);
        assertEquals(first, pay(account, id, -5));
        assertEquals(100, streams.load(SITE, account).state().balance());
    }

    @Test
    public void anIdOfAnotherCommandIsRefused() {
        var id = UUID.randomUUID();
        pay(account, id, 5);
        assertEquals("command-id-reused", refusal(pay(UUID.randomUUID(), id, 5)).code());
        var otherType = streams.execute(
                new Command<>(SITE, account, id, "system", None.class), (state, now) -> Decision.nothing());
        assertEquals("command-id-reused", refusal(otherType).code());
        assertEquals(Refusal.Reason.CONFLICT, refusal(otherType).reason());
    }

    @Test
    public void repeatsAtTheSameTimeAreDecidedOnce() throws Exception {
        var id = UUID.randomUUID();
        var answers = together(8, n -> pay(account, id, 5));
        assertEquals(8, answers.size());
        answers.forEach(answer -> assertEquals(accepted(5, 1), answer));
        assertEquals(1, streams.load(SITE, account).version());
    }

    // Order

    @Test
    public void positionsHaveNoGapsWhenManyWrite() throws Exception {
        var accounts = IntStream.range(0, 5).mapToObj(n -> UUID.randomUUID()).toList();
        together(8, n -> {
            for (int i = 0; i < 25; i++) {
                pay(accounts.get((n + i) % 5), UUID.randomUUID(), i % 7 == 6 ? -1_000_000 : 1);
            }
            return true;
        });
        var positions = new ArrayList<Long>();
        for (var one : accounts) {
            var events = streams.read(SITE, one, 0, 1000);
            assertEquals(
                    LongStream.rangeClosed(1, events.size()).boxed().toList(),
                    events.stream().map(Recorded::version).toList());
            events.forEach(event -> positions.add(event.position()));
            assertEquals(events.size(), streams.load(SITE, one).state().balance());
            assertEquals(events.size(), balanceRow(one));
        }
        assertEquals(
                LongStream.rangeClosed(1, positions.size()).boxed().toList(),
                positions.stream().sorted().toList());
        assertVerifies(positions.size());
    }

    @Test
    public void listenersHearInOrderAndOneThatFailsHearsOn() {
        for (int i = 1; i <= 20; i++) {
            pay(i);
        }
        runtime.settle();
        assertEquals(
                LongStream.rangeClosed(1, 20).boxed().toList(),
                ledger.heard.stream().map(Recorded::position).toList());
    }

    // Failures of foreign code

    /** Runs several commands so that they are one batch: the first holds the lane until the others wait. */
    private List<Future<Answer<Balance>>> batch(List<Callable<Answer<Balance>>> commands) throws Exception {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var holder =
                threads.submit(() -> streams.execute(command(UUID.randomUUID(), UUID.randomUUID()), (state, now) -> {
                    entered.countDown();
                    await(go);
                    return Ledger.pay(state, 1);
                }));
        await(entered);
        var waiting = new ArrayList<Future<Answer<Balance>>>();
        for (var one : commands) {
            var task = new java.util.concurrent.FutureTask<>(one);
            var thread = new Thread(task);
            thread.start();
            // One after the other, so that they queue up in this order.
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            waiting.add(task);
        }
        go.countDown();
        holder.get(10, TimeUnit.SECONDS);
        return waiting;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    public void aFailingCommandDoesNotTakeDownItsBatch() throws Exception {
        var others = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        var outcomes = batch(List.of(
                () -> pay(others.get(0), UUID.randomUUID(), 1),
                () -> pay(others.get(0), UUID.randomUUID(), Ledger.UNDECIDABLE),
                () -> pay(others.get(1), UUID.randomUUID(), Ledger.UNPROJECTABLE),
                () -> pay(others.get(2), UUID.randomUUID(), -1),
                () -> pay(others.get(2), UUID.randomUUID(), 3)));
        assertEquals(accepted(1, 1), outcomes.get(0).get(10, TimeUnit.SECONDS));
        var undecided = assertThrows(Exception.class, () -> outcomes.get(1).get(10, TimeUnit.SECONDS));
        assertEquals(UnsupportedOperationException.class, undecided.getCause().getClass());
        assertThrows(Exception.class, () -> outcomes.get(2).get(10, TimeUnit.SECONDS));
        outcomes.get(3).get(10, TimeUnit.SECONDS);
        assertEquals(
                new Balance(3),
                outcomes.get(4).get(10, TimeUnit.SECONDS).orElseThrow(r -> new IllegalStateException(r.code())));
        assertEquals(-1, balanceRow(others.get(1)));
        assertEquals(0, streams.load(SITE, others.get(1)).version());
        assertEquals(1, balanceRow(others.get(0)));
        assertEquals(3, balanceRow(others.get(2)));
        assertVerifies(3);
    }

    @Test
    public void aFailedCommandMayBeTriedAgainUnderItsId() {
        var id = UUID.randomUUID();
        assertThrows(UnsupportedOperationException.class, () -> pay(account, id, Ledger.UNDECIDABLE));
        assertThrows(IllegalStateException.class, () -> pay(account, id, Ledger.UNPROJECTABLE));
        assertEquals(accepted(2, 1), pay(account, id, 2));
    }

    @Test
    public void aProjectionThatLostADeadlockIsTriedAgain() {
        pay(1);
        assertEquals(accepted(1 + Ledger.UNLUCKY, 2), pay(Ledger.UNLUCKY));
        assertEquals(1 + Ledger.UNLUCKY, balanceRow(account));
        assertVerifies(2);
    }

    @Test
    public void aDecisionCannotWaitForAnotherCommand() {
        assertThrows(
                IllegalStateException.class,
                () -> streams.execute(command(account, UUID.randomUUID()), (s, now) -> {
                    pay(1);
                    return Ledger.pay(s, 1);
                }));
        assertEquals(accepted(1, 1), pay(1));
    }

    // Conflicts

    /** Puts an event there past the counter row, as no journal does. */
    private void intrude(UUID stream, long version, long position) {
        sql(
                "INSERT INTO journal_event (site, position, kind, stream, version, id, name, at, actor, command, payload,"
                        + " hash) VALUES (?, ?, 'ledger', ?, ?, ?, 'ledger.paid.v2', 0, 'x', 'x', '{\"amount\":50}', ?)",
                SITE,
                position,
                stream,
                version,
                UUID.randomUUID(),
                Hashes.NONE);
    }

    @Test
    public void aVersionConflictDecidesAgainOnTheNewState() {
        pay(5);
        intrude(account, 2, 1000);
        assertEquals(accepted(56, 3), pay(1));
    }

    @Test
    public void aConflictThatStaysIsRefusedInTheEnd() {
        pay(5);
        intrude(UUID.randomUUID(), 1, 2);
        var decided = new AtomicInteger();
        var id = UUID.randomUUID();
        var answer = streams.execute(command(account, id), (state, now) -> {
            decided.incrementAndGet();
            return Ledger.pay(state, 1);
        });
        assertEquals("version-conflict", refusal(answer).code());
        assertEquals(Refusal.Reason.CONFLICT, refusal(answer).reason());
        assertEquals("once and three times again", 4, decided.get());
        assertEquals(5, streams.load(SITE, account).state().balance());
        sql("DELETE FROM journal_event WHERE position = 2");
        assertEquals("a conflict is not remembered as the answer", accepted(6, 2), pay(account, id, 1));
        assertVerifies(2);
    }

    @Test
    public void twoNodesOnOneDatabaseSeeEachOther() throws Exception {
        try (var other = JournalRuntime.open(source, clock)) {
            var theirs = other.journal().open(new Ledger());
            assertEquals(accepted(1, 1), pay(1));
            assertEquals(accepted(3, 2), pay(theirs, account, UUID.randomUUID(), 2));
            assertEquals(3, streams.load(SITE, account).state().balance());
            assertEquals(accepted(6, 3), pay(3));
            assertEquals(
                    "too-poor",
                    refusal(pay(theirs, account, UUID.randomUUID(), -7)).code());

            var id = UUID.randomUUID();
            assertEquals(accepted(10, 4), pay(account, id, 4));
            assertEquals(accepted(10, 4), pay(theirs, account, id, 4));

            var withdrawn = together(6, n -> {
                int mine = 0;
                for (int i = 0; i < 10; i++) {
                    var answer = pay(n % 2 == 0 ? streams : theirs, account, UUID.randomUUID(), -1);
                    mine += answer instanceof Answer.Accepted ? 1 : 0;
                }
                return mine;
            });
            assertEquals(
                    "no more than there was",
                    10,
                    withdrawn.stream().mapToInt(n -> n).sum());
            assertEquals(0, streams.load(SITE, account).state().balance());
            assertEquals(0, theirs.load(SITE, account).state().balance());
            assertEquals(14, streams.load(SITE, account).version());
            assertVerifies(14);
        }
    }

    // Deadlines

    private void wake(String name, Duration in) {
        var answer =
                streams.execute(command(account, UUID.randomUUID()), (state, now) -> Decision.<Event, Balance>accept(
                                List.of(), new Balance(0))
                        .wake(name, now.plus(in)));
        assertEquals(accepted(0, streams.load(SITE, account).version()), answer);
    }

    private List<String> reminders() {
        return streams.read(SITE, account, 0, 100).stream()
                .filter(event -> event.event() instanceof Event.Reminded)
                .map(event -> ((Event.Reminded) event.event()).deadline())
                .toList();
    }

    @Test
    public void aDeadlineFiresOnceWhenItIsDue() {
        wake("grace", Duration.ofMinutes(5));
        clock.advance(Duration.ofSeconds(299));
        assertEquals(0, runtime.fireDue());
        clock.advance(Duration.ofSeconds(1));
        assertEquals(1, runtime.fireDue());
        assertEquals(0, runtime.fireDue());
        assertEquals(List.of("grace"), reminders());
        assertEquals("deadline", streams.read(SITE, account, 0, 1).get(0).actor());
        assertEquals(0, count("SELECT COUNT(*) FROM journal_deadline"));
    }

    @Test
    public void aDeadlineIsMovedAndCancelledByItsName() {
        wake("a", Duration.ofMinutes(1));
        wake("b", Duration.ofMinutes(1));
        wake("a", Duration.ofMinutes(9));
        streams.execute(command(account, UUID.randomUUID()), (state, now) -> Decision.<Event, Balance>accept(
                        List.of(), new Balance(0))
                .calm("b")
                .calm("never set"));
        clock.advance(Duration.ofMinutes(5));
        assertEquals(0, runtime.fireDue());
        clock.advance(Duration.ofMinutes(5));
        assertEquals(1, runtime.fireDue());
        assertEquals(List.of("a"), reminders());
    }

    @Test
    public void aDeadlineMaySetItselfAgain() {
        wake("again", Duration.ofMinutes(1));
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofMinutes(1));
            runtime.fireDue();
        }
        assertEquals(List.of("again", "again", "again"), reminders());
    }

    @Test
    public void deadlinesOfAKindThatIsNotOpenWaitForIt() {
        wake("grace", Duration.ofMinutes(5));
        streams.close();
        clock.advance(Duration.ofHours(1));
        assertEquals(0, runtime.fireDue());
        streams = runtime.journal().open(ledger);
        assertEquals(1, runtime.fireDue());
    }

    @Test
    public void aDeadlineThatFailsIsPutOffAndHoldsUpNobody() {
        wake("broken", Duration.ofMinutes(1));
        wake("grace", Duration.ofMinutes(2));
        clock.advance(Duration.ofMinutes(3));
        assertEquals(1, runtime.fireDue());
        assertEquals(List.of("grace"), reminders());
        assertEquals(1, count("SELECT COUNT(*) FROM journal_deadline WHERE name = 'broken'"));
    }

    @Test
    public void ofTwoNodesOneFires() throws Exception {
        try (var other = JournalRuntime.open(source, clock)) {
            other.journal().open(new Ledger());
            for (int i = 0; i < 20; i++) {
                wake("d" + i, Duration.ofMinutes(1));
            }
            clock.advance(Duration.ofMinutes(1));
            var fired = together(2, n -> n == 0 ? runtime.fireDue() : other.fireDue());
            assertEquals(20, reminders().size());
            assertEquals(20, new HashSet<>(reminders()).size());
            assertTrue(fired.get(0) + fired.get(1) >= 20);
        }
        assertVerifies(20);
    }

    @Test
    public void deadlinesFireByThemselvesInARunningJournal() throws Exception {
        var fired = new CountDownLatch(2);
        var kind = new dev.tandem.journal.StreamKind<Account, Event>() {
            private final Ledger inner = new Ledger();

            @Override
            public String name() {
                return "clocked";
            }

            @Override
            public dev.tandem.journal.EventTypes<Event> events() {
                return inner.events();
            }

            @Override
            public Account initial() {
                return inner.initial();
            }

            @Override
            public Account evolve(Account state, Event event) {
                return inner.evolve(state, event);
            }

            @Override
            public Decision<Event, None> due(Account state, String deadline, java.time.Instant now) {
                return inner.due(state, deadline, now);
            }

            @Override
            public void committed(Recorded<Event> event, Account after) {
                fired.countDown();
            }
        };
        try (var running = JournalRuntime.openRunning(source, java.time.Clock.systemUTC())) {
            var clocked = running.journal().open(kind);
            for (var in : List.of(Duration.ofMillis(120), Duration.ofMillis(60))) {
                clocked.execute(
                        command(UUID.randomUUID(), UUID.randomUUID()),
                        (state, now) -> Decision.<Event, Balance>accept(List.of(), new Balance(0))
                                .wake("soon", now.plus(in)));
            }
            assertTrue(fired.await(4, TimeUnit.SECONDS));
        }
    }

    // Persons

    private Personal note(String subject, String text) {
        var seal = runtime.sealer().seal(subject, text);
        streams.execute(command(account, UUID.randomUUID()), (state, now) -> Decision.<Event, Balance>accept(
                        List.of(new Event.Paid(1, Optional.of(seal.ref()))), new Balance(state.balance() + 1))
                .with(seal));
        return seal;
    }

    @Test
    public void anErasedPersonIsForgottenAndTheChainStillVerifies() {
        var anna = note("customer:anna", "Anna lives in Rome");
        var more = note("customer:anna", "and likes figs");
        var bert = note("customer:bert", "Bert lives in Oslo");
        assertEquals(Optional.of("Anna lives in Rome"), runtime.journal().personal(SITE, anna.ref()));
        assertEquals(2, runtime.journal().erase(SITE, "customer:anna"));
        assertEquals(Optional.empty(), runtime.journal().personal(SITE, anna.ref()));
        assertEquals(Optional.empty(), runtime.journal().personal(SITE, more.ref()));
        assertEquals(Optional.of("Bert lives in Oslo"), runtime.journal().personal(SITE, bert.ref()));
        assertEquals(0, runtime.journal().erase(SITE, "customer:anna"));
        assertEquals(0, count("SELECT COUNT(*) FROM journal_personal WHERE subject = 'customer:anna'"));
        assertEquals(0, count("SELECT COUNT(*) FROM journal_event WHERE payload LIKE '%Rome%'"));
        assertVerifies(3);
    }

    @Test
    public void erasureReachesTheCopiesOfKindsThatAreOpenNowOrLater() {
        var seal = runtime.sealer().seal("customer:anna", "Anna");
        var copies = "SELECT COUNT(*) FROM ledger_account WHERE copied = 'Anna'";
        var kind = new Ledger("copying", Optional.of(seal));
        var copying = runtime.journal().open(kind);
        pay(copying, UUID.randomUUID(), UUID.randomUUID(), 1);
        assertEquals(1, count(copies));
        runtime.journal().erase(SITE, "customer:anna");
        assertEquals(0, count(copies));

        pay(copying, UUID.randomUUID(), UUID.randomUUID(), 1);
        copying.close();
        runtime.journal().erase(SITE, "customer:anna");
        assertEquals("its slice is not there", 1, count(copies));
        reopen();
        runtime.journal().open(kind);
        assertEquals(0, count(copies));
        assertEquals(0, count("SELECT COUNT(*) FROM journal_erasure"));
    }

    @Test
    public void aPersonalTextThatWasChangedIsNotShown() {
        var anna = note("customer:anna", "Anna lives in Rome");
        sql("UPDATE journal_personal SET text = ?", (Object) "Anna lives in Bonn".getBytes());
        assertEquals(Optional.empty(), runtime.journal().personal(SITE, anna.ref()));
        assertTrue(fault(), fault().contains(anna.ref().id().toString()));
    }

    // Verification

    private void tenPayments() {
        for (int i = 1; i <= 10; i++) {
            pay(UUID.randomUUID(), UUID.randomUUID(), i);
            pay(i);
        }
        assertVerifies(20);
    }

    @Test
    public void aTamperedRowIsFound() {
        tenPayments();
        for (var change : List.of(
                "payload = '{\"amount\":9999}'",
                "actor = 'agent:eve'",
                "at = at + 1",
                "command = 'x'",
                "id = 'x'",
                "name = 'ledger.paid.v1'",
                "hash = batch_hash")) {
            var column = change.substring(0, change.indexOf(' '));
            runtime.database().write(s -> {
                s.update("CREATE TABLE keep AS SELECT * FROM journal_event WHERE position = 7");
                return s.update("UPDATE journal_event SET " + change + " WHERE position = 7");
            });
            assertTrue(change + ": " + fault(), fault().startsWith("event 7 ("));
            runtime.database().write(s -> {
                s.update("UPDATE journal_event SET " + column + " = (SELECT " + column
                        + " FROM keep) WHERE position = 7");
                return s.update("DROP TABLE keep");
            });
            assertVerifies(20);
        }
    }

    @Test
    public void aMissingRowIsFound() {
        tenPayments();
        sql("DELETE FROM journal_event WHERE position = 7");
        assertEquals("event 7 is missing", fault());
    }

    @Test
    public void aLostTailIsFound() {
        tenPayments();
        sql("DELETE FROM journal_event WHERE position > 17");
        assertEquals("events 18 to 20 are missing at the end", fault());
        sql("UPDATE journal_site SET position = 17");
        assertEquals("the end of the chain is not the one that was remembered", fault());
    }

    @Test
    public void aTailThatWasExchangedIsFound() {
        tenPayments();
        var hash = new byte[32];
        hash[5] = 1;
        sql("UPDATE journal_event SET batch_hash = ? WHERE position = 20", (Object) hash);
        assertEquals("the batch of events 20 to 20 does not fit its hash", fault());
        sql("UPDATE journal_event SET batch_hash = NULL WHERE position = 20");
        assertEquals("the last batch, from event 20 on, has no hash", fault());
    }

    // Shapes

    @Test
    public void formerShapesAreReadAsToday() {
        var old = UUID.randomUUID();
        intrude(old, 1, 1000);
        sql("UPDATE journal_event SET name = 'ledger.paid.v0', payload = '{\"pence\":40}'");
        assertEquals(40, streams.load(SITE, old).state().balance());
        assertEquals(
                new Event.Paid(40, Optional.empty()),
                streams.read(SITE, old, 0, 1).get(0).event());
        sql("UPDATE journal_event SET name = 'ledger.paid.v1', payload = '{\"cents\":40}'");
        assertEquals(accepted(42, 2), pay(old, UUID.randomUUID(), 2));
    }

    @Test
    public void eventsNobodyKnowsAreKeptSkippedAndVerified() {
        pay(5);
        try (var later = runtime.journal().open(new Ledger("later", Optional.empty()))) {
            pay(later, UUID.randomUUID(), UUID.randomUUID(), 3);
        }
        intrude(account, 2, 1000);
        sql("UPDATE journal_event SET name = 'ledger.from.a.newer.version.v1' WHERE position = 1000");
        reopen();
        assertEquals(new Streams.Current<>(new Account(5, 0, Optional.empty()), 2), streams.load(SITE, account));
        assertEquals(1, streams.read(SITE, account, 0, 10).size());
        assertEquals(accepted(6, 3), pay(1));
        sql("DELETE FROM journal_event WHERE position >= 1000");
        sql("DELETE FROM journal_event WHERE position = 3");
        runtime.close();
        runtime = JournalRuntime.open(source, clock);
        assertEquals("without its slice", "events 3 to 3 are missing at the end", fault());
        streams = runtime.journal().open(ledger);
    }

    // Subscribers

    private static final class Ear implements EventSubscriber {
        private final List<Published> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
        private final AtomicInteger failures = new AtomicInteger();
        private final CountDownLatch recovered = new CountDownLatch(3);

        @Override
        public String name() {
            return "test.ear";
        }

        @Override
        public void on(Published event) {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not now");
            }
            heard.add(event);
            recovered.countDown();
        }

        private List<Long> positions() {
            return heard.stream().map(Published::position).toList();
        }
    }

    @Test
    public void aSubscriberHearsWhatIsPublishedInOrderAcrossRestarts() {
        pay(1);
        var ear = new Ear();
        try (var subscription = runtime.subscribe(ear)) {
            pay(2);
            wake("grace", Duration.ZERO);
            runtime.fireDue();
            pay(3);
            runtime.settle();
        }
        assertEquals(List.of(1L, 2L, 4L), ear.positions());
        assertEquals(new Ledger.Payment(3, 6), ear.heard.get(2).event());
        var stored = streams.read(SITE, account, 3, 1).get(0);
        assertEquals(
                new EventSubscriber.Published(SITE, 4, stored.id(), account, stored.at(), new Ledger.Payment(3, 6)),
                ear.heard.get(2));
        reopen();
        pay(4);
        var again = new Ear();
        try (var subscription = runtime.subscribe(again)) {
            runtime.settle();
            assertEquals(List.of(5L), again.positions());
        }
    }

    @Test
    public void aSubscriberThatFailsHearsTheSameEventAgainBeforeLaterOnes() throws Exception {
        var ear = new Ear();
        ear.failures.set(2);
        try (var subscription = runtime.subscribe(ear)) {
            pay(1);
            pay(2);
            pay(3);
            assertTrue(ear.recovered.await(5, TimeUnit.SECONDS));
            assertEquals(List.of(1L, 2L, 3L), ear.positions());
        }
    }

    @Test
    public void aSubscriberIsOwedWhatAnAbsentSliceHadPublished() {
        try (var later = runtime.journal().open(new Ledger("later", Optional.empty()))) {
            pay(1);
            pay(later, account, UUID.randomUUID(), 10);
            pay(2);
            pay(later, account, UUID.randomUUID(), 20);
        }
        var ear = new Ear();
        try (var subscription = runtime.subscribe(ear)) {
            runtime.settle();
            assertEquals(List.of(1L, 3L), ear.positions());
        }
        reopen();
        try (var subscription = runtime.subscribe(ear)) {
            runtime.settle();
            assertEquals(List.of(1L, 3L), ear.positions());
            try (var later = runtime.journal().open(new Ledger("later", Optional.empty()))) {
                runtime.settle();
                assertEquals(List.of(1L, 3L, 2L, 4L), ear.positions());
                pay(later, account, UUID.randomUUID(), 30);
                pay(3);
                runtime.settle();
                assertEquals(List.of(1L, 3L, 2L, 4L, 5L, 6L), ear.positions());
                assertEquals(new Ledger.Payment(30, 60), ear.heard.get(4).event());
            }
        }
    }

    @Test
    public void aSubscriberReactsWithACommandOnce() {
        var target = UUID.randomUUID();
        var subscriber = new EventSubscriber() {
            @Override
            public String name() {
                return "test.echo";
            }

            @Override
            public void on(Published event) {
                if (event.stream().equals(account)) {
                    var id = dev.tandem.journal.Ids.derived(event.id(), name());
                    pay(target, id, ((Ledger.Payment) event.event()).amount());
                    pay(target, id, ((Ledger.Payment) event.event()).amount());
                }
            }
        };
        try (var subscription = runtime.subscribe(subscriber)) {
            pay(5);
            pay(6);
            runtime.settle();
        }
        assertEquals(11, streams.load(SITE, target).state().balance());
    }

    // Limits and ends

    @Test
    public void aFullLaneSaysSoAtOnce() throws Exception {
        try (var small = JournalRuntime.open(source, clock, 2)) {
            var narrow = small.journal().open(new Ledger("narrow", Optional.empty()));
            var entered = new CountDownLatch(1);
            var go = new CountDownLatch(1);
            var holder = threads.submit(() -> narrow.execute(command(account, UUID.randomUUID()), (state, now) -> {
                entered.countDown();
                await(go);
                return Ledger.pay(state, 1);
            }));
            await(entered);
            var id = UUID.randomUUID();
            var answers = new java.util.concurrent.ConcurrentLinkedQueue<Answer<Balance>>();
            var refused = new CountDownLatch(3);
            var all = new CountDownLatch(5);
            for (int i = 0; i < 5; i++) {
                var its = i == 0 ? id : UUID.randomUUID();
                threads.submit(() -> {
                    answers.add(pay(narrow, account, its, 1));
                    refused.countDown();
                    all.countDown();
                });
            }
            await(refused);
            answers.forEach(
                    answer -> assertEquals(Refusal.Reason.BUSY, refusal(answer).reason()));
            assertEquals(3, answers.size());
            go.countDown();
            holder.get(10, TimeUnit.SECONDS);
            await(all);
            assertTrue("being busy is no answer to remember", pay(narrow, account, id, 1) instanceof Answer.Accepted);
        }
    }

    @Test
    public void aKindIsOpenOnceAndClosedForGood() {
        assertThrows(IllegalStateException.class, () -> runtime.journal().open(new Ledger()));
        streams.close();
        streams.close();
        assertEquals(Refusal.Reason.BUSY, refusal(pay(1)).reason());
        streams = runtime.journal().open(ledger);
        assertEquals(accepted(1, 1), pay(1));
    }

    @Test
    public void closingWaitsForWhatIsUnderWay() throws Exception {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var answer = threads.submit(() -> streams.execute(command(account, UUID.randomUUID()), (state, now) -> {
            entered.countDown();
            await(go);
            return Ledger.pay(state, 1);
        }));
        await(entered);
        var closing = threads.submit(() -> streams.close());
        assertThrows(java.util.concurrent.TimeoutException.class, () -> closing.get(100, TimeUnit.MILLISECONDS));
        go.countDown();
        closing.get(10, TimeUnit.SECONDS);
        assertEquals(accepted(1, 1), answer.get(10, TimeUnit.SECONDS));
        assertEquals("its listener has heard it", 1, ledger.heard.size());
        streams = runtime.journal().open(ledger);
    }

    @Test
    public void databaseReadsSeeOneStateAndWritesAreAllOrNothing() {
        var kept = new UUID(1, 1);
        sql("INSERT INTO ledger_account (site, id, balance) VALUES (?, ?, 1)", SITE, kept);
        assertThrows(DatabaseException.class, () -> runtime.database().write(sql -> {
            sql.update("UPDATE ledger_account SET balance = 2");
            return sql.update("UPDATE no_such_table SET x = 1");
        }));
        assertEquals(1, balanceRow(kept));
        var seen = runtime.database().read(sql -> {
            var before = sql.first("SELECT balance FROM ledger_account", row -> row.getLong(1));
            inAnotherThread(() -> sql("UPDATE ledger_account SET balance = 3"));
            assertEquals(before, sql.first("SELECT balance FROM ledger_account", row -> row.getLong(1)));
            return before;
        });
        assertEquals(Optional.of(1L), seen);
        assertEquals(3, balanceRow(kept));
        assertThrows(DatabaseException.class, () -> runtime.database()
                .read(sql -> sql.update("UPDATE ledger_account SET balance = 4")));
        assertFalse("a reader writes nothing", balanceRow(kept) == 4);
    }

    private void inAnotherThread(Runnable work) {
        try {
            threads.submit(work).get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> List<T> together(int count, java.util.function.IntFunction<T> work) throws Exception {
        var start = new CountDownLatch(1);
        var futures = new ArrayList<Future<T>>();
        for (int i = 0; i < count; i++) {
            var n = i;
            futures.add(threads.submit(() -> {
                await(start);
                return work.apply(n);
            }));
        }
        start.countDown();
        var results = new ArrayList<T>();
        for (var future : futures) {
            results.add(future.get(30, TimeUnit.SECONDS));
        }
        return results;
    }
}
