package dev.tandem.webacd.internal.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What holds where a site has said nothing of its routing: {@code etc/dev.tandem.webacd.cfg}. */
@Component(service = Seeds.class, configurationPid = "dev.tandem.webacd")
@Designate(ocd = Seeds.Config.class)
public final class Seeds {
    private static final Logger LOG = LoggerFactory.getLogger(Seeds.class);
    private static final int MOST_ENTRIES = 10_000;

    /** The node's settings; sites' own come before them. */
    @ObjectClassDefinition(name = "Tandem WebACD")
    public @interface Config {
        @AttributeDefinition(
                description = "The time zone of sites and new queues that say none, such as Europe/Zurich.")
        String zone() default "UTC";

        @AttributeDefinition(description = "How new queues choose agents.")
        String strategy() default "LONGEST_IDLE";

        @AttributeDefinition(description = "How long an offer of a new queue stands, in seconds.")
        int offer() default 20;

        @AttributeDefinition(description = "How long agents of a new queue may take afterwards, in seconds.")
        int wrapUp() default 0;

        @AttributeDefinition(description = "What a level of priority is worth in waiting time, in seconds.")
        int priorityStep() default 60;

        @AttributeDefinition(description = "The most items at once of agents of whom nothing is said.")
        int capacity() default 1;

        @AttributeDefinition(
                description = "How often one address may ask for a session by entry links within ten minutes.")
        int entries() default 30;

        @AttributeDefinition(
                description =
                        "SITE=FILE with commas between: what tandem:routing-export wrote, for sites that have no routing.")
        String configurations() default "";
    }

    private volatile Config config;
    private final AtomicInteger changes = new AtomicInteger();

    @Activate
    public Seeds(Config config) {
        this.config = config;
    }

    @Modified
    void modified(Config now) {
        config = now;
        changes.incrementAndGet();
    }

    /** How often the file has changed: what was made by it before is out of date. */
    int changes() {
        return changes.get();
    }

    /** The zone, or UTC where the file names none that there is. */
    public ZoneId zone() {
        try {
            return ZoneId.of(config.zone().strip());
        } catch (DateTimeException e) {
            LOG.warn("etc/dev.tandem.webacd.cfg: there is no time zone {}; UTC is taken", config.zone());
            return ZoneOffset.UTC;
        }
    }

    String strategy() {
        return config.strategy();
    }

    int offer() {
        return config.offer();
    }

    int wrapUp() {
        return config.wrapUp();
    }

    int priorityStep() {
        return config.priorityStep();
    }

    /** The most items at once of an agent of whom nothing is said. */
    public int capacity() {
        return Math.max(1, Math.min(20, config.capacity()));
    }

    /** How often one address may ask for a session by entry links within ten minutes. */
    public int entries() {
        return Math.max(1, Math.min(MOST_ENTRIES, config.entries()));
    }

    /** The file with the first routing of each site. */
    Map<String, String> configurations() {
        var files = new LinkedHashMap<String, String>();
        for (var one : config.configurations().split(",")) {
            int equals = one.indexOf('=');
            if (equals > 0) {
                files.put(
                        one.substring(0, equals).strip(),
                        one.substring(equals + 1).strip());
            } else if (!one.isBlank()) {
                LOG.warn("etc/dev.tandem.webacd.cfg: configurations reads SITE=FILE, not {}", one.strip());
            }
        }
        return files;
    }
}
