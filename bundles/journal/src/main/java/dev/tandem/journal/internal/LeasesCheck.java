package dev.tandem.journal.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import dev.tandem.journal.Nodes;

/** How much this node does alone, and whether every site has somebody alive who fires its deadlines. */
@Component(property = {Checks.NAME + "leases", Checks.TAGGED, Checks.FRESH})
public final class LeasesCheck implements HealthCheck {
    /** A lease whose node has died is without a holder until the others have noticed and one has taken it. */
    private static final Duration HAND_OVER = Nodes.PATIENCE.multipliedBy(3);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile SqlDatabase database;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Nodes nodes;

    private Optional<Long> orphanedSince = Optional.empty();

    @Override
    public Result execute() {
        var standsOn = database;
        var known = nodes;
        if (standsOn == null || known == null) {
            return Checks.down("There are no leases: the node waits for the database.");
        }
        return judge(known.self().leases(), orphans(standsOn), System.nanoTime());
    }

    /** Sites that have deadlines which nobody alive fires. */
    static List<String> orphans(SqlDatabase database) {
        return database.read(sql -> sql.all(
                "SELECT site FROM journal_lease WHERE name = '" + DeadlineRows.LEASE + "' AND NOT EXISTS"
                        + " (SELECT 1 FROM journal_node WHERE journal_node.id = journal_lease.node)"
                        + " AND EXISTS (SELECT 1 FROM journal_deadline WHERE journal_deadline.site = journal_lease.site)"
                        + " ORDER BY site LIMIT 100",
                row -> row.getString("site")));
    }

    synchronized Result judge(int held, List<String> orphans, long now) {
        orphanedSince = orphans.isEmpty() ? Optional.empty() : orphanedSince.or(() -> Optional.of(now));
        if (orphanedSince.filter(since -> now - since > HAND_OVER.toNanos()).isPresent()) {
            return Checks.warn(List.of("Nobody fires the deadlines of " + orphans.size() + " site(s): "
                    + String.join(", ", orphans.subList(0, Math.min(3, orphans.size())))
                    + ". No node takes part that could; resume one that drains, or start one."));
        }
        return Checks.ok("This node holds " + held + (held == 1 ? " lease" : " leases"));
    }
}
