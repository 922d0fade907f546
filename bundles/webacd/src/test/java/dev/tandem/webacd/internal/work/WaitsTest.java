package dev.tandem.webacd.internal.work;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.platform.Presence;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.internal.router.Rig;

public class WaitsTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void oneOfTwoPlacesGetsFreeTwiceAsOften() {
        assertEquals(Optional.of(Duration.ofMinutes(6)), Waits.estimate(3, Duration.ofMinutes(4), 2, 0));
        assertEquals(Optional.empty(), Waits.estimate(1, Duration.ofMinutes(4), 0, 0));
    }

    @Test
    public void asManyAsThereArePlacesFreeWaitForNobody() {
        assertEquals(Optional.of(Duration.ZERO), Waits.estimate(2, Duration.ofMinutes(4), 3, 2));
        assertEquals(Optional.of(Duration.ofMinutes(2)), Waits.estimate(3, Duration.ofMinutes(4), 2, 2));
    }

    @Test
    public void WX3_placesAreInTheOrderOfPriorityAndTheEstimateLearns() {
        try (var rig = new Rig(folder.getRoot().toPath(), 1)) {
            var anna = rig.plans.agent("anna", 1);
            var queue = rig.plans.queue("printers", anna);
            rig.plans.changed();
            rig.settle();
            var first = rig.submit(queue);
            rig.settle();
            rig.accept(first, "anna");
            var normal = rig.submit(queue);
            var urgent = rig.submit(new Target.Queue(queue), 3);
            assertEquals(1, rig.desk.position(Rig.SITE, urgent).orElseThrow().number());
            assertEquals(2, rig.desk.position(Rig.SITE, normal).orElseThrow().number());
            assertEquals(
                    "five minutes each as long as nothing is known",
                    Optional.of(Duration.ofMinutes(10)),
                    rig.desk.position(Rig.SITE, normal).orElseThrow().estimate());
            rig.pass(Duration.ofSeconds(90));
            rig.desk.finish(Rig.SITE, first, UUID.randomUUID());
            rig.presence(anna, new Presence.Away("lunch"));
            rig.pass(Duration.ofSeconds(33));
            assertEquals(
                    "nobody is there",
                    Optional.empty(),
                    rig.desk.position(Rig.SITE, normal).orElseThrow().estimate());
            rig.presences.put(anna, new Presence.Available());
            rig.clock.advance(Duration.ofSeconds(3));
            assertEquals(
                    "Anna is free for the first; then 90 seconds of work and 30 of wrap-up",
                    Optional.of(Duration.ofSeconds(120)),
                    rig.desk.position(Rig.SITE, normal).orElseThrow().estimate());
        }
    }
}
