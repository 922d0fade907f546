package dev.tandem.session.internal.shell;

import java.util.Optional;
import java.util.UUID;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.internal.AgentOptions;
import dev.tandem.session.internal.Mode;
import dev.tandem.session.internal.PlatformDoor;
import dev.tandem.web.ProblemException;

/** {@code tandem:agent-options}: one session or several, and how many customers, for one agent. */
@Service
@Command(
        scope = "tandem",
        name = "agent-options",
        description = "Shows or sets how many sessions and customers one agent may have at once",
        detailedDescription = "classpath:dev/tandem/session/internal/shell/agent-options.txt")
public final class AgentOptionsCommand implements Action {
    private static final String OF_SITE = "site";

    @Reference
    AgentOptions options;

    @Reference
    PlatformDoor platform;

    @Reference
    Session session;

    @Argument(index = 0, name = "SITE", required = true, description = "The agent's site, such as main.")
    String site;

    @Argument(index = 1, name = "AGENT", required = true, description = "The agent's id, such as anna.bell.")
    String agent;

    @Option(name = "--mode", valueToShowInHelp = "MODE", description = "SINGLE, MULTI, or site: as the site says.")
    String mode;

    @Option(
            name = "--customers",
            valueToShowInHelp = "N",
            description = "The most customers helped at once, 1 to 50, or site: as the site says.")
    String customers;

    @Override
    public Object execute() {
        var of = new SiteId(site);
        var id = known(of);
        var stored = options.stored(of, id);
        if (mode != null || customers != null) {
            var fixed = mode == null ? stored.fixed() : parsed(mode).map(AgentOptionsCommand::mode);
            var most =
                    customers == null ? stored.customers() : parsed(customers).map(Long::valueOf);
            options.allow(of, id, fixed, most, UUID.randomUUID(), actor())
                    .orElseThrow(refusal -> new IllegalArgumentException(refusal.detail()));
        }
        print(options.stored(of, id), options.of(of, id));
        return null;
    }

    private AgentId known(SiteId of) {
        try {
            return platform.agent(of, new AgentId(agent)).id();
        } catch (ProblemException e) {
            throw new IllegalArgumentException(
                    e.problem().status() == 404
                            ? "Site " + of + " has no agent " + agent + "."
                            : e.problem().detail());
        }
    }

    private static Optional<String> parsed(String text) {
        return text.equals(OF_SITE) ? Optional.empty() : Optional.of(text);
    }

    private static Mode mode(String word) {
        try {
            return Mode.valueOf(word);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("A mode is SINGLE, MULTI or site.", e);
        }
    }

    private void print(AgentOptions.Stored stored, AgentOptions.Effective effective) {
        var out = session.getConsole();
        out.println("mode       " + effective.mode()
                + stored.fixed().map(m -> " (set for this agent)").orElse("")
                + (effective.choosable() ? " (the agent may choose)" : ""));
        out.println("customers  " + effective.customers()
                + stored.customers().map(n -> " (set for this agent)").orElse(" (as the site says)"));
    }

    private String actor() {
        var user = session.get("USER");
        return user == null ? "shell" : "shell:" + user;
    }
}
