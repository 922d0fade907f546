package dev.tandem.session.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

/** How long sessions wait and how many there may be: what the site has set, else what {@code etc/dev.tandem.session.cfg} says. */
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
            "How long after the agent in control has closed the page a session ends, and another agent has left it, unless it"
                    + " was a reload; from the next time on.");
    static final Setting<Duration> UNUSED = Setting.seconds(
            "session.unused",
            Duration.ofSeconds(10),
            Duration.ofDays(1),
            "How long a session waits for its first customer before it ends; for sessions started from then on.");

    static final Setting<Duration> CONSENT_WAIT = Setting.seconds(
            "session.consent-wait",
            Duration.ofSeconds(10),
            Duration.ofHours(1),
            "How long a question for consent waits for its answer; for questions asked from then on.");
    static final Setting<String> MODE = Setting.choice(
            "session.mode",
            List.of("SINGLE", "MULTI", "AGENT"),
            "Whether agents have one session at once or several, or choose themselves; for sessions started from then on.");
    /** The most that can be set. */
    static final long MOST_CUSTOMERS = 50;

    static final Setting<Long> CUSTOMERS = Setting.whole(
            "session.customers",
            1,
            MOST_CUSTOMERS,
            "How many customers an agent helps at once, over all sessions in the agent's control; from the next who joins"
                    + " on.");
    static final Setting<Boolean> FORM = Setting.flag(
            "session.form",
            "Whether customers are asked for their opinion when a session has ended; for sessions that end from then on.");

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

        @AttributeDefinition(description = "Wait for the answer to a question for consent, in seconds")
        long consentWait() default 120;

        @AttributeDefinition(
                description = "SINGLE: one session of an agent at once; MULTI: several; AGENT: each agent chooses")
        String mode() default "AGENT";

        @AttributeDefinition(description = "How many customers an agent helps at once, 1 to 50")
        long customers() default 10;

        @AttributeDefinition(description = "Whether customers are asked for their opinion after a session")
        boolean form() default false;
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

    Duration consentWait(SiteId of) {
        return get(of, CONSENT_WAIT, seeds.consentWait());
    }

    /** Empty where each agent chooses. */
    Optional<Mode> mode(SiteId of) {
        var word = site.get(of, MODE).orElse(seeds.mode());
        return Stream.of(Mode.values()).filter(mode -> mode.name().equals(word)).findFirst();
    }

    long customers(SiteId of) {
        return site.get(of, CUSTOMERS).orElse(seeds.customers());
    }

    boolean form(SiteId of) {
        return site.get(of, FORM).orElse(seeds.form());
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
        map.put(CONSENT_WAIT, Long.toString(now.consentWait()));
        map.put(MODE, now.mode());
        map.put(CUSTOMERS, Long.toString(now.customers()));
        map.put(FORM, Boolean.toString(now.form()));
        return map;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(GRACE, CLOSING, UNUSED, CONSENT_WAIT, MODE, CUSTOMERS, FORM);
    }
}
