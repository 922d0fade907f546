package dev.tandem.webacd.internal.shell;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.table.ShellTable;

import dev.tandem.platform.SiteId;
import dev.tandem.webacd.internal.config.ConfigDesk;

/** {@code tandem:routing-rules}: shows, checks, drafts, publishes and rolls back the rules of a site. */
@Service
@Command(
        scope = "tandem",
        name = "routing-rules",
        description = "Shows, checks, saves, publishes or rolls back the rules of a site",
        detailedDescription = "classpath:dev/tandem/webacd/internal/shell/routing-rules.txt")
public final class RoutingRulesCommand implements Action {
    private static final int MOST_VERSIONS = 50;

    @Reference
    ConfigDesk desk;

    @Reference
    Session session;

    @Argument(index = 0, name = "SITE", required = true, description = "The site, such as main.")
    String site;

    @Option(name = "--check", valueToShowInHelp = "FILE", description = "Says everything that is wrong with a file.")
    @Completion(FileCompleter.class)
    String check;

    @Option(name = "--draft", valueToShowInHelp = "FILE", description = "Saves a file as the draft.")
    @Completion(FileCompleter.class)
    String draft;

    @Option(name = "--publish", description = "Publishes the draft; with --draft the file.")
    boolean publish;

    @Option(
            name = "--note",
            valueToShowInHelp = "TEXT",
            description = "With --publish: a note for the list of versions.")
    String note;

    @Option(name = "--rollback", valueToShowInHelp = "VERSION", description = "Lets a former version hold again.")
    Integer rollback;

    @Option(name = "--versions", description = "Lists the versions.")
    boolean versions;

    @Override
    public Object execute() throws Exception {
        var of = new SiteId(site);
        if (check != null) {
            return check(of, read(check));
        }
        if (draft != null) {
            var text = read(draft);
            Told.done(() -> desk.draft(Told.by(of, session), text, Optional.empty()));
        }
        if (publish) {
            Told.done(() -> desk.publish(Told.by(of, session), note == null ? "" : note, Optional.empty()));
        } else if (rollback != null) {
            Told.done(() -> desk.rollback(Told.by(of, session), rollback));
        }
        if (versions) {
            list(of);
        } else {
            print(of);
        }
        return null;
    }

    private static String read(String file) throws Exception {
        return Files.readString(Path.of(file), StandardCharsets.UTF_8);
    }

    private Object check(SiteId of, String text) {
        var problems = desk.check(of, text);
        for (var problem : problems) {
            session.getConsole()
                    .println("line " + problem.line() + ", column " + problem.column() + ": " + problem.detail());
        }
        if (problems.isEmpty()) {
            session.getConsole().println("Nothing is wrong with it.");
        }
        return null;
    }

    private void list(SiteId of) {
        var table = new ShellTable();
        for (var column : new String[] {"Version", "When", "Who", "Restores", "Note"}) {
            table.column(column);
        }
        for (var one : desk.versions(of, MOST_VERSIONS)) {
            table.addRow()
                    .addContent(
                            one.version(),
                            one.at(),
                            one.actor(),
                            one.restores().map(String::valueOf).orElse(""),
                            one.note());
        }
        table.print(session.getConsole());
    }

    private void print(SiteId of) {
        var rules = desk.routing(of).rulesNow();
        var out = session.getConsole();
        out.println(rules.last() == 0 ? "# There are no rules." : "# Version " + rules.last());
        rules.live().ifPresent(out::println);
        rules.draft().ifPresent(text -> {
            out.println("# Draft, not yet published");
            out.println(text);
        });
    }
}
