package dev.tandem.journal.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Has events heard at once, those of one turn one after another. So the commands that follow from them meet in the lane and
 * share a flush, where one event at a time would pay for each by itself.
 */
final class Abreast {
    private static final int MOST = 16;

    /** Hears one event. */
    interface Ear {
        void hear(TailReader.Heard one) throws Exception;
    }

    /** An event that could not be heard now. */
    record Failed(TailReader.Heard one, Throwable why) {}

    /**
     * That not all were heard.
     *
     * @param before the position up to which all were
     * @param heard positions behind it that were heard all the same
     * @param failed the first that failed; none if it was not wanted any more
     */
    record Left(long before, List<Long> heard, Optional<Failed> failed) {}

    private final Ear ear;
    // What follows is guarded by this.
    private final ArrayDeque<List<TailReader.Heard>> turns = new ArrayDeque<>();
    private final List<TailReader.Heard> unheard = new ArrayList<>();
    private final List<Failed> failures = new ArrayList<>();

    Abreast(Ear ear) {
        this.ear = ear;
    }

    /**
     * Returns when whatever was begun is done.
     *
     * @param some in the order of the site
     * @param turn whose turn an event is; nothing if nobody need hear it
     * @param wanted asked before each event, on any thread
     */
    Optional<Left> run(
            Executor threads,
            List<TailReader.Heard> some,
            Function<TailReader.Heard, Optional<Object>> turn,
            BooleanSupplier wanted) {
        var byTurn = new LinkedHashMap<Object, List<TailReader.Heard>>();
        for (var one : some) {
            turn.apply(one).ifPresent(of -> byTurn.computeIfAbsent(of, t -> new ArrayList<>())
                    .add(one));
        }
        synchronized (this) {
            turns.addAll(byTurn.values());
        }
        int helpers = Math.min(byTurn.size(), MOST) - 1;
        var ready = new CountDownLatch(Math.max(0, helpers));
        for (int i = 0; i < helpers; i++) {
            help(threads, wanted, ready);
        }
        work(wanted);
        await(ready);
        return left(some, byTurn);
    }

    private void help(Executor threads, BooleanSupplier wanted, CountDownLatch ready) {
        try {
            threads.execute(() -> {
                try {
                    work(wanted);
                } finally {
                    ready.countDown();
                }
            });
        } catch (RejectedExecutionException e) {
            // The journal is closing: its own thread does what is wanted still.
            ready.countDown();
        }
    }

    private void work(BooleanSupplier wanted) {
        for (var turn = next(); turn.isPresent(); turn = next()) {
            hear(turn.get(), wanted);
        }
    }

    private synchronized Optional<List<TailReader.Heard>> next() {
        return Optional.ofNullable(turns.poll());
    }

    private void hear(List<TailReader.Heard> turn, BooleanSupplier wanted) {
        for (int i = 0; i < turn.size(); i++) {
            var one = turn.get(i);
            Optional<Failed> failed = Optional.empty();
            boolean on = wanted.getAsBoolean();
            if (on) {
                try {
                    ear.hear(one);
                } catch (Throwable e) {
                    // Whatever it was: what was not heard must not count as heard.
                    failed = Optional.of(new Failed(one, e));
                }
            }
            if (!on || failed.isPresent()) {
                synchronized (this) {
                    failed.ifPresent(failures::add);
                    unheard.addAll(turn.subList(i, turn.size()));
                }
                return;
            }
        }
    }

    private static void await(CountDownLatch ready) {
        var interrupted = false;
        while (true) {
            try {
                ready.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<Left> left(List<TailReader.Heard> some, Map<?, List<TailReader.Heard>> byTurn) {
        if (unheard.isEmpty()) {
            return Optional.empty();
        }
        long first =
                unheard.stream().mapToLong(one -> one.row().position()).min().getAsLong();
        var heard = new ArrayList<Long>();
        byTurn.values().forEach(turn -> turn.stream()
                .filter(one -> one.row().position() > first && !unheard.contains(one))
                .forEach(one -> heard.add(one.row().position())));
        var failed = failures.stream()
                .min(Comparator.comparing(failure -> failure.one().row().position()));
        return Optional.of(new Left(first - 1, heard, failed));
    }
}
