package dev.tandem.webacd.internal.shell;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;

import dev.tandem.platform.SiteId;
import dev.tandem.webacd.internal.config.ConfigTransfer;
import dev.tandem.webacd.internal.config.ConfigTransfer.Mode;
import dev.tandem.webacd.internal.config.ConfigurationJson;

/** {@code tandem:routing-import}: a site's whole routing out of a file. */
@Service
@Command(
        scope = "tandem",
        name = "routing-import",
        description = "Reads queues, agents, skills and rules of a site from JSON: all of it, or nothing",
        detailedDescription = "classpath:dev/tandem/webacd/internal/shell/routing-import.txt")
public final class RoutingImportCommand implements Action {
    @Reference
    ConfigTransfer transfer;

    @Reference
    Session session;

    @Argument(index = 0, name = "SITE", required = true, description = "The site, such as main.")
    String site;

    @Argument(index = 1, name = "FILE", required = true, description = "What tandem:routing-export wrote.")
    @Completion(FileCompleter.class)
    String file;

    @Option(name = "--replace", description = "Deletes what the file does not name, in the parts that it has.")
    boolean replace;

    @Option(name = "--dry-run", description = "Checks everything and changes nothing.")
    boolean dryRun;

    @Override
    public Object execute() throws Exception {
        var of = new SiteId(site);
        var text = Files.readString(Path.of(file), StandardCharsets.UTF_8);
        var mode = replace ? Mode.REPLACE : Mode.MERGE;
        var done = Told.told(() -> {
            var form = ConfigurationJson.read(text);
            return dryRun ? transfer.dryRun(of, form, mode) : transfer.run(Told.by(of, session), form, mode);
        });
        var out = session.getConsole();
        out.println(dryRun ? "It would change:" : "Changed:");
        if (done.changes().isEmpty()) {
            out.println("  nothing");
        }
        done.changes().forEach((what, count) -> out.println("  " + what + "  " + count));
        done.removed().forEach(slug -> out.println("  deleted: " + slug));
        return null;
    }
}
