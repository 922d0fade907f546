package dev.tandem.journal.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

import org.sqlite.SQLiteDataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** Where a test gets an empty database from; every test that asks a database is to run on both. */
public enum TestDatabase {
    SQLITE {
        @Override
        public DataSource fresh(Path folder) {
            var source = new SQLiteDataSource();
            source.setUrl("jdbc:sqlite:" + folder.resolve(UUID.randomUUID() + ".db"));
            return source;
        }

        /** The same: the journal itself sees to it. */
        @Override
        public DataSource durable(Path folder) {
            return fresh(folder);
        }
    },
    POSTGRESQL {
        @Override
        public DataSource fresh(Path folder) {
            return schema(Quick.SERVER);
        }

        @Override
        public DataSource durable(Path folder) {
            return schema(Durable.SERVER);
        }
    };

    /** An empty one that need not outlive its process. */
    public abstract DataSource fresh(Path folder);

    /** An empty one that keeps what it has acknowledged, as one in service does: what is durable is written to the disk. */
    public abstract DataSource durable(Path folder);

    private static DataSource schema(EmbeddedPostgres server) {
        var name = "t" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return server.getDatabase("postgres", "postgres", Map.of("currentSchema", name));
    }

    private static EmbeddedPostgres start(EmbeddedPostgres.Builder how) {
        try {
            return how.setServerConfig("max_connections", "300").start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One server for all tests of a run that ask for it; it ends with the process. */
    private static final class Quick {
        private static final EmbeddedPostgres SERVER = start(EmbeddedPostgres.builder());
    }

    /** Durability as installed, fsync on. */
    private static final class Durable {
        private static final EmbeddedPostgres SERVER = start(EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on"));
    }
}
