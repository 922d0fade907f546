package dev.tandem.web.internal.admin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;

import dev.tandem.web.internal.admin.Feature.Reason;
import dev.tandem.web.internal.admin.Feature.State;

/** How a bundle is, in words: its state by the framework, and what its components wait for. */
final class Health {
    private static final String CAUSE = "Caused by: ";
    /** What components say that stand on one which has failed. */
    private static final String FOLLOWS = "Unable to get service for reference";

    private final ServiceComponentRuntime runtime;
    private final BundleContext context;

    Health(ServiceComponentRuntime runtime, BundleContext context) {
        this.runtime = runtime;
        this.context = context;
    }

    record Diagnosis(State state, List<Reason> reasons) {}

    /** @param failure what was said when it was last started in vain */
    Diagnosis of(Bundle bundle, Optional<String> failure) {
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> running(bundle);
            case Bundle.STARTING -> new Diagnosis(State.STARTING, List.of());
            case Bundle.STOPPING -> new Diagnosis(State.STOPPING, List.of());
            case Bundle.INSTALLED -> unresolved(bundle, failure);
            default -> stopped(failure);
        };
    }

    private static Diagnosis stopped(Optional<String> failure) {
        return failure.map(said -> new Diagnosis(State.FAILED, List.of(fails(said))))
                .orElseGet(() -> new Diagnosis(State.STOPPED, List.of()));
    }

    /** A bundle that is only installed misses something, or nobody has wanted it yet. */
    private Diagnosis unresolved(Bundle bundle, Optional<String> failure) {
        var framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        var missing = new TreeSet<String>();
        for (var requirement : bundle.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
            if (isNeeded(requirement) && framework.findProviders(requirement).isEmpty()) {
                missing.add(named(requirement));
            }
        }
        return missing.isEmpty()
                ? stopped(failure)
                : new Diagnosis(State.FAILED, List.of(new Reason("needs", List.copyOf(missing))));
    }

    private static boolean isNeeded(Requirement requirement) {
        var directives = requirement.getDirectives();
        var effective = directives.getOrDefault(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE, "");
        return !Namespace.RESOLUTION_OPTIONAL.equals(directives.get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE))
                && (effective.isEmpty() || effective.equals(Namespace.EFFECTIVE_RESOLVE));
    }

    /** A package by its name, anything else as its filter has it. */
    private static String named(Requirement requirement) {
        var filter = requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
        var mark = "(" + PackageNamespace.PACKAGE_NAMESPACE + "=";
        int at = filter.indexOf(mark);
        return requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE) && at >= 0
                ? filter.substring(at + mark.length(), filter.indexOf(')', at))
                : requirement.getNamespace() + " " + filter;
    }

    private Diagnosis running(Bundle bundle) {
        var failed = new TreeSet<String>();
        var unconfigured = new TreeSet<String>();
        var missing = new TreeSet<String>();
        for (var component : runtime.getComponentDescriptionDTOs(bundle)) {
            for (var configuration : runtime.getComponentConfigurationDTOs(component)) {
                if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                    failed.add(cause(configuration.failure));
                } else if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION) {
                    unconfigured.addAll(Arrays.asList(component.configurationPid));
                } else if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
                    Arrays.stream(configuration.unsatisfiedReferences)
                            .flatMap(reference -> reference(component, reference.name).stream())
                            .map(reference -> giver(bundle, reference.interfaceName))
                            .filter(giver -> !giver.equals(bundle.getSymbolicName()))
                            .forEach(missing::add);
                }
            }
        }
        if (failed.stream().anyMatch(said -> !said.startsWith(FOLLOWS))) {
            failed.removeIf(said -> said.startsWith(FOLLOWS));
        }
        var reasons = new ArrayList<Reason>();
        failed.forEach(said -> reasons.add(fails(said)));
        add(reasons, "unconfigured", unconfigured);
        add(reasons, "waits", missing);
        var state = !failed.isEmpty() ? State.FAILED : reasons.isEmpty() ? State.ACTIVE : State.WAITING;
        return new Diagnosis(state, List.copyOf(reasons));
    }

    private static void add(List<Reason> reasons, String code, TreeSet<String> of) {
        if (!of.isEmpty()) {
            reasons.add(new Reason(code, List.copyOf(of)));
        }
    }

    private static Optional<ReferenceDTO> reference(ComponentDescriptionDTO component, String name) {
        return Arrays.stream(component.references)
                .filter(reference -> reference.name.equals(name))
                .findFirst();
    }

    /** The bundle whose package the service is of: it is the one that gives it, as a rule. Else the service's own name. */
    private static String giver(Bundle bundle, String service) {
        var wiring = bundle.adapt(BundleWiring.class);
        int dot = service.lastIndexOf('.');
        if (wiring == null || dot < 0) {
            return service;
        }
        var of = service.substring(0, dot);
        var own = wiring.getCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream()
                .anyMatch(offered -> of.equals(offered.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)));
        if (own || of.startsWith(bundle.getSymbolicName() + ".")) {
            return bundle.getSymbolicName();
        }
        return wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE).stream()
                .filter(wire -> of.equals(wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)))
                .map(wire -> wire.getProvider().getBundle().getSymbolicName())
                .findFirst()
                .orElse(service);
    }

    private static Reason fails(String said) {
        return new Reason("fails", List.of(said));
    }

    /** What the deepest cause says, out of a stack trace; that is where the matter is named. */
    static String cause(String failure) {
        var lines = Optional.ofNullable(failure).orElse("?").lines().toList();
        return lines.stream()
                .filter(line -> line.startsWith(CAUSE))
                .reduce((first, second) -> second)
                .map(line -> line.substring(CAUSE.length()))
                .or(() -> lines.stream().findFirst())
                .map(line -> line.replaceFirst("^[\\w.$]+(?:Exception|Error|Schema): ", ""))
                .orElse("?");
    }
}
