package dev.tandem.webacd.internal.shell;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.internal.config.AgentConfig;
import dev.tandem.webacd.internal.config.ConfigDesk;
import dev.tandem.webacd.internal.config.Routing;

/** {@code tandem:routing-agents}: how much agents do, whether they get new work, for which queues (WX6). */
@Service
@Command(
        scope = "tandem",
        name = "routing-agents",
        description = "Shows the agents of WebACD, or sets how much one of them does at once",
        detailedDescription = "classpath:dev/tandem/webacd/internal/shell/routing-agents.txt")
public final class RoutingAgentsCommand implements Action {
    @Reference
    ConfigDesk desk;

    @Reference
    Session session;

    @Argument(index = 0, name = "SITE", required = true, description = "The site, such as main.")
    String site;

    @Argument(index = 1, name = "AGENT", description = "One agent's id, such as anna.bell.")
    String agent;

    @Option(name = "--capacity", valueToShowInHelp = "N", description = "The most at once, 1 to 20.")
    Integer capacity;

    @Option(name = "--inbound", valueToShowInHelp = "true|false", description = "Whether new work is given.")
    String inbound;

    @Override
    public Object execute() throws Exception {
        var of = new SiteId(site);
        if (agent != null && (capacity != null || inbound != null)) {
            set(of);
        } else if (capacity != null || inbound != null) {
            throw new IllegalArgumentException("Whose capacity? Name an agent.");
        }
        print(of, desk.routing(of));
        return null;
    }

    private void set(SiteId of) throws Exception {
        var known = Optional.ofNullable(desk.routing(of).agents().get(new AgentId(agent)));
        if (inbound != null && !inbound.equals("true") && !inbound.equals("false")) {
            throw new IllegalArgumentException("--inbound is true or false.");
        }
        var config = new AgentConfig(
                capacity != null ? capacity : known.map(AgentConfig::capacity).orElse(1),
                inbound != null
                        ? inbound.equals("true")
                        : known.map(AgentConfig::inbound).orElse(true),
                known.map(AgentConfig::skills).orElse(Map.of()));
        Told.done(() -> desk.agent(Told.by(of, session), agent, config, Optional.empty()));
    }

    private void print(SiteId of, Routing routing) {
        var table = new ShellTable();
        for (var column : new String[] {"Agent", "Name", "Capacity", "New work", "Queues", "Skills"}) {
            table.column(column);
        }
        routing.agents().entrySet().stream()
                .filter(one -> agent == null || one.getKey().value().equals(agent))
                .sorted(java.util.Comparator.comparing(one -> one.getKey().value()))
                .forEach(one -> table.addRow()
                        .addContent(
                                one.getKey().value(),
                                desk.name(of, one.getKey()),
                                one.getValue().capacity(),
                                one.getValue().inbound() ? "yes" : "no",
                                routing.queuesOf(one.getKey()).entrySet().stream()
                                        .map(queue -> Told.slug(routing, queue.getKey()) + " " + queue.getValue())
                                        .collect(Collectors.joining(", ")),
                                one.getValue().skills().entrySet().stream()
                                        .map(skill -> skill.getKey() + " " + skill.getValue())
                                        .collect(Collectors.joining(", "))));
        table.print(session.getConsole());
    }
}
