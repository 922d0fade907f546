package dev.tandem.journal.internal;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How far the computer's clock is from the database's. A node that runs goes by the latter, so this is a warning. */
@Component(property = {Checks.NAME + "clock", Checks.TAGGED, Checks.FRESH})
public final class ClockCheck implements HealthCheck {
    private final SystemClock clock;
    private final ClockSkew skew;

    @Activate
    public ClockCheck(@Reference SystemClock clock, @Reference ClockSkew skew) {
        this.clock = clock;
        this.skew = skew;
    }

    @Override
    public Result execute() {
        return clock.follows()
                ? judge(skew.now())
                : Checks.ok("By the clock of this computer: there is no other to compare");
    }

    /** @param fast by how much the computer's clock is ahead */
    static Result judge(Duration fast) {
        var seconds = String.format(Locale.ROOT, "%.3f s", fast.abs().toNanos() / 1e9);
        var where = seconds + (fast.isNegative() ? " behind" : " ahead of") + " the database's";
        return fast.abs().compareTo(Opening.MOST_SKEW) <= 0
                ? Checks.ok("The clock of this computer is " + where)
                : Checks.warn(List.of("The clock of this computer is " + where
                        + ". Set it (NTP): the node goes by the database's clock now, and would not start again."));
    }
}
