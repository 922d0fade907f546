package dev.tandem.filetransfer.clamav.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether clamd answers, and how old what it knows is. A node without it does all else, so it is never worse than a warning. */
@Component(
        property = {
            HealthCheck.NAME + "=clamav",
            HealthCheck.TAGS + "=tandem",
            HealthCheck.RESULT_CACHE_TTL_IN_MS + ":Long=10000"
        })
public final class ClamdCheck implements HealthCheck {
    private static final Pattern VERSION = Pattern.compile("ClamAV [^/]+(?:/[0-9]*/(.*))?");
    private static final DateTimeFormatter MADE = DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT);
    private static final Duration OLD = Duration.ofDays(7);
    /** Zones are not told; nobody minds half a day. */
    private static final ZoneOffset SOME_ZONE = ZoneOffset.UTC;

    private final ClamAv clamAv;
    private final Clock clock;

    @Activate
    public ClamdCheck(@Reference ClamAv clamAv, @Reference Clock clock) {
        this.clamAv = clamAv;
        this.clock = clock;
    }

    @Override
    public Result execute() {
        try {
            var clamd = clamAv.clamd();
            return judge(clamd.address().toString(), clamd.version());
        } catch (IOException e) {
            return warning(
                    "Files cannot be inspected: " + e.getMessage()
                            + ". Until then they are refused, or pass uninspected where a site's filetransfer.uninspected says so.");
        }
    }

    private Result judge(String address, String version) {
        var parts = VERSION.matcher(version);
        if (!parts.matches()) {
            return warning("Who answers at " + address + " is no clamd.");
        }
        if (parts.group(1) == null || parts.group(1).isBlank()) {
            return ok(address, version);
        }
        try {
            var made = LocalDateTime.parse(parts.group(1).strip().replaceAll(" +", " "), MADE);
            var age = Duration.between(made.toInstant(SOME_ZONE), clock.instant());
            return age.compareTo(OLD) > 0
                    ? warning("The signatures of clamd at " + address + " are " + age.toDays()
                            + " days old. See to freshclam.")
                    : ok(address, version);
        } catch (DateTimeParseException e) {
            return ok(address, version);
        }
    }

    private static Result ok(String address, String version) {
        return new Result(Status.OK, "Files are inspected by " + version + " at " + address);
    }

    private static Result warning(String message) {
        return new Result(Status.WARN, message);
    }
}
