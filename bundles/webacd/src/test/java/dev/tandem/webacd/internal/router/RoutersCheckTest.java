package dev.tandem.webacd.internal.router;

import static org.junit.Assert.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.apache.felix.hc.api.Result.Status;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.platform.SiteId;

public class RoutersCheckTest {
    private static final SiteId ACME = new SiteId("acme");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static Routers.Status status(Optional<UUID> node, int backlog) {
        return new Routers.Status(ACME, node, node.isPresent(), backlog, Optional.empty());
    }

    @Test
    public void aSiteMayBeWithoutARouterForAHandOverAndNoLonger() {
        try (var rig = new Rig(folder.getRoot().toPath(), 1)) {
            var check = new RoutersCheck(rig.routers, rig.clock);
            var now = Instant.parse("2026-11-22T12:00:00Z");
            var none = List.of(status(Optional.empty(), 0));
            assertEquals(Status.OK, check.judge(none, now).getStatus());
            assertEquals(Status.OK, check.judge(none, now.plusSeconds(12)).getStatus());
            assertEquals(Status.WARN, check.judge(none, now.plusSeconds(13)).getStatus());
            var here = Optional.of(UUID.randomUUID());
            assertEquals(
                    Status.OK,
                    check.judge(List.of(status(here, 0)), now.plusSeconds(14)).getStatus());
            assertEquals(
                    "from the beginning again",
                    Status.OK,
                    check.judge(none, now.plusSeconds(15)).getStatus());
            assertEquals(
                    Status.WARN, check.judge(List.of(status(here, 1_001)), now).getStatus());
        }
    }
}
