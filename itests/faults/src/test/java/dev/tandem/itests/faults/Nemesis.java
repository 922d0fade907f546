package dev.tandem.itests.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.tandem.itests.harness.Await;

/** Breaks things, one after the other, by a seeded schedule, and in the end mends all of them. */
final class Nemesis {
    private static final Duration LONGEST_HEALING = Duration.ofSeconds(300);
    private static final Duration LONGEST_ROUTING = Duration.ofSeconds(30);
    private static final long[] JUMPS = {-3600, -30, -5, 5, 30, 3600};

    /** What hits the router, and leaves the other node as it is. */
    private static final Set<Fault> AT_ROUTER =
            EnumSet.of(Fault.KILLED_NODE, Fault.SUSPENDED_NODE, Fault.CUT_FROM_DATABASE);

    /** A fault that was, by the clock of the history. */
    /** @param at by the wall clock, in milliseconds. @param router whether it hit the one who routes */
    record Strike(Fault fault, String where, long begun, long ended, long at, boolean router) {}

    private final Lab lab;
    private final String site;
    private final Random random;
    private final List<Fault> kinds;
    private final List<Strike> strikes = new ArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);

    /** @param site whose router it aims at */
    Nemesis(Lab lab, String site, List<Fault> kinds, long seed) {
        this.site = site;
        this.lab = lab;
        this.kinds = List.copyOf(kinds);
        this.random = new Random(seed);
    }

    /**
     * Every kind once in some order, however long that takes, then again until that time of {@link System#nanoTime} has
     * come.
     */
    void run(long until) {
        for (boolean first = true; !kinds.isEmpty() && (first || System.nanoTime() < until); first = false) {
            var round = new ArrayList<>(kinds);
            Collections.shuffle(round, random);
            for (var fault : round) {
                // Drawn always, so that the schedule goes by the seed alone.
                var node = lab.nodes().get(random.nextInt(lab.nodes().size()));
                long millis = 1_500 + random.nextInt(4_500);
                long jump = JUMPS[random.nextInt(JUMPS.length)];
                pass(500 + random.nextInt(1_500));
                if (!first && System.nanoTime() >= until) {
                    return;
                }
                strike(fault, target(fault, node), millis, jump);
            }
        }
    }

    /** Mostly the one that routes, so that another one must; then the other one is well. */
    private String target(Fault fault, String node) {
        if (fault == Fault.MOVED_CLOCK) {
            return Lab.WITH_CLOCK;
        }
        if (!AT_ROUTER.contains(fault)) {
            return node;
        }
        Await.until("both nodes to be healthy", LONGEST_HEALING, () -> lab.nodes().stream()
                .allMatch(one -> lab.node(one).healthy()));
        return lab.router(site).orElse(node);
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
        boolean router = AT_ROUTER.contains(fault) && lab.router(site).equals(Optional.of(node));
        long begun = System.nanoTime();
        long at = System.currentTimeMillis();
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
        if (router) {
            routingGoesOn(at);
        }
        strikes.add(new Strike(fault, where, begun, System.nanoTime(), at, router));
    }

    /** Else the next fault would be taken for this one's. How long it took is judged by the history. */
    private void routingGoesOn(long at) {
        try {
            Await.until("routing to go on", LONGEST_ROUTING, () -> lab.offeredSince(site, at + 1_000));
        } catch (AssertionError never) {
            System.out.println("faults: " + never.getMessage());
        }
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

    /** It comes back by itself while other things happen; but never are both away by this: see {@link #target}. */
    private void killNode(String node, long millis) {
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
