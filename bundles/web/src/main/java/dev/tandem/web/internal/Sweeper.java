package dev.tandem.web.internal;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.web.AttemptLimiter;

/** Deletes rows that no longer matter, every five minutes. */
@Component(
        service = {},
        immediate = true)
public final class Sweeper {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private final Tickets tickets;
    private final DatabaseLimiter limiter;
    private final ScheduledExecutorService timer;

    @Activate
    public Sweeper(
            @Reference Tickets tickets,
            @Reference(target = "(component.name=dev.tandem.web.internal.DatabaseLimiter)") AttemptLimiter limiter) {
        this.tickets = tickets;
        this.limiter = (DatabaseLimiter) limiter;
        timer = Executors.newSingleThreadScheduledExecutor(Threads.named("tandem-web-sweeper"));
        timer.scheduleWithFixedDelay(this::sweep, 1, 5, TimeUnit.MINUTES);
    }

    @Deactivate
    void deactivate() {
        timer.shutdownNow();
    }

    private void sweep() {
        try {
            tickets.sweep();
            limiter.sweep();
        } catch (RuntimeException e) {
            LOG.warn("Old rows could not be deleted; the next try is in five minutes", e);
        }
    }
}
