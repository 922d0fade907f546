package dev.tandem.journal.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Recorded;

/** A durable event for the slice that listens to it, with the stream after it. */
record Announcement<S, E>(OpenKind<S, E> kind, Recorded<E> event, Held<S> after) implements Announcer.News {
    private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);

    @Override
    public long position() {
        return event.position();
    }

    @Override
    public void tell() {
        // Saves whoever tells of the stream's next event from reading what stands here.
        kind.follower().reached(event.site(), event.stream(), after);
        if (kind.isTelling()) {
            try {
                kind.kind().committed(event, after.state());
            } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
                LOG.error("A listener of {} failed", kind.name(), e);
            }
        }
    }
}
