package dev.tandem.webacd.internal.shell;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;

import dev.tandem.journal.Nodes;
import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.Presence;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.internal.desk.Absences;
import dev.tandem.webacd.internal.router.Routers;
import dev.tandem.webacd.internal.work.Plans;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkTable.Load;
import dev.tandem.webacd.internal.work.WorkTable.QueueRow;

/** {@code tandem:routing}: where the routers are, what waits, who is there. */
@Service
@Command(
        scope = "tandem",
        name = "routing",
        description = "Shows where each site's router runs, what waits in its queues and what its agents have")
public final class RoutingCommand implements Action {
    @Reference
    Routers routers;

    @Reference
    Plans plans;

    @Reference
    WorkBook book;

    @Reference
    Absences absences;

    @Reference
    AgentDirectory directory;

    @Reference
    Nodes nodes;

    @Reference
    Clock clock;

    @Reference
    Session session;

    @Option(name = "--site", valueToShowInHelp = "SITE", description = "Only that site.")
    String site;

    @Override
    public Object execute() {
        var out = session.getConsole();
        var shown = routers.statuses().stream()
                .filter(one -> site == null || one.site().value().equals(site))
                .toList();
        if (shown.isEmpty()) {
            out.println("No site has queues or work.");
        }
        for (var status : shown) {
            out.println("Site " + status.site() + ", router: " + where(status));
            queues(status.site());
            agents(status.site());
        }
        return null;
    }

    private String where(Routers.Status status) {
        if (status.node().isEmpty()) {
            return "nowhere; no node that takes part is there";
        }
        var name = nodes.find(status.node().get())
                .map(node -> node.name())
                .orElse(status.node().get().toString());
        return "on node " + name + (status.here() ? " (this one), " + status.backlog() + " to hear" : "");
    }

    private void queues(SiteId of) {
        Map<String, QueueRow> rows = new TreeMap<>();
        book.table().queues(of).forEach(row -> rows.put(row.queue().toString(), row));
        var table = new ShellTable();
        table.column("Queue");
        table.column("Open");
        table.column("Waiting").alignRight();
        table.column("Offered").alignRight();
        table.column("At work").alignRight();
        table.column("Longest wait").alignRight();
        var now = clock.instant();
        for (var queue : plans.queues(of)) {
            var row = rows.get(queue.id().toString());
            table.addRow()
                    .addContent(
                            queue.slug(),
                            queue.open(now) ? "open" : "closed",
                            row == null ? 0 : row.waiting(),
                            row == null ? 0 : row.offered(),
                            row == null ? 0 : row.assigned(),
                            row == null
                                    ? ""
                                    : row.oldest()
                                            .map(since ->
                                                    Duration.between(since, now).toSeconds() + " s")
                                            .orElse(""));
        }
        table.emptyTableText("No queue.").print(session.getConsole());
    }

    private void agents(SiteId of) {
        var loads = book.table().loads(of);
        var absent = absences.of(of);
        var table = new ShellTable();
        table.column("Agent");
        table.column("Presence");
        table.column("Inbound");
        table.column("Offered").alignRight();
        table.column("Assigned").alignRight();
        table.column("Wrap-up").alignRight();
        table.column("Capacity").alignRight();
        plans.agents(of).entrySet().stream()
                .sorted(Map.Entry.comparingByKey(java.util.Comparator.comparing(Object::toString)))
                .forEach(entry -> {
                    var name = entry.getKey().value();
                    var load = loads.getOrDefault(name, Load.NONE);
                    table.addRow()
                            .addContent(
                                    name,
                                    presence(directory.presence(of, entry.getKey()), absent.get(name)),
                                    entry.getValue().inbound() ? "yes" : "no",
                                    load.offered(),
                                    load.assigned(),
                                    load.wrapUp(),
                                    entry.getValue().capacity());
                });
        table.emptyTableText("No agent.").print(session.getConsole());
    }

    private static String presence(Presence presence, String absent) {
        if (presence instanceof Presence.Available) {
            return absent == null ? "AVAILABLE" : "AVAILABLE, but " + absent;
        }
        return presence instanceof Presence.Away away
                ? "AWAY" + (away.reason().isEmpty() ? "" : " (" + away.reason() + ")")
                : "OFFLINE";
    }
}
