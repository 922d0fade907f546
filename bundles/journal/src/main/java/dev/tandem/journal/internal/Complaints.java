package dev.tandem.journal.internal;

import java.time.Duration;
import java.util.Optional;

/** What is said in the log of a trouble that stays: at once when it is another one, then once a minute. Not for two threads. */
final class Complaints {
    private static final long AGAIN = Duration.ofMinutes(1).toNanos();

    private Optional<String> code = Optional.empty();
    private long said;
    private long since;

    /** Whether it is time to say it. @param now nanoseconds on any scale that only rises */
    boolean due(String trouble, long now) {
        boolean other = !code.filter(trouble::equals).isPresent();
        if (code.isEmpty()) {
            since = now;
        }
        if (other || now - said >= AGAIN) {
            code = Optional.of(trouble);
            said = now;
            return true;
        }
        return false;
    }

    /** All is well again. How long it was not, or nothing if it was all the time. */
    Optional<Duration> over(long now) {
        var lasted = code.map(any -> Duration.ofNanos(now - since));
        code = Optional.empty();
        return lasted;
    }
}
