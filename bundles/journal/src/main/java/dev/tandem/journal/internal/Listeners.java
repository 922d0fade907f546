package dev.tandem.journal.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Announcements;
import dev.tandem.platform.SiteId;

/** Those of this node who hear announcements, told one after the other on a thread of their own that comes when needed. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9.-]*(/[^\\p{Cntrl}\\p{Cs}]*)?");
    /** As many announcements may wait to be told; beyond that some have been missed. */
    private static final int MOST = 10_000;

    private final List<Announcements.Listener> listeners = new CopyOnWriteArrayList<>();
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                var made = new Thread(work, "tandem-announcements");
                made.setDaemon(true);
                return made;
            });

    Listeners() {
        thread.allowCoreThreadTimeOut(true);
    }

    void add(Announcements.Listener listener) {
        listeners.add(listener);
    }

    void remove(Announcements.Listener listener) {
        listeners.remove(listener);
    }

    /** @throws IllegalArgumentException if it cannot be announced */
    static void check(String what) {
        if (what.length() > Announcements.LONGEST || !FORM.matcher(what).matches()) {
            throw new IllegalArgumentException(
                    "an announcement is a name and, after a slash, what it is about, together" + " at most "
                            + Announcements.LONGEST + " characters");
        }
    }

    void announced(SiteId site, String what) {
        var slash = what.indexOf('/');
        var about = slash < 0 ? what : what.substring(0, slash);
        var detail = slash < 0 ? "" : what.substring(slash + 1);
        tellAll(listener -> {
            if (listener.about().equals(about)) {
                listener.announced(site, detail);
            }
        });
    }

    void missed() {
        tellAll(Announcements.Listener::missed);
    }

    private void tellAll(Consumer<Announcements.Listener> telling) {
        if (thread.getQueue().size() < MOST) {
            submit(() -> listeners.forEach(listener -> tell(listener, telling)));
        } else {
            thread.getQueue().clear();
            submit(() -> listeners.forEach(listener -> tell(listener, Announcements.Listener::missed)));
        }
    }

    private boolean submit(Runnable work) {
        try {
            thread.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            // The journal is closed.
            return false;
        }
    }

    private static void tell(Announcements.Listener listener, Consumer<Announcements.Listener> telling) {
        try {
            telling.accept(listener);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            LOG.error("A listener of {} failed", listener.about(), e);
        }
    }

    /** Waits until all that is announced by now has been told; not for ever. */
    void awaitTold() {
        if (listeners.isEmpty()) {
            return;
        }
        var told = new CountDownLatch(1);
        try {
            if (submit(told::countDown) && !told.await(5, TimeUnit.SECONDS)) {
                LOG.warn("A listener of announcements does not return");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        Threads.end(thread);
    }
}
