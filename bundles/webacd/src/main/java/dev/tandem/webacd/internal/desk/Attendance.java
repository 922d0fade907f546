package dev.tandem.webacd.internal.desk;

import java.util.TreeMap;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Presence;
import dev.tandem.platform.PresenceListener;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.internal.metrics.Kept;
import dev.tandem.webacd.internal.work.Plans;

/**
 * Notes when WebACD's agents are there: at every change, and every now and then, so that a crash loses little. Who is absent in
 * WebACD's eyes, for not answering or without a page, is away.
 */
@Component(service = PresenceListener.class, immediate = true)
public final class Attendance implements PresenceListener {
    private final Kept kept;
    private final Plans plans;
    private final AgentDirectory directory;
    private final Absences absences;
    private final Later later;
    private final Runnable deaf;
    private volatile boolean stopped;

    @Activate
    public Attendance(
            @Reference Kept kept,
            @Reference Plans plans,
            @Reference AgentDirectory directory,
            @Reference Absences absences,
            @Reference Later later) {
        this.kept = kept;
        this.plans = plans;
        this.directory = directory;
        this.absences = absences;
        this.later = later;
        this.deaf = absences.listen(this::soon);
        later.run(java.time.Duration.ZERO, this::tick);
    }

    @Deactivate
    void close() {
        stopped = true;
        deaf.run();
    }

    @Override
    public void presenceChanged(SiteId site, AgentId agent, Presence now) {
        soon(site);
    }

    private void soon(SiteId site) {
        later.run(java.time.Duration.ZERO, () -> note(site));
    }

    private void tick() {
        if (!stopped) {
            // First, so that one failure is not the end of it.
            later.run(Kept.SAID_EVERY, this::tick);
            plans.sites().forEach(this::note);
        }
    }

    private void note(SiteId site) {
        if (stopped) {
            return;
        }
        var absent = absences.of(site);
        var states = new TreeMap<String, String>();
        for (var agent : plans.agents(site).keySet()) {
            var presence = directory.presence(site, agent);
            if (presence instanceof Presence.Available && !absent.containsKey(agent.value())) {
                states.put(agent.value(), "AVAILABLE");
            } else if (!(presence instanceof Presence.Offline)) {
                states.put(agent.value(), "AWAY");
            }
        }
        kept.there(site, states);
    }
}
