package dev.tandem.journal.internal.shell;

import java.time.Clock;
import java.util.Locale;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;

import dev.tandem.journal.internal.Course;
import dev.tandem.journal.internal.Drivers;
import dev.tandem.journal.internal.Place;
import dev.tandem.journal.internal.SqlDatabase;
import dev.tandem.journal.internal.backup.Backup;

/** {@code tandem:backup}: one archive of this node, made while it runs. */
@Service
@Command(
        scope = "tandem",
        name = "backup",
        description = "Backs up the database and what stands beside it, while Tandem runs",
        detailedDescription = "classpath:dev/tandem/journal/internal/shell/backup.txt")
public final class BackupCommand implements Action {
    private static final double MEGA = 1_000_000;

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

    @Argument(
            index = 0,
            name = "FOLDER",
            description =
                    "Where to write it, best on another disk; the folder backup of this installation if not given.")
    @Completion(FileCompleter.class)
    String folder;

    @Override
    public Object execute() {
        var place = node.place();
        var to = place.base().resolve(folder == null ? "backup" : folder).normalize();
        var course = new Course();
        var backup = new Backup(database, place, drivers::sqlite, clock);
        new Watched(session, course)
                .run("tandem-backup", () -> backup.run(to, course))
                .ifPresent(this::say);
        return null;
    }

    private void say(Backup.Made made) {
        var out = session.getConsole();
        out.println(made.file());
        var held = made.withDatabase()
                ? String.format(
                        Locale.ROOT,
                        "the database with %,d events of %,d sites, its chain verified, and ",
                        made.chains().events(),
                        made.chains().ends().size())
                : "";
        out.printf(Locale.ROOT, "  %.2f MB: %s%,d files of etc/.%n", made.bytes() / MEGA, held, made.files());
        if (!made.withDatabase()) {
            out.println("  The database is on PostgreSQL; back it up with pg_dump or pg_basebackup (docs/backup.md).");
        }
        out.println(
                "  It holds secrets and personal data. Only you can read it; see that it stays so where you keep it.");
    }
}
