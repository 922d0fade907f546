package dev.tandem.webacd.internal.metrics;

import java.time.Duration;
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

/** Within which time an answer is in time: what the site has set, else what {@code etc/dev.tandem.webacd.metrics.cfg} says. */
@Component(
        service = {Thresholds.class, SiteSettings.Group.class},
        configurationPid = "dev.tandem.webacd.metrics")
@Designate(ocd = Thresholds.Config.class)
public final class Thresholds implements SiteSettings.Group {
    static final Setting<Duration> IN_TIME = Setting.seconds(
            "webacd.in-time",
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            "Within which time an answer counts for the service level; for all reports, older ones too, at once.");

    private final SiteSettings site;
    private volatile Config seeds;

    /** Seeds of this node; a site's own settings come first. */
    @ObjectClassDefinition(name = "Tandem WebACD metrics", description = "Seeds of the sites' settings of reports")
    @interface Config {
        @AttributeDefinition(description = "Within which an answer is in time, in seconds")
        long inTime() default 20;
    }

    @Activate
    public Thresholds(@Reference SiteSettings site, Config seeds) {
        this.site = site;
        this.seeds = seeds;
    }

    @Modified
    void modified(Config now) {
        seeds = now;
    }

    /** The threshold of the service level. */
    public Duration inTime(SiteId of) {
        return site.get(of, IN_TIME).orElse(Duration.ofSeconds(seeds.inTime()));
    }

    @Override
    public Map<Setting<?>, String> seeds() {
        return Map.of(IN_TIME, Long.toString(seeds.inTime()));
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(IN_TIME);
    }
}
