package dev.tandem.web.internal.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.platform.AgentSignIn;
import dev.tandem.platform.DesktopTab;
import dev.tandem.web.Panel;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.modules.ModuleExtender;
import dev.tandem.web.internal.modules.Words;

/**
 * What of Tandem is installed on this node, and how it is: our bundles, and those of others that bring modules or a REST
 * path. Starts and stops slices, as Karaf's {@code bundle:start} and {@code bundle:stop} do: it lasts over a restart.
 */
@Component(service = Features.class)
public final class Features {
    private static final Logger LOG = LoggerFactory.getLogger(Features.class);
    private static final String OURS = "dev.tandem.";
    private static final String PATH = "tandem.rest.path";
    private static final String COMPONENTS = "Service-Component";
    private static final Set<String> SPINE =
            Set.of("dev.tandem.platform", "dev.tandem.journal", "dev.tandem.web", "dev.tandem.ui");

    private final BundleContext context;
    private final ServiceComponentRuntime runtime;
    private final ModuleExtender modules;
    private final Words words;
    private final BundleListener bundles = this::bundleChanged;
    private final ServiceListener components = event -> changed();

    /** What a bundle that should run said when it was last started, by its id. */
    private final Map<Long, String> failures = new ConcurrentHashMap<>();

    private volatile Runnable listener = () -> {};

    @Activate
    public Features(
            BundleContext context,
            @Reference ServiceComponentRuntime runtime,
            @Reference ModuleExtender modules,
            @Reference Words words)
            throws InvalidSyntaxException {
        this.context = context;
        this.runtime = runtime;
        this.modules = modules;
        this.words = words;
        context.addBundleListener(bundles);
        // Its property service.changecount changes when any component anywhere has turned.
        context.addServiceListener(
                components, "(" + Constants.OBJECTCLASS + "=" + ServiceComponentRuntime.class.getName() + ")");
    }

    @Deactivate
    void close() {
        context.removeBundleListener(bundles);
        context.removeServiceListener(components);
    }

    /** Whom to tell that something may be different; replaces the one before. */
    void onChange(Runnable told) {
        listener = told;
    }

    /** All of them: the spine first, then by name. */
    public List<Feature> all() {
        return listed().map(this::feature)
                .sorted(Comparator.comparing(Feature::kind).thenComparing(Feature::name))
                .toList();
    }

    /** @throws ProblemException 404 for what is none, 409 with the reason if it is no slice or does not start */
    public void start(String name, String actor) {
        var bundle = slice(name);
        try {
            failures.remove(bundle.getBundleId());
            bundle.start();
            LOG.info("{} is started by {}", bundle, actor);
        } catch (BundleException e) {
            LOG.warn("{} was to be started by {} and cannot", bundle, actor, e);
            failures.put(bundle.getBundleId(), message(e));
            throw failed("It could not be started: " + message(e));
        } finally {
            changed();
        }
    }

    /** @throws ProblemException 404 for what is none, 409 with the reason if it is no slice or does not stop in order */
    public void stop(String name, String actor) {
        var bundle = slice(name);
        try {
            bundle.stop();
            failures.remove(bundle.getBundleId());
            LOG.info("{} is stopped by {}", bundle, actor);
        } catch (BundleException e) {
            LOG.warn("{} was to be stopped by {}", bundle, actor, e);
            throw failed("It did not stop in order: " + message(e));
        } finally {
            changed();
        }
    }

    private Bundle slice(String name) {
        var bundle = listed().filter(one -> one.getSymbolicName().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
        if (kind(bundle) != Feature.Kind.SLICE) {
            throw new ProblemException(
                    new Problem(409, "feature-needed", "Tandem stands on this; it cannot be started or stopped here."));
        }
        return bundle;
    }

    private static ProblemException failed(String detail) {
        return new ProblemException(new Problem(409, "feature-failed", detail));
    }

    private Stream<Bundle> listed() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName() != null && bundle.getState() != Bundle.UNINSTALLED)
                .filter(Features::isOne);
    }

    /** By what stands in its jar, so that it is one while it is stopped too. */
    private static boolean isOne(Bundle bundle) {
        var headers = bundle.getHeaders("");
        return bundle.getSymbolicName().startsWith(OURS)
                || headers.get(ModuleExtender.HEADER) != null
                || Optional.ofNullable(headers.get(COMPONENTS)).stream()
                        .flatMap(files -> Arrays.stream(files.split(",")))
                        .anyMatch(file -> namesPath(bundle, file.strip()));
    }

    private static boolean namesPath(Bundle bundle, String file) {
        var url = file.contains("*") ? null : bundle.getEntry(file);
        if (url == null) {
            return false;
        }
        try (var in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).contains(PATH);
        } catch (IOException e) {
            LOG.debug("{} of {}", file, bundle, e);
            return false;
        }
    }

    private Feature feature(Bundle bundle) {
        var name = bundle.getSymbolicName();
        var health = new Health(runtime, context).of(bundle, Optional.ofNullable(failures.get(bundle.getBundleId())));
        return new Feature(
                name,
                words.texts(bundle, "feature.title").orElseGet(() -> Words.same(header(bundle, "Bundle-Name", name))),
                words.texts(bundle, "feature.help")
                        .orElseGet(() -> Words.same(header(bundle, "Bundle-Description", ""))),
                bundle.getVersion().toString(),
                kind(bundle),
                health.state(),
                health.reasons(),
                services(bundle)
                        .map(service -> service.getProperty(PATH))
                        .filter(Objects::nonNull)
                        .map(String::valueOf)
                        .sorted()
                        .toList(),
                Stream.concat(panels(bundle), tabs(bundle)).toList(),
                modules.pages(bundle),
                neededBy(bundle));
    }

    private static Feature.Kind kind(Bundle bundle) {
        if (SPINE.contains(bundle.getSymbolicName())) {
            return Feature.Kind.SPINE;
        }
        return services(bundle).anyMatch(service -> is(service, AgentSignIn.class))
                ? Feature.Kind.PLATFORM
                : Feature.Kind.SLICE;
    }

    private Stream<Feature.Part> panels(Bundle bundle) {
        return parts(bundle, Panel.class, panel -> new Feature.Part(panel.id(), panel.titles()));
    }

    private Stream<Feature.Part> tabs(Bundle bundle) {
        return parts(bundle, DesktopTab.class, tab -> new Feature.Part(tab.id(), tab.titles()));
    }

    private <S> Stream<Feature.Part> parts(
            Bundle bundle, Class<S> type, java.util.function.Function<S, Feature.Part> part) {
        return services(bundle).filter(reference -> is(reference, type)).flatMap(reference -> {
            var service = context.getService(reference);
            try {
                return type.isInstance(service) ? Stream.of(part.apply(type.cast(service))) : Stream.empty();
            } finally {
                context.ungetService(reference);
            }
        });
    }

    /** Who uses its packages, and so stops working with it. */
    private static List<String> neededBy(Bundle bundle) {
        var wiring = bundle.adapt(BundleWiring.class);
        return wiring == null
                ? List.of()
                : wiring.getProvidedWires(PackageNamespace.PACKAGE_NAMESPACE).stream()
                        .map(wire -> wire.getRequirer().getBundle())
                        .filter(user -> user != bundle && user.getSymbolicName() != null && isOne(user))
                        .map(Bundle::getSymbolicName)
                        .distinct()
                        .sorted()
                        .toList();
    }

    private static Stream<ServiceReference<?>> services(Bundle bundle) {
        return Optional.ofNullable(bundle.getRegisteredServices()).stream().flatMap(Arrays::stream);
    }

    private static boolean is(ServiceReference<?> reference, Class<?> type) {
        return Arrays.asList((String[]) reference.getProperty(Constants.OBJECTCLASS))
                .contains(type.getName());
    }

    private static String header(Bundle bundle, String header, String otherwise) {
        return Optional.ofNullable(bundle.getHeaders("").get(header)).orElse(otherwise);
    }

    private void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STARTED || event.getType() == BundleEvent.UNINSTALLED) {
            failures.remove(event.getBundle().getBundleId());
        }
        changed();
    }

    private void changed() {
        listener.run();
    }

    /** The first line of the deepest cause, which is where the matter is named. */
    private static String message(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        var text =
                Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
        return text.lines().findFirst().orElse(text);
    }
}
