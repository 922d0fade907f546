package dev.tandem.web.internal.admin;

import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Node;
import dev.tandem.journal.Nodes;
import dev.tandem.web.Secrets;

/**
 * Whether all nodes have the same {@code etc/tandem.secret}, without telling it: they compare a key that is derived for
 * this alone. Where they differ, a PIN or a sign-in made at one node is none at the other. The node that lives longest is
 * right; one that differs from it is down, so that people are not sent to both.
 */
@Component(
        service = {HealthCheck.class, Fingerprint.class},
        immediate = true,
        property = {Checks.NAME + "secret", Checks.TAGGED, Checks.FRESH})
public final class Fingerprint implements HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(Fingerprint.class);

    private final Nodes nodes;
    private final String own;

    @Activate
    public Fingerprint(@Reference Nodes nodes, @Reference Secrets secrets) {
        this.nodes = nodes;
        this.own = HexFormat.of().formatHex(secrets.key("node.fingerprint"));
        nodes.fingerprint(own);
        var found = execute();
        if (!found.isOk()) {
            LOG.error("{}", found.iterator().next().getMessage());
        }
    }

    @Override
    public Result execute() {
        var all = nodes.all();
        var others = all.stream()
                .filter(node -> !node.id().equals(nodes.self().id()))
                .filter(this::differs)
                .map(Node::name)
                .collect(Collectors.joining(", "));
        if (others.isEmpty()) {
            return Checks.ok(
                    all.size() < 2
                            ? "This node is alone; every further one needs the same etc/tandem.secret"
                            : "All nodes have the same etc/tandem.secret");
        }
        var eldest = eldest(all);
        return eldest.filter(this::differs).isPresent()
                ? Checks.down("etc/tandem.secret differs from that of node "
                        + eldest.get().name() + ". Copy its file here and restart this node.")
                : Checks.warn("etc/tandem.secret differs from that of " + others
                        + ". Copy this node's file there and restart what differs.");
    }

    /** One that has not said yet does not differ. */
    public boolean differs(Node node) {
        return node.fingerprint().filter(said -> !said.equals(own)).isPresent();
    }

    private static Optional<Node> eldest(java.util.List<Node> all) {
        return all.stream()
                .filter(node -> node.fingerprint().isPresent())
                .min(Comparator.comparing(Node::since).thenComparing(Node::id));
    }
}
