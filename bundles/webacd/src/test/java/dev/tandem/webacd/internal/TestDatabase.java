package dev.tandem.webacd.internal;

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
    },
    POSTGRESQL {
        @Override
        public DataSource fresh(Path folder) {
            var name = "t" + UUID.randomUUID().toString().replace("-", "");
            try (var connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return Server.POSTGRES.getDatabase("postgres", "postgres", Map.of("currentSchema", name));
        }
    };

    public abstract DataSource fresh(Path folder);

    /** One server for all tests of a run; it ends with the process. */
    private static final class Server {
        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
