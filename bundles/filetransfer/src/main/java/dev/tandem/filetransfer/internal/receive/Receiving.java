package dev.tandem.filetransfer.internal.receive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.internal.receive.Receiver.Expected;
import dev.tandem.filetransfer.internal.receive.Receiver.Trouble;
import dev.tandem.filetransfer.internal.receive.Receiver.TroubleException;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** The receiver of this node, which tells troubles as the protocol does. */
@Component(service = Receiving.class)
public final class Receiving {
    private static final int SETTLERS = 8;
    private static final int WAITING = 1_000;

    private final Lines lines;
    private final ThreadPoolExecutor settlers;
    private final Receiver receiver;

    @Activate
    public Receiving(@Reference Lines lines, @Reference Clock clock) {
        this.lines = lines;
        var number = new AtomicInteger();
        settlers = new ThreadPoolExecutor(
                SETTLERS, SETTLERS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    var thread = new Thread(task, "tandem-files-settle-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        settlers.allowCoreThreadTimeOut(true);
        receiver = new Receiver(settlers, clock);
    }

    @Deactivate
    void close() {
        receiver.close();
        settlers.shutdown();
    }

    /**
     * Takes a body in.
     *
     * @param caller whose line it is
     * @return the offset after it, which is durable
     * @throws ProblemException 409 {@code other-offset}, 413 {@code more-than-announced}, 423 {@code taken-over}, 460
     *     {@code checksum-mismatch}, 503 {@code too-many-files} and {@code cut-off}, 507 {@code storage-full}
     */
    public long receive(String caller, Expected expected, InputStream in) throws IOException {
        try (var line = lines.take(caller)) {
            return receiver.receive(expected, in);
        } catch (TroubleException e) {
            throw new ProblemException(problem(e.trouble()));
        }
    }

    /** A place on the line for work on a file that has no body. @throws ProblemException 503 {@code too-many-files} */
    Lines.Line line(String caller) {
        return lines.take(caller);
    }

    private static Problem problem(Trouble trouble) {
        if (trouble instanceof Trouble.OtherOffset other) {
            return new Problem(409, "other-offset", "The upload is at " + other.offset() + ".");
        } else if (trouble instanceof Trouble.TooMany) {
            return new Problem(413, "more-than-announced", "More bytes come than the upload has room for.");
        } else if (trouble instanceof Trouble.Corrupt) {
            return new Problem(460, "checksum-mismatch", "What came does not have that checksum. It is not kept.");
        } else if (trouble instanceof Trouble.TakenOver) {
            return new Problem(423, "taken-over", "Another request goes on with this upload.");
        } else if (trouble instanceof Trouble.NoRoom) {
            return storageFull();
        }
        // Mostly nobody hears it; who only stood still for too long is to come again.
        return new Problem(503, "cut-off", "The body did not come to its end.", Optional.empty(), Optional.of(1L));
    }

    /** 507. */
    public static Problem storageFull() {
        return new Problem(507, "storage-full", "There is no room for this file.");
    }

    /** See {@link Receiver#stop}. */
    public void stop(FileKey key) {
        receiver.stop(key);
    }

    /** See {@link Receiver#end}. */
    public void end(FileKey key) {
        receiver.end(key);
    }

    /** See {@link Receiver#busy}. */
    public boolean busy(FileKey key) {
        return receiver.busy(key);
    }
}
