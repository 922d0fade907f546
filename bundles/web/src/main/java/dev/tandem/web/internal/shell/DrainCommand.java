package dev.tandem.web.internal.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Nodes;

/** {@code tandem:drain}: sends everybody to the other nodes, as before a restart. */
@Service
@Command(
        scope = "tandem",
        name = "drain",
        description = "Sends everybody to the other nodes; this one takes nothing new",
        detailedDescription = "classpath:dev/tandem/web/internal/shell/drain.txt")
public final class DrainCommand implements Action {
    private static final Logger LOG = LoggerFactory.getLogger(DrainCommand.class);

    @Reference(optional = true)
    Nodes nodes;

    @Reference
    Session session;

    @Override
    public Object execute() {
        var known = Present.orSay(nodes);
        LOG.info("Node {} is drained by {}", known.self().name(), Actor.of(session));
        known.drain();
        session.getConsole()
                .println("Node " + known.self().name() + " is drained: stop it, or let it go on with tandem:resume.");
        return null;
    }
}
