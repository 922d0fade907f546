package dev.tandem.webacd.internal.config;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.config.QueueConfig.FormField;

/** A routing in the hand of a test, the same for every site: queues of which a test says how sessions begin and what is asked. */
public final class FixedRouting implements RoutingBook {
    private static final Seeds SEEDS = new Seeds(new Defaults());
    private RoutingState state = RoutingState.NONE;

    private static final class Defaults implements Seeds.Config {
        @Override
        public Class<? extends Annotation> annotationType() {
            return Seeds.Config.class;
        }

        @Override
        public String zone() {
            return "UTC";
        }

        @Override
        public String strategy() {
            return "LONGEST_IDLE";
        }

        @Override
        public int offer() {
            return 20;
        }

        @Override
        public int wrapUp() {
            return 0;
        }

        @Override
        public int priorityStep() {
            return 60;
        }

        @Override
        public int capacity() {
            return 1;
        }

        @Override
        public int entries() {
            return 30;
        }

        @Override
        public String configurations() {
            return "";
        }
    }

    /** The queue of that id is so from now on. @param form of its link */
    public FixedRouting queue(QueueId id, String slug, String zone, QueueConfig.Start start, List<FormField> form) {
        var always = Office.form(slug).stored(SEEDS, any -> Optional.empty()).hours();
        return queue(id, slug, new QueueConfig.Hours(zone, always.week(), List.of()), start, form);
    }

    /** The same, with its hours. */
    public FixedRouting queue(
            QueueId id, String slug, QueueConfig.Hours hours, QueueConfig.Start start, List<FormField> form) {
        var plain = Office.form(slug).stored(SEEDS, any -> Optional.empty());
        var config = new QueueConfig(
                plain.slug(),
                plain.name(),
                plain.description(),
                plain.strategy(),
                plain.priorityStepSeconds(),
                plain.offerSeconds(),
                plain.wrapUpSeconds(),
                plain.largestLength(),
                plain.largestWaitSeconds(),
                plain.overflow(),
                hours,
                plain.skills(),
                plain.preferredSeconds(),
                plain.pick(),
                new QueueConfig.Entry(true, form, Map.of(), Map.of(), Optional.empty()),
                start,
                plain.showPosition(),
                plain.showWait(),
                plain.members());
        QueueChecks.check(config);
        state = state.after(new RoutingFact.QueueSet(id.value(), config));
        return this;
    }

    @Override
    public List<SiteId> sites() {
        return List.of();
    }

    @Override
    public Routing of(SiteId site) {
        return new Routing(state, SEEDS);
    }

    @Override
    public Runnable listen(Consumer<SiteId> changed) {
        return () -> {};
    }

    @Override
    public Map<QueueId, String> names(SiteId site) {
        return Map.of();
    }
}
