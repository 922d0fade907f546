package dev.tandem.reference.platform.internal;

import java.util.List;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Database;

/** The platform's tables, up to date. Whoever needs them refers to this. */
@Component(service = Tables.class)
public final class Tables {
    private final Database database;

    @Activate
    public Tables(@Reference Database database) {
        this.database = database;
        database.migrate("reference-platform", Tables.class, List.of("001_platform.sql", "002_nodes.sql"));
    }

    Database database() {
        return database;
    }
}
