package dev.tandem.session.internal.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;

import dev.tandem.session.SupportSession;
import dev.tandem.session.internal.Overview;

/** {@code tandem:session}: who is in a session and what is going on. */
@Service
@Command(
        scope = "tandem",
        name = "session",
        description = "Shows one support session: who is in it and what is going on. Never its PINs or tokens",
        detailedDescription = "classpath:dev/tandem/session/internal/shell/session.txt")
public final class SessionCommand implements Action {
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
        print(Chosen.of(overview, which, site));
        return null;
    }

    private void print(SupportSession one) {
        var out = session.getConsole();
        out.println("number       " + one.number());
        out.println("id           " + one.id());
        out.println("site         " + one.site());
        out.println("state        " + SessionsCommand.state(one));
        out.println("started      " + one.startedAt());
        out.println("interaction  " + one.interaction().map(Object::toString).orElse("none"));
        out.println("version      " + one.version());
        out.println();
        var people = new ShellTable();
        people.column("Participant");
        people.column("Role");
        people.column("Name");
        people.column("State");
        people.column("Control");
        for (var person : one.participants()) {
            boolean controls = one.controller().filter(person.id()::equals).isPresent();
            people.addRow()
                    .addContent(person.id(), person.role(), person.name(), person.state(), controls ? "yes" : "");
        }
        people.emptyTableText("Nobody is in it.").print(out);
        out.println();
        var activities = new ShellTable();
        activities.column("Activity");
        activities.column("By");
        activities.column("Since");
        for (var running : one.activities()) {
            activities.addRow().addContent(running.name(), running.by(), running.since());
        }
        activities.emptyTableText("Nothing is going on.").print(out);
    }
}
