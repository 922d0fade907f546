package dev.tandem.webacd.internal.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.platform.SiteId;

/**
 * Gives sites that have no routing the one that a file in {@code etc/} holds. Once a site has any, the file is not looked at
 * again: what administrators have said stands in the journal. Several nodes may do it at once; the first one's holds.
 */
@Component(service = Seeding.class, immediate = true, configurationPid = "dev.tandem.webacd")
public final class Seeding {
    private static final Logger LOG = LoggerFactory.getLogger(Seeding.class);

    /** Made anew when the configuration changes. */
    @Activate
    public Seeding(Seeds.Config config, @Reference ConfigTransfer transfer) {
        this(new Seeds(config), transfer);
    }

    Seeding(Seeds seeds, ConfigTransfer transfer) {
        seeds.configurations().forEach((site, file) -> seed(transfer, site, Path.of(file)));
    }

    private static void seed(ConfigTransfer transfer, String site, Path file) {
        try {
            var form = ConfigurationJson.read(Files.readString(file, StandardCharsets.UTF_8));
            var command = UUID.nameUUIDFromBytes(("webacd/seed/" + site).getBytes(StandardCharsets.UTF_8));
            var by = new ConfigDesk.By(new SiteId(site), command, "system");
            if (transfer.seed(by, form)) {
                LOG.info("The routing of {} was taken from {}", site, file);
            }
        } catch (RoutingFault e) {
            LOG.error("{}: {} {}", file, e.field().orElse(""), e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.error("The routing of {} could not be taken from {}", site, file, e);
        }
    }
}
