package dev.tandem.webacd.internal.shell;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;

import dev.tandem.platform.SiteId;
import dev.tandem.webacd.internal.config.ConfigTransfer;
import dev.tandem.webacd.internal.config.ConfigurationJson;

/** {@code tandem:routing-export}: a site's whole routing as a file. */
@Service
@Command(
        scope = "tandem",
        name = "routing-export",
        description = "Writes queues, agents, skills and rules of a site as JSON",
        detailedDescription = "classpath:dev/tandem/webacd/internal/shell/routing-export.txt")
public final class RoutingExportCommand implements Action {
    @Reference
    ConfigTransfer transfer;

    @Reference
    Session session;

    @Argument(index = 0, name = "SITE", required = true, description = "The site, such as main.")
    String site;

    @Argument(index = 1, name = "FILE", description = "Where to write it; on the console if not given.")
    @Completion(FileCompleter.class)
    String file;

    @Override
    public Object execute() throws Exception {
        var text = ConfigurationJson.write(transfer.export(new SiteId(site)));
        if (file == null) {
            session.getConsole().print(text);
        } else {
            Files.writeString(Path.of(file), text, StandardCharsets.UTF_8);
            session.getConsole().println("Written to " + Path.of(file).toAbsolutePath() + ".");
        }
        return null;
    }
}
