package dev.tandem.webacd.internal.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Setting;
import dev.tandem.journal.SiteSettings;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.internal.work.Plans.NamedPlan;

/**
 * What holds when agents are asked by name: what the site has set, else as new queues have it by
 * {@code etc/dev.tandem.webacd.cfg}.
 */
@Component(service = {NamedAgents.class, SiteSettings.Group.class})
public final class NamedAgents implements SiteSettings.Group {
    static final Setting<Duration> OFFER = Setting.seconds(
            "webacd.agents.offer",
            Duration.ofSeconds(5),
            Duration.ofMinutes(10),
            "How long agents who are chosen by name are asked for a session; for sessions handed over from then on.");
    static final Setting<Duration> WRAP_UP = Setting.seconds(
            "webacd.agents.wrap-up",
            Duration.ZERO,
            Duration.ofHours(1),
            "How long an agent who was chosen by name may take after such a session; for sessions that end from then on.");
    static final Setting<Duration> PATIENCE = Setting.seconds(
            "webacd.agents.wait",
            Duration.ofSeconds(10),
            Duration.ofHours(1),
            "How long a session waits for agents chosen by name who are busy, before it goes to the fallback queue; for"
                    + " sessions handed over from then on.");
    static final Setting<Duration> LONGEST = Setting.seconds(
            "webacd.agents.longest",
            Duration.ofSeconds(30),
            Duration.ofHours(12),
            "How long a session waits for agents chosen by name where there is no fallback queue, before it ends; for"
                    + " sessions handed over from then on.");

    private static final Duration SEED_PATIENCE = Duration.ofSeconds(60);
    private static final Duration SEED_LONGEST = Duration.ofMinutes(10);

    private final SiteSettings site;
    private final Seeds seeds;

    @Activate
    public NamedAgents(@Reference SiteSettings site, @Reference Seeds seeds) {
        this.site = site;
        this.seeds = seeds;
    }

    NamedPlan of(SiteId of) {
        return new NamedPlan(
                site.get(of, OFFER).orElseGet(() -> Duration.ofSeconds(seeds.offer())),
                site.get(of, WRAP_UP).orElseGet(() -> Duration.ofSeconds(seeds.wrapUp())),
                site.get(of, PATIENCE).orElse(SEED_PATIENCE),
                site.get(of, LONGEST).orElse(SEED_LONGEST));
    }

    @Override
    public Map<Setting<?>, String> seeds() {
        var all = new LinkedHashMap<Setting<?>, String>();
        all.put(OFFER, Integer.toString(seeds.offer()));
        all.put(WRAP_UP, Integer.toString(seeds.wrapUp()));
        all.put(PATIENCE, Long.toString(SEED_PATIENCE.toSeconds()));
        all.put(LONGEST, Long.toString(SEED_LONGEST.toSeconds()));
        return all;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(OFFER, WRAP_UP, PATIENCE, LONGEST);
    }
}
