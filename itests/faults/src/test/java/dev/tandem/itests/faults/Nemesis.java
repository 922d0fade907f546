package dev.tandem.itests.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.tandem.itests.harness.Await;

/** Breaks things, one after the other, by a seeded schedule, and in the end mends all of them. */
final class Nemesis {
    private static final Duration LONGEST_HEALING = Duration.ofSeconds(300);
    private static final long[] JUMPS = {-3600, -30, -5, 5, 30, 3600};

    /** A fault that was, by the clock of the history. */
    record Strike(Fault fault, String where, long begun, long ended) {}

    private final Lab lab;
    private final Random random;
    private final List<Fault> kinds;
    private final List<Strike> strikes = new ArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);

    Nemesis(Lab lab, List<Fault> kinds, long seed) {
        this.lab = lab;
        this.kinds = List.copyOf(kinds);
        this.random = new Random(seed);
    }

    /** Every kind once in some order, then again, until that time of {@link System#nanoTime} has come. */
    void run(long until) {
        while (!kinds.isEmpty() && System.nanoTime() < until) {
            var round = new ArrayList<>(kinds);
            Collections.shuffle(round, random);
            for (var fault : round) {
                // Drawn always, so that the schedule goes by the seed alone.
                var node = lab.nodes().get(random.nextInt(lab.nodes().size()));
                long millis = 1_500 + random.nextInt(4_500);
                long jump = JUMPS[random.nextInt(JUMPS.length)];
                pass(500 + random.nextInt(1_500));
                if (System.nanoTime() >= until) {
                    return;
                }
                strike(fault, fault == Fault.MOVED_CLOCK ? Lab.WITH_CLOCK : node, millis, jump);
            }
        }
    }

    List<Strike> strikes() {
        return List.copyOf(strikes);
    }

    private void strike(Fault fault, String node, long millis, long jump) {
        var where =
                switch (fault) {
                    case KILLED_DATABASE, SUSPENDED_DATABASE, FULL_DISK -> "database";
                    case MOVED_CLOCK -> node + " by " + jump + " s";
                    default -> node;
                };
        System.out.printf("faults: %s %s for %.1f s%n", fault, where, millis / 1e3);
        long begun = System.nanoTime();
        switch (fault) {
            case KILLED_NODE -> killNode(node, millis);
            case SUSPENDED_NODE -> {
                Await.until("a process to suspend", LONGEST_HEALING, () -> suspended(node));
                // Longer than the others wait for it.
                pass(millis + 4_000);
                lab.node(node).resume();
            }
            case CUT_FROM_DATABASE -> {
                lab.network(node).cutFromDatabase();
                pass(millis + 2_000);
                lab.network(node).heal();
            }
            case CUT_FROM_CLIENTS -> {
                lab.network(node).cutFromClients();
                pass(millis);
                lab.network(node).heal();
            }
            case KILLED_DATABASE -> {
                lab.postgres().killHard();
                pass(millis / 3);
                lab.postgres().start();
            }
            case SUSPENDED_DATABASE -> {
                lab.postgres().suspend();
                pass(millis);
                lab.postgres().resume();
            }
            case FULL_DISK -> {
                lab.fillDisk();
                pass(millis);
                lab.emptyDisk();
                if (!lab.postgres().alive()) {
                    lab.postgres().start();
                }
            }
            case MOVED_CLOCK -> {
                lab.moveClock(node, jump);
                pass(millis + 4_000);
                lab.moveClock(node, 0);
            }
        }
        strikes.add(new Strike(fault, where, begun, System.nanoTime()));
    }

    /** Whether there was something to suspend: a start script is not yet a Java. */
    private boolean suspended(String node) {
        try {
            lab.node(node).suspend();
            return true;
        } catch (IllegalStateException noJavaYet) {
            return false;
        }
    }

    /** It comes back by itself while other things happen; but never are both away by this. */
    private void killNode(String node, long millis) {
        for (var other : lab.nodes()) {
            if (!other.equals(node)) {
                lab.node(other).awaitHealth();
            }
        }
        lab.node(node).killHard();
        pass(millis / 3);
        lab.node(node).launch();
    }

    /** All is as it was, and both nodes are healthy. */
    void heal() {
        if (lab.rights().namespaces()) {
            lab.nodes().forEach(node -> lab.network(node).heal());
        }
        lab.moveClock(Lab.WITH_CLOCK, 0);
        lab.emptyDisk();
        if (!lab.postgres().alive()) {
            lab.postgres().start();
        }
        for (var node : lab.nodes()) {
            if (!lab.node(node).alive()) {
                lab.node(node).launch();
            }
        }
        for (var node : lab.nodes()) {
            Await.until("node " + node + " to be healthy again", LONGEST_HEALING, lab.node(node)::healthy);
        }
    }

    /** A fault lasts: it has no condition to wait for. */
    private void pass(long millis) {
        try {
            never.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
