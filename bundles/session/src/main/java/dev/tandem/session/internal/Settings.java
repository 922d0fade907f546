package dev.tandem.session.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

import dev.tandem.journal.Setting;
import dev.tandem.journal.SiteSettings;
import dev.tandem.platform.SiteId;

/** How long sessions wait: what the site has set, else what {@code etc/dev.tandem.session.cfg} says. */
@Component(
        service = {Settings.class, SiteSettings.Group.class},
        configurationPid = "dev.tandem.session")
@Designate(ocd = Settings.Config.class)
public final class Settings implements SiteSettings.Group {
    static final Setting<Duration> GRACE = Setting.seconds(
            "session.grace",
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            "How long a session waits for agents and customers who dropped out, and for an agent after the last one"
                    + " has left; from the next time on.");
    static final Setting<Duration> CLOSING = Setting.seconds(
            "session.closing",
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            "How long after the agent in control has closed the page a session ends, unless it was a reload; from the"
                    + " next time on.");
    static final Setting<Duration> UNUSED = Setting.seconds(
            "session.unused",
            Duration.ofSeconds(10),
            Duration.ofDays(1),
            "How long a session waits for its first customer before it ends; for sessions started from then on.");

    private final SiteSettings site;
    private volatile Config seeds;

    /** Seeds of this node; a site's own settings come first. */
    @ObjectClassDefinition(
            name = "Tandem sessions",
            description = "Seeds of the sites' settings of remote-support sessions")
    @interface Config {
        @AttributeDefinition(description = "Grace of those who dropped out, in seconds")
        long grace() default 30;

        // A second less than the five that people are told, for the way there and back.
        @AttributeDefinition(description = "Wait after the controller's page was closed, in seconds")
        long closing() default 4;

        @AttributeDefinition(description = "Wait for the first customer, in seconds")
        long unused() default 3600;
    }

    @Activate
    public Settings(@Reference SiteSettings site, Config seeds) {
        this.site = site;
        this.seeds = seeds;
    }

    @Modified
    void modified(Config now) {
        seeds = now;
    }

    Duration grace(SiteId of) {
        return get(of, GRACE, seeds.grace());
    }

    Duration closing(SiteId of) {
        return get(of, CLOSING, seeds.closing());
    }

    Duration unused(SiteId of) {
        return get(of, UNUSED, seeds.unused());
    }

    private Duration get(SiteId of, Setting<Duration> setting, long seed) {
        return site.get(of, setting).orElse(Duration.ofSeconds(seed));
    }

    @Override
    public Map<Setting<?>, String> seeds() {
        var now = seeds;
        var map = new LinkedHashMap<Setting<?>, String>();
        map.put(GRACE, Long.toString(now.grace()));
        map.put(CLOSING, Long.toString(now.closing()));
        map.put(UNUSED, Long.toString(now.unused()));
        return map;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(GRACE, CLOSING, UNUSED);
    }
}
