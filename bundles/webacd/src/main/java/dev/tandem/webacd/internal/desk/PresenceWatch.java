package dev.tandem.webacd.internal.desk;

import java.time.Duration;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.Presence;
import dev.tandem.platform.PresenceListener;
import dev.tandem.platform.SiteId;

/** Whoever chooses to be available, or signs out, is not absent any more. */
@Component(service = PresenceListener.class)
public final class PresenceWatch implements PresenceListener {
    private final Absences absences;
    private final MyBell bell;
    private final Later later;
    private final Monitor monitor;
    private final WaitBell waits;

    @Activate
    public PresenceWatch(
            @Reference Absences absences,
            @Reference MyBell bell,
            @Reference Later later,
            @Reference Monitor monitor,
            @Reference WaitBell waits) {
        this.absences = absences;
        this.bell = bell;
        this.later = later;
        this.monitor = monitor;
        this.waits = waits;
    }

    @Override
    public void presenceChanged(SiteId site, AgentId agent, Presence now) {
        if (!(now instanceof Presence.Away)) {
            later.run(Duration.ZERO, () -> absences.back(site, agent));
        }
        bell.changed(site, agent.value());
        monitor.changed(site);
        waits.staff(site);
    }
}
