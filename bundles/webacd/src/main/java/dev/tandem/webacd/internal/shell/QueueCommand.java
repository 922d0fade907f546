package dev.tandem.webacd.internal.shell;

import java.util.Optional;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;

import dev.tandem.platform.SiteId;
import dev.tandem.webacd.internal.config.ConfigDesk;
import dev.tandem.webacd.internal.config.ConfigurationJson;

/** {@code tandem:queue}: one queue; deletes it. */
@Service
@Command(
        scope = "tandem",
        name = "queue",
        description = "Shows everything that is said of a queue, or deletes it",
        detailedDescription = "classpath:dev/tandem/webacd/internal/shell/queue.txt")
public final class QueueCommand implements Action {
    @Reference
    ConfigDesk desk;

    @Reference
    Session session;

    @Argument(index = 0, name = "SITE", required = true, description = "The site, such as main.")
    String site;

    @Argument(index = 1, name = "QUEUE", required = true, description = "The queue's short name.")
    String queue;

    @Option(name = "--delete", description = "Deletes it.")
    boolean delete;

    @Option(
            name = "--move-to",
            valueToShowInHelp = "QUEUE",
            description = "With --delete: moves what waits to that queue first.")
    String moveTo;

    @Override
    public Object execute() throws Exception {
        var of = new SiteId(site);
        var routing = desk.routing(of);
        var found = Told.queue(routing, queue);
        if (!delete) {
            session.getConsole().println(ConfigurationJson.write(desk.form(routing, found)));
            return null;
        }
        var to = Optional.ofNullable(moveTo)
                .map(slug -> Told.queue(routing, slug).id());
        Told.done(() -> desk.remove(Told.by(of, session), found.id(), to));
        session.getConsole().println("The queue " + queue + " is deleted.");
        return null;
    }
}
