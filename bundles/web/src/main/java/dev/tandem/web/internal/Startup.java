package dev.tandem.web.internal;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import dev.tandem.journal.Nodes;

/**
 * Whether this node has started, which takes as long as its database is not there. Until then a path, a sign-in or a token that nobody knows may be known in a second, and
 * a page that comes back after a crash must not be told that its session is gone.
 */
@Component(service = Startup.class)
public final class Startup {
    private static final String KARAF = "karaf.base";
    private static final String BOOT_FINISHED = "org.apache.karaf.features.BootFinished";
    /** A bundle that never starts must not keep all others from answering. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final BundleContext context;
    private final long since = System.nanoTime();
    private volatile boolean finished;

    /** There once all that stands on the journal has had its turn to start. */
    @Reference(
            target = "(tandem.settled=true)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Nodes settled;

    @Activate
    public Startup(BundleContext context) {
        this.context = context;
    }

    public boolean isFinished() {
        if (!finished && settled != null) {
            finished = everyLevelIsReached() && featuresAreInstalled() || System.nanoTime() - since > PATIENCE_NANOS;
        }
        return finished;
    }

    /** As after a restart, when all bundles are there already and start by their levels. */
    private boolean everyLevelIsReached() {
        int reached = context.getBundle(0).adapt(FrameworkStartLevel.class).getStartLevel();
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getBundleId() != 0)
                .allMatch(bundle -> bundle.adapt(BundleStartLevel.class).getStartLevel() < reached);
    }

    /** As at the first start of a distribution, when Karaf installs one feature after another. */
    private boolean featuresAreInstalled() {
        try {
            return context.getProperty(KARAF) == null || context.getAllServiceReferences(BOOT_FINISHED, null) != null;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
