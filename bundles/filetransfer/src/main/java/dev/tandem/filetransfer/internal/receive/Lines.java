package dev.tandem.filetransfer.internal.receive;

import java.io.OutputStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/**
 * How many files are on the line of this node at once. Each keeps a thread of the web server, of which there are two hundred:
 * everybody else's requests need some, too.
 */
@Component(service = Lines.class, configurationPid = "dev.tandem.filetransfer.lines")
@Designate(ocd = Lines.Config.class)
public final class Lines {
    private final int most;
    private final int mostOfOne;
    private final int mostOfCustomer;
    private final Clock clock;
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<String, Integer> callers = new ConcurrentHashMap<>();

    /** Of a node. */
    @ObjectClassDefinition(
            name = "Tandem file transfer: lines",
            description = "How many files this node receives and sends at once")
    public @interface Config {
        @AttributeDefinition(description = "Files at once; each keeps a thread of the web server", min = "1")
        int at_once() default 140;

        @AttributeDefinition(description = "Files of one person at once", min = "1")
        int of_one() default 32;

        @AttributeDefinition(description = "Files of one customer at once", min = "1")
        int of_customer() default 8;
    }

    @Activate
    public Lines(@Reference Clock clock, Config config) {
        this(config.at_once(), config.of_one(), config.of_customer(), clock);
    }

    Lines(int most, int mostOfOne, int mostOfCustomer, Clock clock) {
        this.most = most;
        this.mostOfOne = mostOfOne;
        this.mostOfCustomer = mostOfCustomer;
        this.clock = clock;
    }

    /** A place on the line, to be given back. */
    public interface Line extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws ProblemException 503 {@code too-many-files}, after which the client comes again */
    public Line take(String caller) {
        refuseWhenFull(caller);
        return enter(caller);
    }

    /** For who takes a line later, and cannot be refused then. @throws ProblemException 503 {@code too-many-files} */
    public void refuseWhenFull(String caller) {
        // Customers are strangers: a few of them must not keep everybody else off the line.
        int mostOfThis = caller.startsWith("customer:") ? Math.min(mostOfCustomer, mostOfOne) : mostOfOne;
        if (taken.get() >= most || callers.getOrDefault(caller, 0) >= mostOfThis) {
            throw tooMany();
        }
    }

    /** A stream to who receives a file: it breaks off when hardly anything is taken from it for a minute. */
    public OutputStream watched(OutputStream out) {
        return Pace.watched(out, clock);
    }

    /** A line in any case: of those who come in the same moment a few more may be on it than should. */
    public Line enter(String caller) {
        taken.incrementAndGet();
        callers.merge(caller, 1, Integer::sum);
        return () -> back(caller);
    }

    private void back(String caller) {
        taken.decrementAndGet();
        callers.computeIfPresent(caller, (key, count) -> count == 1 ? null : count - 1);
    }

    private static ProblemException tooMany() {
        return new ProblemException(new Problem(
                503,
                "too-many-files",
                "As many files are on the way as there can be at once.",
                Optional.empty(),
                Optional.of(1L)));
    }
}
