package dev.tandem.session.internal.shell;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;

import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant;
import dev.tandem.session.SupportSession;
import dev.tandem.session.internal.Overview;

/** {@code tandem:sessions}: which sessions live. */
@Service
@Command(scope = "tandem", name = "sessions", description = "Lists the support sessions that live, of all sites")
public final class SessionsCommand implements Action {
    private static final DateTimeFormatter SINCE = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

    @Reference
    Overview overview;

    @Reference
    Session session;

    @Option(name = "--site", valueToShowInHelp = "SITE", description = "Only those of this site.")
    String site;

    @Option(name = "--all", description = "Also those that ended within the last day.")
    boolean all;

    @Override
    public Object execute() {
        var table = new ShellTable();
        table.column("Number");
        table.column("Site");
        table.column("State");
        table.column("Agent");
        table.column("Customers").alignRight();
        table.column("Since");
        table.column("Id");
        for (var one : overview.list(Optional.ofNullable(site).map(SiteId::new), all)) {
            table.addRow()
                    .addContent(
                            one.number(),
                            one.site(),
                            state(one),
                            names(one),
                            customers(one),
                            SINCE.format(one.startedAt()
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .atZone(ZoneId.systemDefault())),
                            one.id());
        }
        table.emptyTableText("No session lives.").print(session.getConsole());
        return null;
    }

    static String state(SupportSession session) {
        return session.state() + session.ended().map(why -> " (" + why + ")").orElse("");
    }

    /** The agents who are in, the one in control first. */
    private static String names(SupportSession session) {
        return session.participants().stream()
                .filter(one -> one.role() == Participant.Role.AGENT)
                .filter(one -> one.state().present()
                        || session.controller().equals(Optional.of(one.id()))
                        || session.state() == SupportSession.State.ENDED)
                .map(one -> one.agent().map(Object::toString).orElse(one.name()))
                .collect(Collectors.joining(", "));
    }

    private static long customers(SupportSession session) {
        return session.participants().stream()
                .filter(one ->
                        one.role() == Participant.Role.CUSTOMER && one.state().present())
                .count();
    }
}
