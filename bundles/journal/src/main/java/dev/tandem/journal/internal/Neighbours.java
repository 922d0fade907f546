package dev.tandem.journal.internal;

import java.util.UUID;

import dev.tandem.journal.Database.Dialect;
import dev.tandem.platform.SiteId;

/** The other nodes on the same database, as far as they are told of something and heard. On SQLite there are none. */
interface Neighbours {
    void appended(SiteId site, long position);

    void announced(SiteId site, String what);

    /** Tells what is still to be told, and ends. */
    void stop();

    /** Heard from now on. */
    static Neighbours of(SqlDatabase database, Echo.Ears ears) {
        return database.dialect() == Dialect.SQLITE ? new Alone() : new OnPostgres(database, ears);
    }

    /** A node that is always alone. */
    record Alone() implements Neighbours {
        @Override
        public void appended(SiteId site, long position) {}

        @Override
        public void announced(SiteId site, String what) {}

        @Override
        public void stop() {}
    }

    /** Several nodes on PostgreSQL. */
    final class OnPostgres implements Neighbours {
        private final Doorbell doorbell;
        private final Echo echo;

        OnPostgres(SqlDatabase database, Echo.Ears ears) {
            // No more than a mark to know one's own knocks by.
            var mark = UUID.randomUUID();
            this.doorbell = new Doorbell(database, mark);
            this.echo = new Echo(database, mark, ears);
            doorbell.start();
            echo.start();
        }

        @Override
        public void appended(SiteId site, long position) {
            doorbell.appended(site, position);
        }

        @Override
        public void announced(SiteId site, String what) {
            doorbell.announced(site, what);
        }

        @Override
        public void stop() {
            echo.stop();
            doorbell.stop();
        }
    }
}
