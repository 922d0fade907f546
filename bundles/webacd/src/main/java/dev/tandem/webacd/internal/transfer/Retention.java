package dev.tandem.webacd.internal.transfer;

import java.time.Clock;
import java.time.Duration;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.StorageException;
import dev.tandem.webacd.internal.desk.Later;
import dev.tandem.webacd.internal.metrics.Kept;
import dev.tandem.webacd.internal.metrics.Thresholds;
import dev.tandem.webacd.internal.work.Plans;
import dev.tandem.webacd.internal.work.WorkBook;

/** Deletes what is too old, whether anything happens or not: who was there, and who has helped whom. Every node may. */
@Component(service = Retention.class, immediate = true)
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    static final Duration SWEEP = Duration.ofHours(1);
    /** Not while the node starts. */
    static final Duration FIRST = Duration.ofMinutes(1);

    private final Kept kept;
    private final Thresholds settings;
    private final WorkBook book;
    private final Plans plans;
    private final Later later;
    private final Clock clock;
    private volatile boolean stopped;

    @Activate
    public Retention(
            @Reference Kept kept,
            @Reference Thresholds settings,
            @Reference WorkBook book,
            @Reference Plans plans,
            @Reference Later later,
            @Reference Clock clock) {
        this.kept = kept;
        this.settings = settings;
        this.book = book;
        this.plans = plans;
        this.later = later;
        this.clock = clock;
        later.run(FIRST, this::tick);
    }

    @Deactivate
    void close() {
        stopped = true;
    }

    private void tick() {
        if (stopped) {
            return;
        }
        // First, so that one failure is not the end of it.
        later.run(SWEEP, this::tick);
        try {
            sweep();
        } catch (RuntimeException e) {
            StorageException.log(LOG, "What is too old could not be deleted; it is tried again in an hour", e);
        }
    }

    private void sweep() {
        var now = clock.instant();
        book.known().forget(now.minus(Acquaintances.KEPT));
        for (var site : plans.sites()) {
            settings.attendance(site).ifPresent(time -> kept.forget(site, now.minus(time)));
        }
    }
}
