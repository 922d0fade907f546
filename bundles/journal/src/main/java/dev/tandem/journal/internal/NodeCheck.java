package dev.tandem.journal.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import dev.tandem.journal.Database.Dialect;
import dev.tandem.journal.Node;
import dev.tandem.journal.Nodes;

/** Whether this node has a place among the others, and says in time that it lives. */
@Component(property = {Checks.NAME + "node", Checks.TAGGED, Checks.FRESH})
public final class NodeCheck implements HealthCheck {
    private final Clock clock;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile NodeStart start;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile LocalNode node;

    @Activate
    public NodeCheck(@Reference Clock clock) {
        this.clock = clock;
    }

    @Override
    public Result execute() {
        var present = Optional.ofNullable(node);
        return present.map(this::of)
                .orElseGet(() -> Checks.down(Optional.ofNullable(start)
                        .flatMap(NodeStart::trouble)
                        .orElse("The node has no place among the others yet: it waits for the database.")));
    }

    private Result of(LocalNode present) {
        return judge(
                present.self(),
                present.pulse(),
                present.dialect(),
                Duration.between(present.pulse().last(), clock.instant()));
    }

    /** @param silent how long it has not been able to say that it lives */
    static Result judge(Node self, Pulse pulse, Dialect dialect, Duration silent) {
        var name = "Node " + self.name() + ", release " + self.release();
        // On SQLite it is alone, and tells nobody.
        if (dialect == Dialect.POSTGRESQL && silent.compareTo(Nodes.PATIENCE) > 0) {
            return Checks.down(name + ", has not reached the database for " + silent.toSeconds() + " s"
                    + pulse.trouble().map(why -> " (" + why + ")").orElse("")
                    + ": the others take it for dead.");
        }
        if (self.state() == Node.State.DRAINING) {
            return Checks.warn(
                    List.of(name + ", drains: it takes nothing new. Stop it, or undo that with tandem:resume."));
        }
        return Checks.ok(name);
    }
}
