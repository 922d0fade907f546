package dev.tandem.web.internal.admin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.StreamSupport;

import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.apache.felix.hc.api.execution.HealthCheckExecutionOptions;
import org.apache.felix.hc.api.execution.HealthCheckExecutionResult;
import org.apache.felix.hc.api.execution.HealthCheckExecutor;
import org.apache.felix.hc.api.execution.HealthCheckSelector;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * How this node is, by all health checks with the tag {@code tandem}: ours, and those that integrators publish. Asked at
 * most once a second, since anybody may call.
 */
@Component(service = HealthChecks.class)
public final class HealthChecks {
    /** The tag of the checks that count. */
    public static final String TAG = "tandem";

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int PATIENCE_MILLIS = 3000;

    /** Those that must be there, in the order in which one thing stands on the other; any further ones come behind. */
    private static final List<String> NEEDED = List.of("start", "database", "journal");

    private static final List<String> KNOWN =
            List.of("start", "database", "journal", "node", "clock", "leases", "secret", "features");

    /** How something is; the worst comes last. */
    public enum Status {
        UP,
        /** It works, and should be looked at. */
        WARN,
        DOWN
    }

    /**
     * A check.
     *
     * @param messages what it says in English, with what to do if it is not up
     * @param millis how long it took
     */
    public record Check(String name, Status status, List<String> messages, long millis) {}

    /** All of them. It is up as long as no check is down. */
    public record Report(List<Check> checks) {
        /** The worst of all. */
        public Status status() {
            return checks.stream()
                    .map(Check::status)
                    .max(Comparator.naturalOrder())
                    .orElse(Status.DOWN);
        }
    }

    private record Made(long at, Report report) {}

    private final HealthCheckExecutor executor;
    private final ReentrantLock making = new ReentrantLock();
    private volatile Optional<Made> last = Optional.empty();

    @Activate
    public HealthChecks(@Reference HealthCheckExecutor executor) {
        this.executor = executor;
    }

    /** At most a second old, or as old as the question that somebody else is asking takes. */
    public Report report() {
        var known = last;
        if (known.filter(made -> System.nanoTime() - made.at() < FRESH_NANOS).isPresent()) {
            return known.get().report();
        }
        if (known.isPresent() && !making.tryLock()) {
            return known.get().report();
        }
        if (known.isEmpty()) {
            making.lock();
        }
        try {
            return make();
        } finally {
            making.unlock();
        }
    }

    private Report make() {
        var already = last.filter(made -> System.nanoTime() - made.at() < FRESH_NANOS);
        if (already.isPresent()) {
            return already.get().report();
        }
        var results = executor.execute(
                HealthCheckSelector.tags(TAG),
                new HealthCheckExecutionOptions().setOverrideGlobalTimeout(PATIENCE_MILLIS));
        var checks =
                new ArrayList<Check>(results.stream().map(HealthChecks::check).toList());
        for (var name : NEEDED) {
            if (checks.stream().noneMatch(check -> check.name().equals(name))) {
                checks.add(new Check(name, Status.DOWN, List.of("Nobody checks this: its bundle does not run."), 0));
            }
        }
        checks.sort(Comparator.comparingInt(HealthChecks::rank).thenComparing(Check::name));
        var report = new Report(List.copyOf(checks));
        last = Optional.of(new Made(System.nanoTime(), report));
        return report;
    }

    private static int rank(Check check) {
        int at = KNOWN.indexOf(check.name());
        return at < 0 ? KNOWN.size() : at;
    }

    private static Check check(HealthCheckExecutionResult made) {
        var result = made.getHealthCheckResult();
        var name = made.getHealthCheckMetadata().getName();
        // What does not answer in time is a warning to Felix; without what is needed a node is down.
        var status = made.hasTimedOut() && NEEDED.contains(name) ? Status.DOWN : status(result.getStatus());
        var messages = StreamSupport.stream(result.spliterator(), false)
                .filter(entry -> entry.getStatus() != Result.Status.OK || status == Status.UP)
                .map(ResultLog.Entry::getMessage)
                .toList();
        return new Check(name, status, messages, made.getElapsedTimeInMs());
    }

    private static Status status(Result.Status said) {
        return switch (said) {
            case OK -> Status.UP;
            case WARN -> Status.WARN;
            default -> Status.DOWN;
        };
    }
}
