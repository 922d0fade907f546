package dev.tandem.journal.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.EventSubscriber.Reach;
import dev.tandem.journal.Lease;
import dev.tandem.journal.Leases;
import dev.tandem.journal.StorageException;
import dev.tandem.platform.SiteId;

/**
 * Reads the journal behind the lanes for one subscriber, on a thread of its own. Where nodes take turns it hears a site while
 * it holds the site's lease, from where the cursor stands. The cursor is stored soon after, not with each event: what was
 * heard in between is heard again after a crash.
 */
final class Tail implements Leases.Holder {
    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    /** A net under the wake-ups. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final Duration STORE_EVERY = Duration.ofMillis(500);
    /** So many are heard before it is looked how far it has come. */
    private static final int ABREAST = 64;

    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    /** How long somebody who waits for all to be heard bears with a lease that nobody holds. */
    private static final Duration UNDECIDED = Duration.ofSeconds(2);
    /** How long who takes a lease away waits for the event under way. */
    private static final Duration STOPPING = Duration.ofSeconds(5);

    private final EventSubscriber subscriber;
    private final String name;
    private final boolean everywhere;
    /** Whether it says what need not wait for what. */
    private final boolean abreast;

    private final Lanes lanes;
    private final Optional<Leases> leases;
    private final Duration patience;
    private final Cursors cursors;
    private final TailReader reader;
    private final Thread thread;
    private final Map<SiteId, Progress> sites = new ConcurrentHashMap<>();
    private Optional<Map<SiteId, Long>> start = Optional.empty();
    private long storedAt = System.nanoTime();
    private long lookedAt = System.nanoTime();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    /** Under which leases it hears just now. */
    private final Set<Lease> hearing = new HashSet<>();

    private boolean woken;
    private volatile boolean stopped;
    /** Somebody waits for a site to be given up. */
    private volatile boolean yielding;

    private long asked;
    private long answered;

    /** @param leases what the nodes take turns by; none if there is but one node, ever */
    Tail(EventSubscriber subscriber, Lanes lanes, Duration patience, Optional<Leases> leases) {
        this.subscriber = subscriber;
        this.name = subscriber.name();
        this.everywhere = subscriber.reach() == Reach.EVERY_NODE;
        this.abreast = hasTurns(subscriber);
        this.lanes = lanes;
        this.leases = everywhere ? Optional.empty() : leases;
        this.patience = patience;
        this.cursors = new Cursors(lanes.database(), name);
        this.reader = new TailReader(lanes);
        this.thread = new Thread(this::run, "tandem-tail-" + name);
        thread.setDaemon(true);
    }

    private static boolean hasTurns(EventSubscriber subscriber) {
        try {
            return subscriber
                            .getClass()
                            .getMethod("turn", EventSubscriber.Published.class)
                            .getDeclaringClass()
                    != EventSubscriber.class;
        } catch (NoSuchMethodException e) {
            return true;
        }
    }

    EventSubscriber subscriber() {
        return subscriber;
    }

    /** Hears from now on. */
    void start() {
        if (everywhere) {
            try {
                start = Optional.of(lanes.storedEnds());
            } catch (RuntimeException e) {
                LOG.warn("Subscriber {} hears from when the database is there", name, e);
            }
        }
        thread.start();
    }

    void wake() {
        locked(() -> woken = true);
    }

    void stop() {
        locked(() -> stopped = true);
        Threads.join(thread);
    }

    /** What it stood for, once it has stopped; to be closed. */
    List<Leases.Claim> claims() {
        return sites.values().stream()
                .flatMap(progress -> progress.claim.stream())
                .toList();
    }

    @Override
    public void gained(Lease lease) {
        wake();
    }

    /** Returns when it hears no more under that lease, and what it has heard is stored. */
    @Override
    public void lost(Lease lease) {
        if (Thread.currentThread() == thread) {
            return;
        }
        lock.lock();
        try {
            yielding = true;
            woken = true;
            change.signalAll();
            var left = STOPPING.toNanos();
            while (hearing.contains(lease) && !stopped && left > 0) {
                left = change.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything that is durable now has been heard, or has been tried in vain, or is for another node. */
    void awaitHeard() {
        lock.lock();
        try {
            var ticket = ++asked;
            woken = true;
            change.signalAll();
            var left = TimeUnit.SECONDS.toNanos(10);
            while (answered < ticket && !stopped && left > 0) {
                left = change.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (!stopped) {
            var ticket = ticket();
            var decided = true;
            try {
                if (everywhere && start.isEmpty()) {
                    start = Optional.of(lanes.storedEnds());
                }
                look();
                decided = round() || answered == ticket;
                store(false);
            } catch (RuntimeException | LinkageError e) {
                if (!stopped) {
                    StorageException.log(LOG, "Subscriber " + name + " cannot read on", e);
                }
            }
            pause(ticket, decided);
        }
        try {
            store(true);
        } catch (RuntimeException e) {
            LOG.warn("The cursor of {} was not stored; it will hear some events again", name, e);
        }
    }

    private long ticket() {
        lock.lock();
        try {
            woken = false;
            yielding = false;
            return asked;
        } finally {
            lock.unlock();
        }
    }

    private void pause(long ticket, boolean decided) {
        var now = System.nanoTime();
        var left = decided ? LOOK.toNanos() : TimeUnit.MILLISECONDS.toNanos(20);
        for (var progress : sites.values()) {
            if (progress.notBefore - now > 0) {
                left = Math.min(left, progress.notBefore - now);
            }
            if (progress.changed) {
                left = Math.min(left, STORE_EVERY.toNanos());
            }
            if (progress.waitingSince.isPresent()) {
                left = Math.min(left, STORE_EVERY.toNanos());
            }
        }
        lock.lock();
        try {
            if (decided) {
                answered = ticket;
                change.signalAll();
            }
            while (!woken && !stopped && left > 0) {
                left = change.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            stopped = true;
        } finally {
            lock.unlock();
        }
    }

    /** Looks at the database now and then, in case nobody has told. */
    private void look() {
        if (System.nanoTime() - lookedAt > LOOK.toNanos()) {
            lookedAt = System.nanoTime();
            lanes.storedEnds().forEach(lanes::seen);
        }
    }

    /** Hears what there is; false if nobody holds the lease of a site yet. */
    private boolean round() {
        reader.tidy();
        var ends = Map.copyOf(lanes.ends());
        enter(ends);
        var decided = true;
        for (var end : ends.entrySet()) {
            var site = end.getKey();
            var progress = sites.get(site);
            if (!progress.hears) {
                decided &= !isUndecided(site, progress);
            } else if (progress.notBefore - System.nanoTime() <= 0) {
                var on = payOwed(site, progress);
                while (on && progress.position < end.getValue() && goesOn(progress)) {
                    on = hearOn(site, progress);
                }
            }
        }
        return decided;
    }

    private boolean isUndecided(SiteId site, Progress progress) {
        return System.nanoTime() - progress.standingSince < UNDECIDED.toNanos()
                && leases.isPresent()
                && leases.get().find(site, lease()).isEmpty();
    }

    private String lease() {
        return "subscriber/" + name;
    }

    private boolean goesOn(Progress progress) {
        return !stopped && !yielding && progress.stands();
    }

    /** Gives up the sites whose lease is gone, and takes up those that are new or whose lease has come. */
    private void enter(Map<SiteId, Long> ends) {
        var lost = new HashMap<SiteId, Progress>();
        var come = new ArrayList<SiteId>();
        for (var site : ends.keySet()) {
            var progress = sites.computeIfAbsent(site, this::enter);
            if (!progress.stands()) {
                if (progress.hears) {
                    lost.put(site, progress);
                }
                come.add(site);
            }
        }
        giveUp(lost);
        come.removeIf(site ->
                sites.get(site).claim.filter(claim -> claim.held().isEmpty()).isPresent());
        if (!come.isEmpty()) {
            takeUp(come);
        }
    }

    private Progress enter(SiteId site) {
        return new Progress(leases.map(all -> all.claim(site, lease(), this)));
    }

    private void takeUp(List<SiteId> come) {
        // Before the cursor is looked at: who held the lease before stores nothing any more.
        var held = new HashMap<SiteId, Optional<Lease>>();
        come.forEach(site -> held.put(site, sites.get(site).claim.flatMap(Leases.Claim::held)));
        var loaded = everywhere ? Map.<SiteId, Cursors.Stored>of() : cursors.load(come);
        for (var site : come) {
            var stored = everywhere
                    ? new Cursors.Stored(start.orElseThrow().getOrDefault(site, 0L), Map.of())
                    : loaded.getOrDefault(site, Cursors.Stored.NONE);
            var lease = held.get(site);
            sites.get(site).begin(lease, stored);
            locked(() -> lease.ifPresent(hearing::add));
        }
    }

    private void giveUp(Map<SiteId, Progress> lost) {
        if (lost.isEmpty()) {
            return;
        }
        try {
            // Whoever takes the lease away may still wait for this.
            storeChanged(lost);
        } catch (RuntimeException e) {
            LOG.warn("The cursor of {} was not stored; some events will be heard again", name, e);
        }
        locked(() -> lost.values().forEach(progress -> {
            progress.lease.ifPresent(hearing::remove);
            progress.end();
        }));
    }

    /**
     * The events of kinds that have been opened since they were passed by. What a newer version has written stays owed, and
     * what comes after it in its kind: until a newer node, which understands it, takes the lease.
     */
    private boolean payOwed(SiteId site, Progress progress) {
        for (var kind : List.copyOf(progress.owed.keySet())) {
            if (lanes.kind(kind).isPresent() && !pay(site, progress, kind)) {
                return false;
            }
        }
        return true;
    }

    /** False if nothing more can be heard of the site now. */
    private boolean pay(SiteId site, Progress progress, String kind) {
        while (true) {
            var from = progress.owed.get(kind);
            var heard = reader.read(
                    site, "AND kind = ? AND position >= ? AND position <= ?", kind, from, progress.position);
            for (var one : heard) {
                if (one.published().isEmpty()) {
                    return true;
                }
                if (!goesOn(progress) || !deliver(site, progress, one)) {
                    return false;
                }
                progress.owed.put(kind, one.row().position() + 1);
                progress.reach(progress.position);
            }
            if (heard.size() < TailReader.AT_ONCE) {
                progress.owed.remove(kind);
                progress.reach(progress.position);
                return true;
            }
        }
    }

    /** Hears the next events; false if it cannot go on now. */
    private boolean hearOn(SiteId site, Progress progress) {
        var heard = reader.after(site, progress.position);
        for (int from = 0; from < heard.size(); ) {
            if (!goesOn(progress)) {
                return false;
            }
            int upTo = from;
            while (abreast && upTo < Math.min(heard.size(), from + ABREAST) && isPlain(progress, heard.get(upTo))) {
                upTo++;
            }
            var on = upTo - from > 1
                    ? hearAbreast(site, progress, heard.subList(from, upTo))
                    : hearOne(site, progress, heard.get(from));
            if (!on) {
                return false;
            }
            from = Math.max(from + 1, upTo);
            store(false);
        }
        return !heard.isEmpty();
    }

    private boolean isPlain(Progress progress, TailReader.Heard one) {
        return one.published().isPresent()
                && one.failure().isEmpty()
                && !progress.owed.containsKey(one.row().kind());
    }

    private boolean hearOne(SiteId site, Progress progress, TailReader.Heard one) {
        var owed = progress.owed.containsKey(one.row().kind());
        if (!owed && !(one.published().isPresent() ? deliver(site, progress, one) : passBy(progress, one.row()))) {
            return false;
        }
        progress.waitingSince = Optional.empty();
        progress.reach(one.row().position());
        return true;
    }

    /** Hears those of different turns at once; how far all of them were heard is how far it has come. */
    private boolean hearAbreast(SiteId site, Progress progress, List<TailReader.Heard> some) {
        var abreast = new Abreast(one -> {
            if (!progress.ahead.contains(one.row().position())) {
                tell(site, one);
            }
        });
        Optional<Abreast.Left> left;
        try {
            left = abreast.run(lanes.threads(), some, one -> turn(site, one), () -> goesOn(progress));
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            // The subscriber cannot say whose turn it is: nothing was begun.
            retryLater(site, progress, some.get(0).row(), e);
            return false;
        }
        progress.waitingSince = Optional.empty();
        var reached = left.isEmpty()
                ? some.get(some.size() - 1).row().position()
                : left.get().before();
        if (reached > progress.position) {
            progress.reach(reached);
        }
        left.ifPresent(behind -> progress.ahead.addAll(behind.heard()));
        left.flatMap(Abreast.Left::failed)
                .ifPresent(failed -> retryLater(site, progress, failed.one().row(), failed.why()));
        return left.isEmpty();
    }

    private Optional<Object> turn(SiteId site, TailReader.Heard one) {
        return one.published().orElseThrow().stream()
                .findFirst()
                .map(event -> Objects.requireNonNull(subscriber.turn(published(site, one, event)), "turn"));
    }

    /** Goes past an event that cannot be understood here and now; it is owed from now on. */
    private boolean passBy(Progress progress, EventRow row) {
        if (lanes.kind(row.kind()).isPresent()) {
            LOG.info("Subscriber {} leaves {} from {} on to a newer node", name, row.kind(), row.name());
        } else {
            var now = System.nanoTime();
            var since = progress.waitingSince.orElse(now);
            if (now - since < patience.toNanos()) {
                progress.waitingSince = Optional.of(since);
                return false;
            }
            LOG.info("Subscriber {} goes on without {} until it is installed", name, row.kind());
        }
        progress.owed.put(row.kind(), row.position());
        return true;
    }

    private boolean deliver(SiteId site, Progress progress, TailReader.Heard heard) {
        var row = heard.row();
        if (heard.failure().isPresent()) {
            retryLater(site, progress, row, heard.failure().get());
            return false;
        }
        if (progress.ahead.contains(row.position())) {
            return true;
        }
        try {
            tell(site, heard);
            return true;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            retryLater(site, progress, row, e);
            return false;
        }
    }

    private void tell(SiteId site, TailReader.Heard heard) throws Exception {
        for (var event : heard.published().orElseThrow()) {
            subscriber.on(published(site, heard, event));
        }
    }

    private static EventSubscriber.Published published(SiteId site, TailReader.Heard heard, Object event) {
        var row = heard.row();
        return new EventSubscriber.Published(
                site,
                row.position(),
                UUID.fromString(row.id()),
                UUID.fromString(row.stream()),
                Instant.ofEpochMilli(row.at()),
                event);
    }

    private void retryLater(SiteId site, Progress progress, EventRow row, Throwable e) {
        progress.failures++;
        var delay = Math.min(
                LONGEST_RETRY.toNanos(), Duration.ofMillis(100).toNanos() << Math.min(progress.failures - 1, 20));
        progress.notBefore = System.nanoTime() + delay;
        LOG.warn(
                "Subscriber {} failed on event {} of site {} ({}), time {}; again in {} ms",
                name,
                row.position(),
                site,
                row.name(),
                progress.failures,
                TimeUnit.NANOSECONDS.toMillis(delay),
                e);
    }

    private void store(boolean atOnce) {
        var now = System.nanoTime();
        if (!atOnce && now - storedAt < STORE_EVERY.toNanos()) {
            return;
        }
        storedAt = now;
        storeChanged(sites);
    }

    private void storeChanged(Map<SiteId, Progress> some) {
        var changed = new TreeMap<String, Map.Entry<SiteId, Progress>>();
        for (var one : some.entrySet()) {
            if (one.getValue().changed) {
                changed.put(one.getKey().value(), one);
            }
        }
        if (changed.isEmpty() || lanes.database().heldOff().isPresent()) {
            return;
        }
        if (!everywhere) {
            cursors.store(changed);
        }
        changed.values().forEach(one -> one.getValue().changed = false);
    }
}
