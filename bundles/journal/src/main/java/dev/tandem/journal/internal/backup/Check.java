package dev.tandem.journal.internal.backup;

import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;

import dev.tandem.journal.Database.Dialect;
import dev.tandem.journal.internal.Chains;
import dev.tandem.journal.internal.Course;
import dev.tandem.journal.internal.Session;

/** Verifies the chains of a database that no node uses: {@code ./tandem restore} calls it, outside of Karaf. */
public final class Check {
    private Check() {}

    /** @return what was found, in words */
    public static String run(Driver sqlite, Path file) throws SQLException {
        try (var connection = sqlite.connect("jdbc:sqlite:" + file, new Properties())) {
            var session = new Session(connection, Dialect.SQLITE, false);
            var chains = Chains.verify(session, "", new Course());
            session.close();
            return String.format(
                    Locale.ROOT,
                    "%,d events of %,d sites",
                    chains.events(),
                    chains.ends().size());
        }
    }
}
