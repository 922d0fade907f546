package dev.tandem.session.internal.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;

import dev.tandem.session.internal.Overview;

/** {@code tandem:end}: ends a session from outside. */
@Service
@Command(
        scope = "tandem",
        name = "end",
        description = "Ends a support session. Those in it are told that the administration did",
        detailedDescription = "classpath:dev/tandem/session/internal/shell/end.txt")
public final class EndCommand implements Action {
    @Reference
    Overview overview;

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
        overview.end(one.site(), one.id().value(), actor())
                .orElseThrow(refusal -> new IllegalArgumentException(refusal.detail()));
        session.getConsole().println("Session " + one.number() + " of " + one.site() + " has ended.");
        return null;
    }

    private String actor() {
        var user = session.get("USER");
        return user == null ? "shell" : "shell:" + user;
    }
}
