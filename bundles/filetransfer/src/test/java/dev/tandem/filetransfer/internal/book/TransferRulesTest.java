package dev.tandem.filetransfer.internal.book;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.filetransfer.FileTransfer.Ending;
import dev.tandem.filetransfer.FileTransfer.FileState;
import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.FileTransfer.Reason;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.journal.Decision;
import dev.tandem.journal.None;
import dev.tandem.journal.Personal;
import dev.tandem.journal.testing.GoldenEvents;

public class TransferRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T05:00:00Z");
    private static final Duration EXPIRY = Duration.ofHours(1);
    private static final UUID RECEIVER = new UUID(0, 3);
    private static final Personal TEXT =
            new Personal(new Personal.Ref(new UUID(0, 9), "00"), "customer:1", new byte[16], "report.pdf");

    private TransferState state = TransferState.NONE;

    private boolean run(Decision<Fact, None> decision) {
        if (decision instanceof Decision.Accepted<Fact, None> accepted) {
            for (var fact : accepted.events()) {
                state = state.with(fact);
            }
            return true;
        }
        return false;
    }

    private void announce(Kind kind, int files, Optional<Long> bytes) {
        assertTrue(run(TransferRules.announce(
                state,
                new Fact.Announced(
                        new UUID(0, 1), new UUID(0, 2), Optional.of(RECEIVER), 1, kind, TEXT.ref(), files, bytes, NOW),
                Duration.ofHours(1))));
    }

    private boolean add(String file, long size) {
        return run(TransferRules.add(state, file, TEXT, Optional.of(size), "text/plain", Optional.empty(), 1000));
    }

    private boolean ready(String file) {
        return run(TransferRules.ready(state, file, 10, "00", "text/plain", Optional.empty(), EXPIRY, NOW));
    }

    private boolean complete() {
        return run(TransferRules.complete(state, Optional.empty(), EXPIRY, NOW));
    }

    @Test
    public void everyReleasedShapeIsRead() {
        GoldenEvents.check(Fact.TYPES);
    }

    @Test
    public void aFileIsOfferedWhenItIsThereAndNothingMoreComes() {
        announce(Kind.FILE, 1, Optional.of(10L));
        add("a", 10);
        complete();
        assertEquals(State.ARRIVING, state.state());
        ready("a");
        assertEquals(State.OFFERED, state.state());
        assertTrue(run(TransferRules.agree(state, RECEIVER, NOW)));
        assertTrue(run(TransferRules.delivered(state, RECEIVER, NOW)));
        assertEquals(State.DONE, state.state());
    }

    @Test
    public void whoHasAgreedToAllBeforehandIsNotAsked() {
        announce(Kind.FILE, 1, Optional.empty());
        add("a", 10);
        complete();
        run(TransferRules.ready(state, "a", 10, "00", "text/plain", Optional.of(RECEIVER), EXPIRY, NOW));
        assertEquals(State.AGREED, state.state());
    }

    @Test
    public void noMoreThanWasAnnounced() {
        announce(Kind.FOLDER, 2, Optional.of(100L));
        assertTrue(add("a", 60));
        assertFalse("bytes", add("b", 41));
        assertTrue(add("b", 40));
        assertFalse("files", add("c", 0));
        assertTrue("the same again", add("a", 60));
        assertEquals(2, state.files().size());
    }

    @Test
    public void whatIsLeftOfAFolderIsOfferedAndNothingOfNothing() {
        announce(Kind.FOLDER, 2, Optional.empty());
        add("a", 1);
        add("b", 1);
        ready("a");
        complete();
        assertEquals(State.ARRIVING, state.state());
        run(TransferRules.refuse(state, "b", Reason.INFECTED, Optional.empty(), EXPIRY, NOW));
        assertEquals(State.OFFERED, state.state());

        state = TransferState.NONE;
        announce(Kind.FILE, 1, Optional.empty());
        add("a", 1);
        complete();
        run(TransferRules.refuse(state, "a", Reason.INFECTED, Optional.empty(), EXPIRY, NOW));
        assertEquals(State.REFUSED, state.state());
        assertFalse(run(TransferRules.agree(state, RECEIVER, NOW)));
    }

    @Test
    public void foldersWithoutFilesAreSentToo() {
        announce(Kind.FOLDER, 0, Optional.of(0L));
        assertTrue(run(TransferRules.addFolders(state, TEXT, 1)));
        complete();
        assertEquals(State.OFFERED, state.state());
    }

    private Optional<Optional<Instant>> expiry(Decision<Fact, None> decision) {
        assertTrue(run(decision));
        return ((Decision.Accepted<Fact, None>) decision)
                .deadlines().stream()
                        .filter(one -> one.name().equals(TransferRules.EXPIRY))
                        .map(one -> one.at())
                        .findFirst();
    }

    /** Looking at a large file, or at many, may take longer than people have to do something. */
    @Test
    public void whoeverIsNextHasAllTheTime() {
        announce(Kind.FOLDER, 2, Optional.empty());
        add("a", 1);
        add("b", 1);
        complete();
        var later = NOW.plus(Duration.ofMinutes(50));
        assertEquals(
                Optional.of(Optional.of(later.plus(EXPIRY))),
                expiry(TransferRules.ready(state, "a", 1, "00", "x/y", Optional.empty(), EXPIRY, later)));
        var last = later.plus(Duration.ofMinutes(50));
        assertEquals(
                Optional.of(Optional.of(last.plus(EXPIRY))),
                expiry(TransferRules.refuse(state, "b", Reason.TYPE, Optional.empty(), EXPIRY, last)));
        assertEquals(State.OFFERED, state.state());

        state = TransferState.NONE;
        announce(Kind.FILE, 1, Optional.empty());
        add("a", 1);
        complete();
        assertEquals(
                "nobody has to answer",
                Optional.of(Optional.empty()),
                expiry(TransferRules.ready(state, "a", 1, "00", "x/y", Optional.of(RECEIVER), EXPIRY, last)));
    }

    @Test
    public void takenBackByItsSender() {
        announce(Kind.FILE, 1, Optional.empty());
        add("a", 1);
        complete();
        run(TransferRules.takeBack(state, "a", Optional.empty(), EXPIRY, NOW));
        assertEquals(State.CANCELLED, state.state());
        assertEquals(Optional.of(Ending.TAKEN_BACK), state.ending());
    }

    @Test
    public void theSessionsEndEndsWhatNobodyHasAgreedToAndKeepsTheRest() {
        announce(Kind.FILE, 1, Optional.empty());
        run(TransferRules.sessionOver(state, Duration.ofHours(1), NOW));
        assertEquals(Optional.of(Ending.SESSION_ENDED), state.ending());
        state = TransferState.NONE;
        announce(Kind.FILE, 1, Optional.empty());
        add("a", 1);
        complete();
        ready("a");
        run(TransferRules.agree(state, RECEIVER, NOW));
        run(TransferRules.sessionOver(state, Duration.ofHours(1), NOW));
        assertEquals(State.AGREED, state.state());
        run(TransferRules.due(state, TransferRules.RETENTION, NOW));
        assertEquals(State.REMOVED, state.state());
    }

    /** Whatever people, lines and inspectors do, in whatever order. */
    @Test
    public void nothingIsReadBeforeAllOfItWasLookedAtAndSomebodyHasAgreed() {
        for (int seed = 0; seed < 20_000; seed++) {
            history(new Random(seed));
        }
    }

    private void history(Random random) {
        state = TransferState.NONE;
        announce(random.nextBoolean() ? Kind.FOLDER : Kind.FILE, 3, Optional.of(30L));
        var past = new ArrayList<State>();
        boolean agreed = false;
        for (int step = 0; step < 25; step++) {
            var file = List.of("a", "b", "c", "d").get(random.nextInt(4));
            var beforehand = random.nextInt(8) == 0 ? Optional.of(RECEIVER) : Optional.<UUID>empty();
            var before = state;
            int what = random.nextInt(11);
            boolean accepted =
                    switch (what) {
                        case 0, 1 -> add(file, random.nextInt(20));
                        case 2, 3 -> run(TransferRules.ready(state, file, 1, "00", "x/y", beforehand, EXPIRY, NOW));
                        case 4 -> run(TransferRules.refuse(state, file, Reason.TYPE, beforehand, EXPIRY, NOW));
                        case 5 -> run(TransferRules.takeBack(state, file, beforehand, EXPIRY, NOW));
                        case 6 -> run(TransferRules.complete(state, beforehand, EXPIRY, NOW));
                        case 7 -> run(TransferRules.agree(state, RECEIVER, NOW));
                        case 8 -> run(TransferRules.delivered(state, RECEIVER, NOW));
                        case 9 -> random.nextInt(6) == 0
                                && run(TransferRules.cancel(state, Ending.CONTROL_PASSED, NOW));
                        default -> random.nextInt(6) == 0 && run(TransferRules.decline(state, RECEIVER, NOW));
                    };
            agreed |= accepted && (what == 7 || beforehand.isPresent());
            if (state.state() != before.state()) {
                assertFalse("terminal stays", past.stream().anyMatch(one -> !one.open() && one != State.DONE));
                past.add(state.state());
            }
            if (state.state() == State.OFFERED || state.state().readable()) {
                assertTrue(state.complete());
                assertFalse(state.any(FileState.ARRIVING));
                assertTrue(state.any(FileState.READY));
            }
            assertTrue("only by agreement", !state.state().readable() || agreed);
            assertTrue(state.files().size() <= 3);
        }
    }
}
