package dev.tandem.webacd.internal.transfer;

import java.net.URI;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.SiteId;
import dev.tandem.session.SupportSessions.Start;
import dev.tandem.session.Terms;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.config.QueueConfig;
import dev.tandem.webacd.internal.config.Routing;
import dev.tandem.webacd.internal.config.RoutingBook;

/**
 * What a queue says of its sessions, in the session's own words: capabilities are the names under which slices ask for consent.
 * Of who asks for them, and of what they do, nothing is known here.
 */
@Component(service = Beginnings.class)
public final class Beginnings {
    private static final String SCREEN = "screen";
    private static final String VOICE = "call";
    private static final String SYSTEM_INFORMATION = "system-information";
    private static final String SCRIPTS = "scripts";
    private static final String REBOOT = "reboot";

    private final RoutingBook routing;

    @Activate
    public Beginnings(@Reference RoutingBook routing) {
        this.routing = routing;
    }

    /** What holds in a session of that queue. */
    Terms terms(SiteId site, QueueId queue) {
        return routing.of(site).queue(queue).map(Beginnings::terms).orElse(Terms.NONE);
    }

    /** How a session begins that an agent has got. @param queue empty if the agent was asked by name: nothing is new then */
    Start start(SiteId site, Optional<QueueId> queue) {
        return queue.flatMap(id -> routing.of(site).queue(id))
                .map(Beginnings::start)
                .orElse(Start.PLAIN);
    }

    private static Start start(Routing.Queue queue) {
        var wishes = queue.config().start();
        var ask = new ArrayList<String>();
        // Control is not a capability yet: whoever wants it is shown the screen.
        if (wishes.screen() != QueueConfig.Start.Screen.NONE) {
            ask.add(SCREEN);
        }
        if (wishes.voice()) {
            ask.add(VOICE);
        }
        return new Start(Optional.of(terms(queue)), ask);
    }

    private static Terms terms(Routing.Queue queue) {
        var wishes = queue.config().start();
        var off = new HashSet<String>();
        if (!wishes.systemInformation()) {
            off.add(SYSTEM_INFORMATION);
        }
        if (!wishes.scripts()) {
            off.add(SCRIPTS);
        }
        if (!wishes.reboot()) {
            off.add(REBOOT);
        }
        var zone = ZoneId.of(queue.config().hours().zone());
        return new Terms(Optional.of(zone), off, wishes.url().map(URI::create));
    }
}
