package dev.tandem.journal.internal;

import java.util.concurrent.TimeUnit;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.internal.DatabaseDoor.State;

/** Whether the database answers, how long that takes, and what it is; or why the node waits for it. */
@Component(property = {Checks.NAME + "database", Checks.TAGGED, Checks.FRESH})
public final class DatabaseCheck implements HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCheck.class);

    private final DatabaseDoor door;

    @Activate
    public DatabaseCheck(@Reference DatabaseDoor door) {
        this.door = door;
    }

    @Override
    public Result execute() {
        var state = door.state();
        if (state instanceof State.Open open) {
            return asked(open.database());
        }
        return Checks.down(((State.Waiting) state).reason());
    }

    private static Result asked(SqlDatabase database) {
        long before = System.nanoTime();
        try {
            database.read(sql -> sql.first("SELECT 1 AS one", row -> row.getInt("one")));
        } catch (DatabaseException e) {
            LOG.debug("The database does not answer", e);
            return Checks.down("The database does not answer (" + NotReady.said(e) + "). " + database.product());
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        return Checks.ok(database.product() + " answered within " + (millis + 1) + " ms");
    }
}
