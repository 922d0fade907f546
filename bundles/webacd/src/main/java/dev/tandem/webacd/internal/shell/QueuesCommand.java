package dev.tandem.webacd.internal.shell;

import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;

import dev.tandem.platform.SiteId;
import dev.tandem.webacd.internal.config.ConfigDesk;
import dev.tandem.webacd.internal.config.Routing;

/** {@code tandem:queues}: the queues of a site. */
@Service
@Command(
        scope = "tandem",
        name = "queues",
        description = "Shows the queues of a site: whether they are open, how they choose, who works for them",
        detailedDescription = "classpath:dev/tandem/webacd/internal/shell/queues.txt")
public final class QueuesCommand implements Action {
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT).withLocale(Locale.UK);

    @Reference
    ConfigDesk desk;

    @Reference
    Clock clock;

    @Reference
    Session session;

    @Argument(index = 0, name = "SITE", required = true, description = "The site, such as main.")
    String site;

    @Override
    public Object execute() {
        var routing = desk.routing(new SiteId(site));
        var table = new ShellTable();
        for (var column : new String[] {"Queue", "Name", "Open", "Changes", "Strategy", "Overflow", "Agents"}) {
            table.column(column);
        }
        for (var queue : routing.queues()) {
            var form = desk.form(routing, queue);
            table.addRow()
                    .addContent(
                            form.slug(),
                            form.name(),
                            queue.hours().openAt(clock.instant()) ? "open" : "closed",
                            changes(queue),
                            queue.config().strategy(),
                            form.overflow()
                                    .map(over -> over.queue() + " after " + over.afterSeconds() + " s")
                                    .orElse(""),
                            queue.config().members().size());
        }
        table.print(session.getConsole());
        routing.fallback().flatMap(routing::queue).ifPresent(queue -> session.getConsole()
                .println("What nobody takes goes to " + queue.config().slug() + "."));
        return null;
    }

    private String changes(Routing.Queue queue) {
        return queue.hours()
                .nextChange(clock.instant())
                .map(then -> WHEN.format(then.atZone(queue.hours().zone())))
                .orElse("never");
    }
}
