package dev.tandem.webacd.internal.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

/** Within which time an answer is in time, and how long it is kept who was there: what the site has set, else what {@code etc/dev.tandem.webacd.metrics.cfg} says. */
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

    static final Setting<Long> ATTENDANCE = Setting.whole(
            "webacd.attendance",
            0,
            3650,
            "How many days it is kept when agents were there and who of them answered, 0 for ever; what is older is"
                    + " deleted within the hour, and reports tell no occupancy of it any more.");

    private final SiteSettings site;
    private volatile Config seeds;

    /** Seeds of this node; a site's own settings come first. */
    @ObjectClassDefinition(name = "Tandem WebACD metrics", description = "Seeds of the sites' settings of reports")
    @interface Config {
        @AttributeDefinition(description = "Within which an answer is in time, in seconds")
        long inTime() default 20;

        @AttributeDefinition(description = "Days that it is kept who was there and who answered, 0 for ever")
        long attendance() default 400;
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

    /** How long it is kept when agents were there; empty for ever. */
    public Optional<Duration> attendance(SiteId of) {
        long days = site.get(of, ATTENDANCE).orElse(seeds.attendance());
        return days <= 0 ? Optional.empty() : Optional.of(Duration.ofDays(days));
    }

    @Override
    public Map<Setting<?>, String> seeds() {
        var now = seeds;
        return Map.of(IN_TIME, Long.toString(now.inTime()), ATTENDANCE, Long.toString(now.attendance()));
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(IN_TIME, ATTENDANCE);
    }
}
