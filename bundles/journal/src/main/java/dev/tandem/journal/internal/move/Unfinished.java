package dev.tandem.journal.internal.move;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Sql;
import dev.tandem.journal.internal.MovedMark;
import dev.tandem.journal.internal.Place;

/**
 * Ends a move whose node died in the middle: if SQLite is marked as moved the prepared configuration takes its place, and
 * Karaf reads it; otherwise the move has not happened and the prepared file goes.
 */
@Component(
        immediate = true,
        service = {})
public final class Unfinished {
    private static final Logger LOG = LoggerFactory.getLogger(Unfinished.class);

    @Activate
    public Unfinished(@Reference(target = "(dataSourceName=tandem)") DataSource source, @Reference Place.Known node) {
        settle(source, node.place().etc());
    }

    /** @param etc the folder of the configuration */
    public static void settle(DataSource source, Path etc) {
        var file = new DataSourceFile(etc);
        try {
            var prepared = file.prepared();
            if (prepared.isPresent()) {
                settle(moved(source), prepared.get(), file);
            }
        } catch (IOException | SQLException e) {
            LOG.error("A move of the database was broken off, and {} could not be settled", file.next(), e);
        }
    }

    private static void settle(Optional<MovedMark> moved, String prepared, DataSourceFile file) throws IOException {
        if (moved.filter(mark -> mark.id().toString().equals(prepared)).isPresent()) {
            LOG.info("The move of the database to {} is completed", moved.get().to());
            file.complete(moved.get().at());
        } else {
            LOG.info("A move of the database was broken off before it was done; nothing has changed");
            file.discard();
        }
    }

    private static Optional<MovedMark> moved(DataSource source) throws SQLException {
        try (var connection = source.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().equals("SQLite")
                    ? MovedMark.find(new Sql(connection))
                    : Optional.empty();
        }
    }
}
