package dev.tandem.journal.internal;

import java.util.List;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.apache.felix.hc.api.ResultLog;

/** What our health checks have in common. Each says one thing in plain words; WARN is for what should be looked at soon. */
final class Checks {
    static final String NAME = HealthCheck.NAME + "=";
    static final String TAGGED = HealthCheck.TAGS + "=tandem";
    /** Anybody may ask; a check is made at most once a second. */
    static final String FRESH = HealthCheck.RESULT_CACHE_TTL_IN_MS + ":Long=1000";

    private Checks() {}

    static Result ok(String message) {
        return new Result(Status.OK, message);
    }

    static Result warn(List<String> messages) {
        var log = new ResultLog();
        messages.forEach(message -> log.add(new ResultLog.Entry(Status.WARN, message)));
        return new Result(log);
    }

    static Result down(String message) {
        return new Result(Status.CRITICAL, message);
    }
}
