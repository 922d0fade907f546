package dev.tandem.web.internal.shell;

import java.util.Locale;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;

import dev.tandem.journal.Nodes;

/** {@code tandem:nodes}: the nodes that share the database. */
@Service
@Command(
        scope = "tandem",
        name = "nodes",
        description = "Shows the living nodes that share the database; * is this one",
        detailedDescription = "classpath:dev/tandem/web/internal/shell/nodes.txt")
public final class NodesCommand implements Action {
    @Reference(optional = true)
    Nodes nodes;

    @Reference
    Session session;

    @Override
    public Object execute() {
        var known = Present.orSay(nodes);
        var self = known.self().id();
        var table = new ShellTable();
        table.column("");
        table.column("Name");
        table.column("State");
        table.column("Release");
        table.column("Since");
        table.column("Seen");
        table.column("Leases");
        for (var node : known.all()) {
            table.addRow()
                    .addContent(
                            node.id().equals(self) ? "*" : "",
                            node.name(),
                            node.state().name().toLowerCase(Locale.ROOT),
                            node.release(),
                            node.since(),
                            node.seen(),
                            node.leases());
        }
        table.print(session.getConsole());
        return null;
    }
}
