package dev.tandem.web.internal.admin;

import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.Agent;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.WebConfig;
import dev.tandem.web.internal.live.Everywhere;
import dev.tandem.web.internal.live.Unstored;

/** The topic {@code features/all}: always all features as an administrator sees them. */
@Component(service = LiveTopics.class)
public final class FeatureTopics implements Everywhere {
    static final String TOPIC = "features/all";

    private final Features features;
    private final WebConfig config;
    private final Unstored topic;

    /** @param mayChange whether who asks may start and stop slices: the node is everybody's */
    public record View(List<Feature> features, boolean mayChange) {
        public static View of(List<Feature> features, Agent administrator, WebConfig config) {
            return new View(
                    features, administrator.site().equals(config.values().defaultSite()));
        }
    }

    @Activate
    public FeatureTopics(@Reference Features features, @Reference WebConfig config, @Reference Clock clock) {
        this.features = features;
        this.config = config;
        this.topic = new Unstored(TOPIC, clock);
        features.onChange(topic::changed);
    }

    @Override
    public void onChange(Consumer<String> newRing) {
        topic.onChange(newRing);
    }

    @Override
    public String kind() {
        return "features";
    }

    @Override
    public Delivery after(Caller caller, String id, long after) {
        if (!id.equals("all")
                || !(caller instanceof Caller.OfAgent of)
                || !of.agent().has(Agent.Role.ADMINISTRATOR)) {
            throw new ProblemException(Problem.unknown());
        }
        long now = topic.number(after);
        return new Delivery.Snapshot(new Message(now, "features.all", View.of(features.all(), of.agent(), config)));
    }
}
