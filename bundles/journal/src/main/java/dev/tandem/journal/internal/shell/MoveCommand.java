package dev.tandem.journal.internal.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

import dev.tandem.journal.Database;
import dev.tandem.journal.internal.Course;
import dev.tandem.journal.internal.Drivers;
import dev.tandem.journal.internal.Place;
import dev.tandem.journal.internal.SqlDatabase;
import dev.tandem.journal.internal.Unable;
import dev.tandem.journal.internal.move.Move;
import dev.tandem.journal.internal.move.Target;

/** {@code tandem:move}: from SQLite to PostgreSQL, while the node runs. */
@Service
@Command(
        scope = "tandem",
        name = "move",
        description = "Moves this node from SQLite to an empty database of PostgreSQL",
        detailedDescription = "classpath:dev/tandem/journal/internal/shell/move.txt")
public final class MoveCommand implements Action {
    private static final long LONGEST_START_MILLIS = TimeUnit.SECONDS.toMillis(60);

    @Reference
    SqlDatabase database;

    @Reference
    Place.Known node;

    @Reference
    Drivers drivers;

    @Reference
    Clock clock;

    @Reference
    Session session;

    @Reference
    BundleContext context;

    @Argument(
            index = 0,
            name = "URL",
            required = true,
            description = "The empty database: jdbc:postgresql://db.example:5432/tandem")
    String url;

    @Option(
            name = "--user",
            valueToShowInHelp = "U",
            required = true,
            description = "The user whom the database belongs to.")
    String user;

    @Option(
            name = "--password-file",
            valueToShowInHelp = "FILE",
            description = "A file whose first line is the password. Without it you are asked for it.")
    String passwordFile;

    @Override
    public Object execute() throws Exception {
        var target = new Target(url, user, password());
        var source = drivers.postgres(target.url(), target.user(), target.password());
        var course = new Course();
        var move = new Move(database, node.place().etc(), clock);
        var moved = new Watched(session, course).run("tandem-move", () -> move.run(target, source, course));
        if (moved.isPresent()) {
            say(moved.get());
        }
        return null;
    }

    private void say(Move.Moved moved) throws InterruptedException {
        var out = session.getConsole();
        out.printf(
                Locale.ROOT,
                "Moved %,d rows of %d tables: %,d events of %,d sites, each chain verified on both sides.%n",
                moved.rows(),
                moved.tables(),
                moved.chains().events(),
                moved.chains().ends().size());
        out.println("The file of SQLite stays where it is, and nothing will start on it any more.");
        out.println("Waiting until Tandem is up on PostgreSQL ...");
        out.println(
                upOnPostgres()
                        ? "Tandem is up on PostgreSQL."
                        : "It is not up yet; the log and tandem:health tell why.");
    }

    private String password() throws IOException {
        if (passwordFile != null) {
            var file = Path.of(passwordFile);
            if (!Files.isReadable(file)) {
                throw new Unable("The password file " + passwordFile + " cannot be read.");
            }
            try (var lines = Files.lines(file)) {
                return lines.findFirst().orElse("");
            }
        }
        if (session.getTerminal() == null) {
            throw new Unable("Nobody can be asked for the password here; give --password-file FILE.");
        }
        var given = session.readLine("Password of " + user + ": ", '*');
        return given == null ? "" : given;
    }

    private boolean upOnPostgres() throws InterruptedException {
        var tracker = new ServiceTracker<Database, Database>(context, Database.class, null) {
            @Override
            public Database addingService(ServiceReference<Database> reference) {
                var found = super.addingService(reference);
                return found != null && found.dialect() == Database.Dialect.POSTGRESQL ? found : null;
            }
        };
        tracker.open();
        try {
            return tracker.waitForService(LONGEST_START_MILLIS) != null;
        } finally {
            tracker.close();
        }
    }
}
