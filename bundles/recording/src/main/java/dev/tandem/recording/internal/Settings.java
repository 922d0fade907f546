package dev.tandem.recording.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
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

/** What sites allow of recordings, and where this node keeps them. */
@Component(
        service = {Settings.class, SiteSettings.Group.class},
        configurationPid = "dev.tandem.recording")
@Designate(ocd = Settings.Config.class)
public final class Settings implements SiteSettings.Group {
    static final long GIGABYTE = 1_000_000_000;
    static final long MEGABYTE = 1_000_000;

    static final Setting<Boolean> ALLOWED = Setting.flag(
            "recording.allowed", "Whether the agent in control may record a session; from the next recording on.");
    static final Setting<Long> RETENTION = Setting.whole(
            "recording.retention",
            0,
            3650,
            "How many days a recording is kept after it has ended, 0 for ever; for those that end from then on.");
    static final Setting<Long> QUOTA = Setting.whole(
            "recording.quota",
            0,
            100_000,
            "How many gigabytes the recordings of the site may take, 0 without a bound; a recording that reaches it"
                    + " ends.");

    private final SiteSettings site;
    private volatile Config values;

    /** Where this node keeps recordings, and seeds of the sites' settings. */
    @ObjectClassDefinition(name = "Tandem recording", description = "Where this node keeps recordings, and how many")
    public @interface Config {
        @AttributeDefinition(
                description = "Folder of the files; below data/ of Karaf if it is left empty. Several nodes that share"
                        + " it play and delete each other's recordings.")
        String folder() default "";

        @AttributeDefinition(description = "Megabytes of the disk that recordings leave free", min = "0")
        long reserve() default 500;

        @AttributeDefinition(description = "Whether sessions may be recorded where a site has said nothing")
        boolean allowed() default true;

        @AttributeDefinition(description = "Days that recordings are kept where a site has said nothing")
        long retention() default 90;

        @AttributeDefinition(description = "Gigabytes of recordings where a site has said nothing")
        long quota() default 50;
    }

    @Activate
    public Settings(@Reference SiteSettings site, Config values) {
        this.site = site;
        this.values = values;
    }

    @Modified
    void modified(Config now) {
        values = now;
    }

    String folder() {
        return values.folder();
    }

    /** Bytes. */
    long reserve() {
        return values.reserve() * MEGABYTE;
    }

    boolean allowed(SiteId of) {
        return site.get(of, ALLOWED).orElse(values.allowed());
    }

    /** How long recordings are kept; empty for ever. */
    Optional<Duration> retention(SiteId of) {
        long days = site.get(of, RETENTION).orElse(values.retention());
        return days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days));
    }

    /** Bytes; empty without a bound. */
    Optional<Long> quota(SiteId of) {
        long gigabytes = site.get(of, QUOTA).orElse(values.quota());
        return gigabytes == 0 ? Optional.empty() : Optional.of(gigabytes * GIGABYTE);
    }

    @Override
    public Map<Setting<?>, String> seeds() {
        var now = values;
        var map = new LinkedHashMap<Setting<?>, String>();
        map.put(ALLOWED, Boolean.toString(now.allowed()));
        map.put(RETENTION, Long.toString(now.retention()));
        map.put(QUOTA, Long.toString(now.quota()));
        return map;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(ALLOWED, RETENTION, QUOTA);
    }
}
