package dev.tandem.itests.journeys;

import java.nio.file.Path;

import dev.tandem.itests.harness.Browsers;
import dev.tandem.itests.harness.Karaf;

/** What all journeys share: one started distribution and the browsers. Started when first asked for. */
final class Running {
    private Running() {}

    private static final class TheKaraf {
        static final Karaf STARTED = unpack("karaf").start();
    }

    private static final class TheBrowsers {
        static final Browsers OPEN = new Browsers();
    }

    static Karaf karaf() {
        return TheKaraf.STARTED;
    }

    static Browsers browsers() {
        return TheBrowsers.OPEN;
    }

    /** A distribution of one's own, unpacked and not started. */
    static Karaf unpack(String folder) {
        return Karaf.unpack(Path.of(System.getProperty("tandem.distribution")), work().resolve(folder));
    }

    static Path work() {
        return Path.of(System.getProperty("tandem.work"));
    }
}
