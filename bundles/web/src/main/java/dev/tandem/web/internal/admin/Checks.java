package dev.tandem.web.internal.admin;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;

/** What our health checks have in common. */
final class Checks {
    static final String NAME = HealthCheck.NAME + "=";
    static final String TAGGED = HealthCheck.TAGS + "=" + HealthChecks.TAG;
    /** Anybody may ask; a check is made at most once a second. */
    static final String FRESH = HealthCheck.RESULT_CACHE_TTL_IN_MS + ":Long=1000";

    private Checks() {}

    static Result ok(String message) {
        return new Result(Status.OK, message);
    }

    static Result warn(String message) {
        return new Result(Status.WARN, message);
    }

    static Result down(String message) {
        return new Result(Status.CRITICAL, message);
    }
}
