package dev.tandem.web.internal.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Nodes;

/** {@code tandem:resume}: undoes {@code tandem:drain}. */
@Service
@Command(scope = "tandem", name = "resume", description = "Lets this node take part again after tandem:drain")
public final class ResumeCommand implements Action {
    private static final Logger LOG = LoggerFactory.getLogger(ResumeCommand.class);

    @Reference(optional = true)
    Nodes nodes;

    @Reference
    Session session;

    @Override
    public Object execute() {
        var known = Present.orSay(nodes);
        LOG.info("Node {} is resumed by {}", known.self().name(), Actor.of(session));
        known.resume();
        session.getConsole().println("Node " + known.self().name() + " takes part again.");
        return null;
    }
}
