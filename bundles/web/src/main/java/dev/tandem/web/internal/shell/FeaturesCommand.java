package dev.tandem.web.internal.shell;

import java.util.Locale;
import java.util.stream.Collectors;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;

import dev.tandem.web.internal.admin.Feature;
import dev.tandem.web.internal.admin.Features;

/** {@code tandem:features}: what of Tandem is installed here, and how it is. */
@Service
@Command(
        scope = "tandem",
        name = "features",
        description = "Shows what of Tandem is installed on this node, how it is and why, and what it brings",
        detailedDescription = "classpath:dev/tandem/web/internal/shell/features.txt")
public final class FeaturesCommand implements Action {
    @Reference
    Features features;

    @Reference
    Session session;

    @Override
    public Object execute() {
        var table = new ShellTable();
        table.column("Feature");
        table.column("Name");
        table.column("Version");
        table.column("State");
        table.column("Brings");
        table.column("Why");
        for (var feature : features.all()) {
            table.addRow()
                    .addContent(
                            feature.titles().get("en"),
                            feature.name(),
                            feature.version(),
                            feature.state().name().toLowerCase(Locale.ROOT),
                            brings(feature),
                            feature.reasons().stream()
                                    .map(FeaturesCommand::words)
                                    .collect(Collectors.joining("; ")));
        }
        table.print(session.getConsole());
        return null;
    }

    private static String brings(Feature feature) {
        var parts = new java.util.ArrayList<String>();
        feature.paths().forEach(path -> parts.add("/api" + path));
        parts.addAll(feature.pages());
        feature.panels().forEach(panel -> parts.add(panel.titles().get("en")));
        return String.join(", ", parts);
    }

    private static String words(Feature.Reason reason) {
        var of = String.join(", ", reason.of());
        return switch (reason.code()) {
            case "waits" -> "waits for " + of;
            case "needs" -> "misses " + of;
            case "unconfigured" -> "needs etc/" + of + ".cfg";
            default -> of;
        };
    }
}
