package dev.tandem.web.internal;

import java.util.List;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Database;

/** The database with our tables in it. */
@Component(service = WebTables.class)
public final class WebTables {
    private final Database database;

    @Activate
    public WebTables(@Reference Database database) {
        this.database = database;
        database.migrate("web", WebTables.class, List.of("001_web.sql"));
    }

    public Database database() {
        return database;
    }
}
