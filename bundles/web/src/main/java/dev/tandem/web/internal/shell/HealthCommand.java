package dev.tandem.web.internal.shell;

import java.util.Locale;
import java.util.stream.Collectors;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;

import dev.tandem.web.internal.admin.HealthChecks;

/** {@code tandem:health}: how this node is. It needs no database, so that it can say that there is none. */
@Service
@Command(
        scope = "tandem",
        name = "health",
        description = "Shows how this node is, check by check; fails if it is down",
        detailedDescription = "classpath:dev/tandem/web/internal/shell/health.txt")
public final class HealthCommand implements Action {
    @Reference
    HealthChecks health;

    @Reference
    Session session;

    @Override
    public Object execute() {
        var report = health.report();
        var table = new ShellTable();
        table.column("Check");
        table.column("State");
        table.column("Says");
        table.column("Took");
        for (var check : report.checks()) {
            table.addRow()
                    .addContent(
                            check.name(),
                            check.status().name().toLowerCase(Locale.ROOT),
                            String.join(" ", check.messages()),
                            check.millis() + " ms");
        }
        table.print(session.getConsole());
        if (report.status() == HealthChecks.Status.DOWN) {
            throw new IllegalStateException("This node is down: "
                    + report.checks().stream()
                            .filter(check -> check.status() == HealthChecks.Status.DOWN)
                            .map(HealthChecks.Check::name)
                            .collect(Collectors.joining(", ")));
        }
        return null;
    }
}
