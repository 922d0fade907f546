package dev.tandem.webacd.internal.shell;

import java.time.Clock;
import java.time.Duration;
import java.util.stream.Collectors;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;

import dev.tandem.platform.SiteId;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.router.Routers;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkFact;

/** {@code tandem:offers}: what is offered to whom, and why. */
@Service
@Command(
        scope = "tandem",
        name = "offers",
        description = "Lists what is offered to agents now; with an item, every offer of it and why")
public final class OffersCommand implements Action {
    @Reference
    Routers routers;

    @Reference
    WorkBook book;

    @Reference
    Clock clock;

    @Reference
    Session session;

    @Argument(index = 0, name = "ITEM", description = "Of that work item: who was considered, and why not.")
    String item;

    @Option(name = "--site", valueToShowInHelp = "SITE", description = "Only of that site.")
    String site;

    @Override
    public Object execute() {
        var sites = routers.statuses().stream()
                .map(Routers.Status::site)
                .filter(one -> site == null || one.value().equals(site))
                .toList();
        if (item != null) {
            sites.forEach(this::explain);
            return null;
        }
        var table = new ShellTable();
        table.column("Site");
        table.column("Item");
        table.column("Agents");
        table.column("Waits since");
        table.column("Seconds left").alignRight();
        for (var one : sites) {
            for (var id : book.table().offered(one)) {
                var state = book.load(one, new WorkItemId(id)).state();
                state.pending().stream().findFirst().ifPresent(offer -> table.addRow()
                        .addContent(
                                one,
                                id,
                                String.join(", ", state.asked()),
                                state.since(),
                                Duration.between(clock.instant(), offer.until()).toSeconds()));
            }
        }
        table.emptyTableText("Nothing is offered to anybody now.").print(session.getConsole());
        return null;
    }

    private void explain(SiteId of) {
        var id = new WorkItemId(java.util.UUID.fromString(item));
        for (var round : book.history(of, id, java.util.Set.of(WorkFact.Offered.class))) {
            var offered = (WorkFact.Offered) round.event();
            session.getConsole()
                    .println(offered.at() + " to " + String.join(", ", offered.agents()) + " by "
                            + (offered.why().strategy().isEmpty()
                                    ? "name"
                                    : offered.why().strategy()));
            var table = new ShellTable();
            table.column("Agent");
            table.column("Reason");
            table.column("Values");
            offered.why().considered().forEach(one -> table.addRow()
                    .addContent(
                            one.agent(),
                            one.reason(),
                            one.values().entrySet().stream()
                                    .map(value -> value.getKey() + "=" + value.getValue())
                                    .collect(Collectors.joining(" "))));
            table.emptyTableText("Nothing was written down.").print(session.getConsole());
        }
    }
}
