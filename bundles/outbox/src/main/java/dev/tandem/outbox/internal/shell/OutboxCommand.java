package dev.tandem.outbox.internal.shell;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;

import dev.tandem.outbox.internal.Overview;

/** {@code tandem:outbox}: what waits, what has failed. */
@Service
@Command(
        scope = "tandem",
        name = "outbox",
        description = "Lists mail that waits, has failed or is uncertain, and tries it again",
        detailedDescription = "classpath:dev/tandem/outbox/internal/shell/outbox.txt")
public final class OutboxCommand implements Action {
    private static final DateTimeFormatter AT = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

    @Reference
    Overview overview;

    @Reference
    Session session;

    @Option(name = "--all", description = "Also what was sent or cancelled, of the last day.")
    boolean all;

    @Option(name = "--retry", valueToShowInHelp = "ID", description = "Tries this message again, now.")
    String retry;

    @Override
    public Object execute() {
        if (retry != null) {
            overview.again(id(retry), actor()).orElseThrow(refusal -> new IllegalArgumentException(refusal.detail()));
            session.getConsole().println("It is tried again.");
            return null;
        }
        var table = new ShellTable();
        table.column("Queued");
        table.column("Site");
        table.column("State");
        table.column("Tried").alignRight();
        table.column("Problem");
        table.column("Next");
        table.column("To");
        table.column("Id");
        for (var one : overview.list(all)) {
            var message = one.message();
            table.addRow()
                    .addContent(
                            at(message.queuedAt()),
                            one.site(),
                            message.state(),
                            message.attempts(),
                            message.problem().orElse(""),
                            message.next().map(OutboxCommand::at).orElse(""),
                            message.to().orElse("(erased)"),
                            message.id());
        }
        table.emptyTableText("Nothing waits, nothing has failed.").print(session.getConsole());
        return null;
    }

    private static String at(Instant moment) {
        return AT.format(moment.truncatedTo(ChronoUnit.SECONDS).atZone(ZoneId.systemDefault()));
    }

    private static UUID id(String typed) {
        try {
            return UUID.fromString(typed);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("An id is as tandem:outbox shows it.", e);
        }
    }

    private String actor() {
        var user = session.get("USER");
        return user == null ? "shell" : "shell:" + user;
    }
}
