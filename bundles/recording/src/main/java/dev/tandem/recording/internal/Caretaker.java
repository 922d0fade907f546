package dev.tandem.recording.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Ids;
import dev.tandem.journal.Lease;
import dev.tandem.journal.Leases;
import dev.tandem.journal.Node;
import dev.tandem.journal.Nodes;
import dev.tandem.recording.Recording;
import dev.tandem.recording.Recording.Part;
import dev.tandem.recording.Recording.PartState;
import dev.tandem.recording.Recording.State;
import dev.tandem.recording.internal.webm.Finisher;

/**
 * Looks after the files that nobody writes any more: finishes them, deletes them, and sweeps what a crash has left. A node
 * does so with its own parts, and, where nodes share the folder, with those of a node that is dead.
 */
@Component(service = Caretaker.class)
public final class Caretaker {
    static final Duration ORPHAN = Duration.ofDays(1);
    static final Duration SWEEP = Duration.ofHours(1);
    /** What has failed is tried again after that. */
    static final Duration AGAIN = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);

    private record Job(Recording of, Part part) {
        String key() {
            return of.id() + "-" + part.number();
        }
    }

    private final RecordingBook book;
    private final Shelf shelf;
    private final Nodes nodes;
    private final Leases leases;
    private final Clock clock;
    /** Jobs under way, or which have failed, and until when they are left alone. */
    private final Map<String, Instant> resting = new ConcurrentHashMap<>();

    private volatile Instant swept;

    @Activate
    public Caretaker(
            @Reference RecordingBook book,
            @Reference Shelf shelf,
            @Reference Nodes nodes,
            @Reference Leases leases,
            @Reference Clock clock) {
        this.book = book;
        this.shelf = shelf;
        this.nodes = nodes;
        this.leases = leases;
        this.clock = clock;
        this.swept = clock.instant();
    }

    /**
     * Does what is to be done with the files of a recording.
     *
     * @param busy its parts that are being written here
     * @param executor may take its time
     */
    void look(Recording recording, Set<Integer> busy, Executor executor) {
        for (var part : recording.parts()) {
            var job = new Job(recording, part);
            boolean finish = part.state() == PartState.WRITING && recording.state() != State.REMOVED;
            boolean delete = recording.state() == State.REMOVED && part.state() != PartState.REMOVED;
            if ((finish || delete) && !busy.contains(part.number()) && rested(job) && mine(job)) {
                resting.put(job.key(), Instant.MAX);
                try {
                    executor.execute(() -> run(job, finish));
                } catch (RejectedExecutionException e) {
                    resting.remove(job.key());
                }
            }
        }
    }

    private boolean rested(Job job) {
        var until = resting.get(job.key());
        return until == null || until.isBefore(clock.instant());
    }

    /** A part of this node; or of a dead one, if its file can be seen here. */
    private boolean mine(Job job) {
        var node = job.part().node();
        if (node.equals(nodes.self().name())) {
            return true;
        }
        return shelf.has(job.of(), job.part().number())
                && nodes.all().stream().map(Node::name).noneMatch(node::equals);
    }

    private void run(Job job, boolean finish) {
        var lease = leases.take(job.of().site(), "recording/" + job.key());
        try {
            if (lease.filter(held -> held.node().equals(nodes.self().id())).isEmpty()) {
                rest(job);
                return;
            }
            if (finish) {
                finish(job);
            } else {
                delete(job);
            }
            resting.remove(job.key());
        } catch (IOException | RuntimeException e) {
            rest(job);
            LOG.warn(
                    "Part {} of recording {} could not be {}, trying again",
                    job.part().number(),
                    job.of().id(),
                    finish ? "finished" : "deleted",
                    e);
        } finally {
            lease.ifPresent(this::release);
        }
    }

    private void release(Lease lease) {
        try {
            leases.release(lease);
        } catch (RuntimeException e) {
            LOG.debug("A lease is given up later", e);
        }
    }

    private void rest(Job job) {
        resting.put(job.key(), clock.instant().plus(AGAIN));
    }

    private void finish(Job job) throws IOException {
        var of = job.of();
        int number = job.part().number();
        var place = shelf.place(of, number);
        if (!Files.exists(place.live())) {
            LOG.warn("Part {} of recording {} has no file: it is lost", number, of.id());
            book.execute(
                            of.site(),
                            of.id(),
                            command(job, "lost"),
                            "system",
                            (state, now) -> RecordingRules.losePart(state, number))
                    .orElseThrow(Director.LaterException::new);
            return;
        }
        var finished = Finisher.finish(place.live(), place.finished());
        book.execute(
                        of.site(),
                        of.id(),
                        command(job, "finished"),
                        "system",
                        (state, now) -> RecordingRules.finishPart(state, number, finished.millis(), finished.bytes()))
                .orElseThrow(Director.LaterException::new);
        Files.deleteIfExists(place.live());
        LOG.info("Recording {}, part {}: {} ms, {} bytes", of.id(), number, finished.millis(), finished.bytes());
    }

    private void delete(Job job) throws IOException {
        var of = job.of();
        int number = job.part().number();
        shelf.delete(of, number);
        book.execute(
                        of.site(),
                        of.id(),
                        command(job, "removed"),
                        "system",
                        (state, now) -> RecordingRules.removedPart(state, number))
                .orElseThrow(Director.LaterException::new);
    }

    /** Now and then: files that belong to nothing. */
    void sweep(Instant now, Executor executor) {
        if (swept.plus(SWEEP).isAfter(now)) {
            return;
        }
        swept = now;
        try {
            executor.execute(() -> {
                try {
                    shelf.sweep(ORPHAN, now, this::known);
                } catch (IOException | RuntimeException e) {
                    LOG.warn("Recordings that nobody knows could not be swept", e);
                }
            });
        } catch (RejectedExecutionException e) {
            // It stops.
        }
    }

    private boolean known(Shelf.Found found) {
        return book.find(found.site(), found.recording())
                .flatMap(recording -> recording.part(found.part()))
                .filter(part -> part.state() != PartState.REMOVED && part.state() != PartState.LOST)
                .isPresent();
    }

    private static java.util.UUID command(Job job, String what) {
        return Ids.derived(job.of().id().value(), what + "/" + job.part().number());
    }
}
