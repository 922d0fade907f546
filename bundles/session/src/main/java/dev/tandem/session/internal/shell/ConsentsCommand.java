package dev.tandem.session.internal.shell;

import java.util.Optional;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;

import dev.tandem.session.internal.ConsentDesk;
import dev.tandem.session.internal.Overview;

/** {@code tandem:consents}: the ledger of a session. */
@Service
@Command(
        scope = "tandem",
        name = "consents",
        description = "Shows what participants of a support session were asked for and what they have allowed",
        detailedDescription = "classpath:dev/tandem/session/internal/shell/consents.txt")
public final class ConsentsCommand implements Action {
    @Reference
    Overview overview;

    @Reference
    ConsentDesk desk;

    @Reference
    Session session;

    @Argument(index = 0, name = "SESSION", required = true, description = "Its number or its id.")
    @Completion(SessionNumbers.class)
    String which;

    @Option(name = "--site", valueToShowInHelp = "SITE", description = "The site, where several have that number.")
    String site;

    @Override
    public Object execute() {
        var one = Chosen.of(overview, which, site);
        var table = new ShellTable();
        table.column("Capability");
        table.column("Of");
        table.column("Asked by");
        table.column("State");
        table.column("At");
        table.column("Until");
        for (var entry :
                desk.ledger(one.site(), one.id().value(), Optional.empty()).consents()) {
            var of = entry.name().isEmpty() ? entry.of().toString() : entry.name();
            var by = entry.by().map(Object::toString).orElse("");
            for (var step : entry.steps()) {
                table.addRow()
                        .addContent(
                                entry.capability(),
                                of,
                                by,
                                step.state(),
                                step.at(),
                                step.until().map(Object::toString).orElse(""));
            }
        }
        table.emptyTableText("Nobody was asked for anything.").print(session.getConsole());
        return null;
    }
}
