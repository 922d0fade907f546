package dev.tandem.webacd.internal.shell;

import java.util.UUID;
import java.util.concurrent.Callable;

import org.apache.karaf.shell.api.console.Session;

import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.config.ConfigDesk;
import dev.tandem.webacd.internal.config.Routing;
import dev.tandem.webacd.internal.config.RoutingFault;

/** What the commands share. */
final class Told {
    private Told() {}

    static ConfigDesk.By by(SiteId site, Session session) {
        var user = session.get("USER");
        return new ConfigDesk.By(site, UUID.randomUUID(), user == null ? "shell" : "shell:" + user);
    }

    /** Whatever is wrong with the routing is told with its field. */
    static <T> T told(Callable<T> what) throws Exception {
        try {
            return what.call();
        } catch (RoutingFault fault) {
            throw new IllegalArgumentException(
                    fault.field().map(field -> field + ": ").orElse("") + fault.getMessage());
        }
    }

    static void done(Runnable what) throws Exception {
        told(() -> {
            what.run();
            return true;
        });
    }

    static Routing.Queue queue(Routing routing, String slug) {
        return routing.bySlug(slug)
                .orElseThrow(() ->
                        new IllegalArgumentException("There is no queue " + slug + ". tandem:queues lists them."));
    }

    static String slug(Routing routing, QueueId queue) {
        return routing.queue(queue).map(one -> one.config().slug()).orElse("?");
    }
}
