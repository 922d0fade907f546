package dev.tandem.web.internal.shell;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;

import dev.tandem.journal.Lease;
import dev.tandem.journal.Leases;
import dev.tandem.journal.Node;
import dev.tandem.journal.Nodes;
import dev.tandem.web.internal.admin.Alone;

/** {@code tandem:nodes}: the nodes that share the database. */
@Service
@Command(
        scope = "tandem",
        name = "nodes",
        description = "Shows the living nodes that share the database; * is this one",
        detailedDescription = "classpath:dev/tandem/web/internal/shell/nodes.txt")
public final class NodesCommand implements Action {
    /** So many sites are named beside a node. */
    private static final int SOME = 3;

    @Reference(optional = true)
    Nodes nodes;

    @Reference(optional = true)
    Leases leases;

    @Reference
    Session session;

    @Option(name = "--sites", description = "Shows which node does what for which site.")
    boolean sites;

    @Override
    public Object execute() {
        var known = Present.orSay(nodes);
        var self = known.self().id();
        var duties = new Alone(Present.orSay(leases)).duties(site -> true);
        var table = new ShellTable();
        table.column("");
        table.column("Name");
        table.column("State");
        table.column("Release");
        table.column("Since");
        table.column("Seen");
        table.column("Leases");
        table.column("Does alone");
        for (var node : known.all()) {
            table.addRow()
                    .addContent(
                            node.id().equals(self) ? "*" : "",
                            node.name(),
                            node.state().name().toLowerCase(Locale.ROOT),
                            node.release(),
                            node.since(),
                            node.seen(),
                            node.leases(),
                            words(duties.getOrDefault(node.id(), List.of())));
        }
        table.print(session.getConsole());
        if (sites) {
            printSites(known);
        }
        return null;
    }

    /** Such as {@code deadlines: main, north; router: main}. */
    private static String words(List<Alone.Duty> duties) {
        return duties.stream().map(NodesCommand::words).collect(Collectors.joining("; "));
    }

    private static String words(Alone.Duty duty) {
        var some = duty.sites().subList(0, Math.min(SOME, duty.sites().size()));
        var rest = duty.count() - some.size();
        return duty.what() + ": " + String.join(", ", some) + (rest > 0 ? " and " + rest + " more" : "");
    }

    private void printSites(Nodes known) {
        var names = known.all().stream().collect(Collectors.toMap(Node::id, Node::name));
        var table = new ShellTable();
        table.column("Site");
        table.column("Lease");
        table.column("Node");
        table.column("Epoch");
        Present.orSay(leases).ofSites().stream()
                .sorted(Comparator.comparing((Lease lease) -> lease.site().value())
                        .thenComparing(Lease::name))
                .forEach(lease -> table.addRow()
                        .addContent(
                                lease.site(),
                                lease.name(),
                                // One that has come in between.
                                names.getOrDefault(lease.node(), lease.node().toString()),
                                lease.epoch()));
        table.print(session.getConsole());
    }
}
