package dev.tandem.reference.platform.internal.shell;

import java.util.stream.Collectors;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;

import dev.tandem.platform.SiteId;
import dev.tandem.reference.platform.internal.SignIn;
import dev.tandem.reference.platform.internal.SignIns;

/** {@code tandem:sign-ins}: who may sign in at a site. */
@Service
@Command(
        scope = "tandem",
        name = "sign-ins",
        description = "Lists who may sign in at a site, with roles and presence; Karaf's jaas commands change them")
public final class SignInsCommand implements Action {
    @Reference
    SignIns signIns;

    @Reference
    Session session;

    @Option(name = "--site", valueToShowInHelp = "SITE", description = "The site; the first one if not given.")
    String site;

    @Override
    public Object execute() {
        var table = new ShellTable();
        table.column("User");
        table.column("Name");
        table.column("Roles");
        table.column("Presence");
        table.column("Signed in").alignRight();
        for (var one : signIns.of(site == null ? SignIn.HOME : new SiteId(site))) {
            var presence = one.presence();
            table.addRow()
                    .addContent(
                            one.user(),
                            one.agent().name(),
                            one.agent().roles().stream()
                                    .sorted()
                                    .map(Enum::name)
                                    .collect(Collectors.joining(", ")),
                            presence.reason().isEmpty()
                                    ? presence.status()
                                    : presence.status() + " (" + presence.reason() + ")",
                            one.open());
        }
        table.emptyTableText("Nobody may sign in there.").print(session.getConsole());
        return null;
    }
}
