package dev.tandem.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.Test;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Karaf;

/** Into a Karaf that others have set up: {@code feature:install} is all it takes. */
public class PlainKarafIT {
    @Test
    public void featuresInstallIntoAPlainKaraf() throws IOException {
        var work = Path.of(System.getProperty("tandem.work"));
        var ours = Karaf.unpack(Path.of(System.getProperty("tandem.distribution")), work.resolve("ours"));
        try (var plain = Karaf.unpack(Path.of(System.getProperty("tandem.plain")), work.resolve("plain"))) {
            // Everything a fetch would bring is in our distribution already: the test needs no network.
            plain.configure(
                    "org.ops4j.pax.url.mvn.cfg",
                    java.util.Map.of(
                            "org.ops4j.pax.url.mvn.repositories",
                            "",
                            "org.ops4j.pax.url.mvn.defaultRepositories",
                            "file:${karaf.home}/${karaf.default.repository}@id=system.repository@snapshots, file:"
                                    + ours.home().resolve("system") + "@id=ours@snapshots"));
            plain.launch();
            Await.until("Karaf's shell", Duration.ofSeconds(60), plain::answersBySsh);
            plain.shell("feature:repo-add mvn:dev.tandem/tandem-features/" + System.getProperty("tandem.version")
                    + "/xml/features");
            plain.shell("feature:install -r tandem-base");
            plain.shell("feature:install -r tandem tandem-reference-platform");
            plain.awaitHealth();
            assertEquals(200, plain.api().page("/join").status());
            assertEquals(
                    200,
                    plain.api().as(plain.administrator()).get("/platform/me").status());
            var states = plain.shell("bundle:list -t 0 -s");
            assertTrue(
                    states, states.lines().filter(l -> l.contains("dev.tandem")).allMatch(l -> l.contains("Active")));
        }
    }
}
