package dev.tandem.journal.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

import org.sqlite.SQLiteDataSource;

/** The same row by bare JDBC, each in a transaction of its own, with the same settings of durability. */
final class BareInserts {
    private BareInserts() {}

    /** The table of events with its keys, and nothing else. */
    private static String table(String bytes, String end) {
        return "CREATE TABLE IF NOT EXISTS bare (site TEXT NOT NULL, position BIGINT NOT NULL, kind TEXT NOT NULL,"
                + " stream TEXT NOT NULL, version BIGINT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,"
                + " at BIGINT NOT NULL, actor TEXT NOT NULL, command TEXT NOT NULL, payload TEXT NOT NULL, hash "
                + bytes
                + " NOT NULL, batch_hash " + bytes
                + ", PRIMARY KEY (site, position), UNIQUE (site, kind, stream, version))"
                + end;
    }

    static Rate.Writers sharedConnection(Path folder) throws SQLException {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("bare.db"));
        var connection = source.getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute(table("BLOB", " WITHOUT ROWID"));
        }
        var insert = new Insert(connection);
        var lock = new ReentrantLock();
        return number -> () -> {
            lock.lock();
            try {
                insert.once();
            } finally {
                lock.unlock();
            }
        };
    }

    static Rate.Writers ownConnections(DataSource source) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(table("BYTEA", ""));
        }
        var inserts = new Insert[64];
        for (int i = 0; i < inserts.length; i++) {
            inserts[i] = new Insert(source.getConnection());
        }
        return number -> inserts[number]::once;
    }

    /** A bare insert on a connection that commits by itself. */
    private static final class Insert implements Rate.Work {
        private static final AtomicLong POSITION = new AtomicLong();

        private final PreparedStatement statement;
        private final String stream = UUID.randomUUID().toString();
        private final byte[] hash = new byte[32];

        Insert(Connection connection) throws SQLException {
            this.statement =
                    connection.prepareStatement("INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        }

        @Override
        public void once() throws SQLException {
            var position = POSITION.incrementAndGet();
            Arrays.fill(hash, (byte) position);
            statement.setString(1, Rate.SITE.value());
            statement.setLong(2, position);
            statement.setString(3, "talk");
            statement.setString(4, stream);
            statement.setLong(5, position);
            statement.setString(6, UUID.randomUUID().toString());
            statement.setString(7, "talk.said.v1");
            statement.setLong(8, System.currentTimeMillis());
            statement.setString(9, "agent:anna");
            statement.setString(10, UUID.randomUUID().toString());
            statement.setString(11, "{\"number\":" + position + ",\"text\":\"" + Talk.LINE + "\"}");
            statement.setBytes(12, hash);
            statement.setBytes(13, hash);
            statement.executeUpdate();
        }
    }
}
