package dev.tandem.journal.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Lease;
import dev.tandem.journal.Leases;
import dev.tandem.journal.Nodes;
import dev.tandem.journal.internal.LeaseRows.Key;
import dev.tandem.platform.SiteId;

/**
 * The leases of this node. Who stands for one that is held elsewhere looks again with every round: when the bell rings, and
 * once a beat. What this node holds needs no look, since nobody takes it while the node's row is there.
 */
final class NodeLeases implements Leases {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLeases.class);
    /** How long somebody may take to stop what it does alone, before the lease goes on all the same. */
    static final Duration STOPPING = Duration.ofSeconds(5);

    private static final int TRIES = 5;

    private final SqlDatabase database;
    private final Clock clock;
    private final LeaseRows rows;
    private final ExecutorService threads;
    /** The id of this node's life, if it takes part. */
    private final Supplier<Optional<UUID>> taking;

    private final boolean byHand;
    private final Object rounds = new Object();
    private final Knocker knocker;
    // Guarded by this.
    private final Map<Key, List<Standing>> standing = new LinkedHashMap<>();
    private final Map<Key, Lease> mine = new HashMap<>();

    NodeLeases(
            SqlDatabase database,
            Clock clock,
            ExecutorService threads,
            Supplier<Optional<UUID>> taking,
            boolean byHand) {
        this.database = database;
        this.clock = clock;
        this.rows = new LeaseRows(database.dialect());
        this.threads = threads;
        this.taking = taking;
        this.byHand = byHand;
        this.knocker = new Knocker("tandem-leases", Nodes.BEAT, this::round);
    }

    void start() {
        knocker.start();
    }

    void stop() {
        knocker.stop();
    }

    /** Something may have become free. */
    void wake() {
        knocker.knock();
    }

    @Override
    public Claim claim(SiteId site, String name, Holder holder) {
        var one = new Standing(new Key(site, name), holder, new Turns(threads), this);
        synchronized (this) {
            standing.computeIfAbsent(one.key(), k -> new ArrayList<>()).add(one);
        }
        if (byHand) {
            round();
        } else {
            wake();
        }
        return one;
    }

    @Override
    public Optional<Lease> take(SiteId site, String name) {
        var key = new Key(site, name);
        for (int tried = 0; tried < TRIES; tried++) {
            var seen = database.read(sql -> rows.see(sql, key));
            var me = taking.get();
            if (seen.isPresent() && held(seen.get(), me)) {
                return Optional.of(seen.get().lease());
            }
            if (me.isEmpty()) {
                return Optional.empty();
            }
            var taken = database.write(sql -> rows.take(sql, key, seen, me.get(), clock.millis()));
            if (taken.isPresent()) {
                return keep(taken.get(), false) ? taken : Optional.empty();
            }
        }
        return find(site, name);
    }

    /** On SQLite the row of this node may have been taken away by another process that tries the same file. */
    private static boolean held(LeaseRows.Seen seen, Optional<UUID> me) {
        return seen.living() || me.isPresent() && seen.node().equals(me.map(UUID::toString));
    }

    @Override
    public Optional<Lease> find(SiteId site, String name) {
        return database.read(sql -> rows.see(sql, new Key(site, name)))
                .filter(seen -> held(seen, taking.get()))
                .map(LeaseRows.Seen::lease);
    }

    @Override
    public List<Lease> ofSites() {
        var me = taking.get();
        return database.read(rows::ofSites).stream()
                .filter(seen -> held(seen, me))
                .map(LeaseRows.Seen::lease)
                .toList();
    }

    @Override
    public void release(Lease lease) {
        var key = Key.of(lease);
        Optional<Standing> holder;
        synchronized (this) {
            holder = first(key).filter(one -> one.holds(lease));
            holder.ifPresent(Standing::lose);
        }
        holder.ifPresent(one -> one.turns().await(STOPPING));
        giveUp(List.of(lease));
        wake();
    }

    /** Closes claims of this node all at once. */
    void leave(Collection<? extends Claim> claims) {
        var leaving = claims.stream().map(Standing.class::cast).toList();
        var held = new ArrayList<Lease>();
        synchronized (this) {
            for (var one : leaving) {
                one.held().ifPresent(held::add);
                one.lose();
                standing.computeIfPresent(one.key(), (key, all) -> {
                    all.remove(one);
                    return all.isEmpty() ? null : all;
                });
            }
        }
        leaving.forEach(one -> one.turns().await(STOPPING));
        giveUp(held);
        if (!held.isEmpty()) {
            wake();
        }
    }

    private void giveUp(List<Lease> given) {
        if (given.isEmpty() || database.heldOff().isPresent()) {
            return;
        }
        synchronized (this) {
            given.forEach(lease -> mine.remove(Key.of(lease), lease));
        }
        try {
            database.write(sql -> {
                rows.releaseAll(sql, given);
                rows.ring(sql, given.stream().map(Key::of).toList());
                return true;
            });
        } catch (RuntimeException e) {
            // They go on when this node's row goes. Until then nobody does what they are for.
            LOG.warn("Leases were not given up: {}", given, e);
        }
    }

    /** Takes what is free and stood for. */
    void round() {
        synchronized (rounds) {
            var me = taking.get();
            var wanted = wanted();
            if (me.isEmpty() || wanted.isEmpty()) {
                return;
            }
            var seen = database.readSession(session -> rows.see(session, wanted)).stream()
                    .collect(Collectors.toMap(LeaseRows.Seen::key, one -> one));
            seen.values().stream()
                    .filter(one -> one.node().equals(me.map(UUID::toString)))
                    .forEach(one -> keep(one.lease(), false));
            wanted.removeIf(key -> seen.containsKey(key) && held(seen.get(key), me));
            if (!wanted.isEmpty()) {
                var taken = database.write(sql -> rows.takeAll(sql, wanted, seen, me.get(), clock.millis()));
                taken.forEach(lease -> keep(lease, true));
            }
        }
    }

    private synchronized TreeSet<Key> wanted() {
        var wanted = new TreeSet<>(Key.ORDER);
        standing.forEach((key, claims) -> {
            if (claims.get(0).held().isEmpty()) {
                wanted.add(key);
            }
        });
        return wanted;
    }

    /**
     * Notes a lease that the database gave to this node, and tells who stands for it.
     *
     * @param claimed whether it was taken for one who stands for it, and is given up again if that one has left
     * @return whether it still counts: not if this life is over
     */
    private boolean keep(Lease lease, boolean claimed) {
        synchronized (this) {
            if (taking.get().filter(lease.node()::equals).isPresent()) {
                mine.put(Key.of(lease), lease);
                var first = first(Key.of(lease));
                first.ifPresent(one -> one.gain(lease));
                if (first.isPresent() || !claimed) {
                    return true;
                }
            }
        }
        giveUp(List.of(lease));
        return false;
    }

    private Optional<Standing> first(Key key) {
        return Optional.ofNullable(standing.get(key)).map(claims -> claims.get(0));
    }

    /** This life is over, or takes part no longer: whoever holds something is told. Does not wait for them. */
    List<Standing> loseAll() {
        synchronized (this) {
            mine.clear();
            var lost = standing.values().stream()
                    .flatMap(List::stream)
                    .filter(one -> one.held().isPresent())
                    .toList();
            lost.forEach(Standing::lose);
            return lost;
        }
    }

    /** Gives up everything that a life of this node holds, when those who hold it have stopped. */
    void releaseAll(UUID me) {
        var until = System.nanoTime() + STOPPING.toNanos();
        for (var one : loseAll()) {
            if (!one.turns().await(Duration.ofNanos(Math.max(0, until - System.nanoTime())))) {
                LOG.warn("Lease {} goes on, though not everything under it has stopped", one.key());
            }
        }
        synchronized (rounds) {
            // A round that was under way may have taken some more.
            loseAll();
            database.write(sql -> {
                rows.ring(sql, rows.releaseAll(sql, me));
                return true;
            });
        }
    }

    synchronized int count() {
        return mine.size();
    }

    /** Waits until everybody has been told of what has happened by now. */
    void awaitTold() {
        List<Standing> all;
        synchronized (this) {
            all = standing.values().stream().flatMap(List::stream).toList();
        }
        all.forEach(one -> one.turns().await(STOPPING));
    }
}
