package dev.tandem.journal.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Ids;
import dev.tandem.journal.Leases;
import dev.tandem.journal.Nodes;

/**
 * Takes this node's place among the others, and publishes {@link Nodes} and {@link Leases} when it has one. A name that
 * another node has is asked for until it is free: one that was killed has it until the others have given it up.
 */
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"dev.tandem.journal.Nodes,dev.tandem.journal.Leases,"
                + "dev.tandem.journal.internal.LocalNode\"")
@Component(immediate = true, service = NodeStart.class, configurationPid = "dev.tandem.journal")
public final class NodeStart {
    /** On the service {@link Nodes}: {@code true} once all that stands on the journal has had its turn to start. */
    static final String SETTLED = "tandem.settled";

    private static final Logger LOG = LoggerFactory.getLogger(NodeStart.class);
    private static final int LONGEST = 40;
    /** After so many beats it is no dead node that has the name. */
    private static final int ALIVE = (int) (Nodes.PATIENCE.toMillis() / Nodes.BEAT.toMillis()) + 2;
    /** How often it is said again. */
    private static final int AGAIN = 30;

    /** What is read here; described in {@link LaneJournal.Config}. */
    @interface Settings {
        String node() default "";
    }

    private final BundleContext context;
    private final String configured;
    private final LocalNode node;
    private final Knocker door;
    private int tried;
    private final List<ServiceRegistration<?>> published = new ArrayList<>();
    private volatile Optional<String> trouble = Optional.of("The node is starting.");

    @Activate
    public NodeStart(
            BundleContext context,
            @Reference SqlDatabase database,
            @Reference SystemClock clock,
            @Reference Ids ids,
            Settings settings) {
        this.context = context;
        this.configured = settings.node();
        var release = context.getBundle().getVersion().toString();
        this.node = new LocalNode(database, clock, ids, new LocalNode.Identity(name(configured), release, false));
        this.door = new Knocker("tandem-node-start", Nodes.BEAT, this::enter);
        door.start();
        door.knock();
    }

    @Modified
    void changed(Settings settings) {
        if (!settings.node().equals(configured)) {
            LOG.warn("The name of the node is taken up when it starts again");
        }
    }

    @Deactivate
    void close() {
        door.stop();
        published.forEach(ServiceRegistration::unregister);
        node.close();
    }

    /** Why the node has no place yet, for people. */
    public Optional<String> trouble() {
        return trouble;
    }

    private void enter() {
        if (!published.isEmpty()) {
            return;
        }
        var namesake = node.join();
        if (namesake.isEmpty()) {
            trouble = Optional.empty();
            published.add(context.registerService(Leases.class, node.leases(), none()));
            var classes = new String[] {Nodes.class.getName(), LocalNode.class.getName()};
            var registration = context.registerService(classes, node, none());
            published.add(registration);
            var settled = none();
            settled.put(SETTLED, true);
            registration.setProperties(settled);
            return;
        }
        var name = node.self().name();
        var why = tried < ALIVE
                ? "There was a node named " + name + " a moment ago; waiting until it is given up."
                : "Another node named " + name + " is running on this database. Give one of them another name:"
                        + " node in etc/dev.tandem.journal.cfg. This one starts when the name is free.";
        if (tried == 0) {
            LOG.info(why);
        } else if (tried >= ALIVE && (tried - ALIVE) % AGAIN == 0) {
            LOG.error(why);
        }
        trouble = Optional.of(why);
        tried++;
    }

    private static Dictionary<String, Object> none() {
        return new Hashtable<>();
    }

    /** The configured name, or the host's, made fit for addresses. */
    static String name(String configured) {
        var fit = configured.isBlank() ? host() : configured;
        fit = fit.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        fit = fit.length() > LONGEST ? fit.substring(0, LONGEST) : fit;
        return fit.isEmpty() ? "node" : fit;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
