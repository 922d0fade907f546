package dev.tandem.itests.benchmarks.routing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.tandem.itests.harness.Postgres;

/**
 * A table of jobs and nothing else: a worker claims the first one with SKIP LOCKED, completes it, and inserts another one.
 * Each statement is prepared and commits by itself; each worker has its own connection.
 */
final class SkipLocked implements Contestant {
    private static final String PAYLOAD = "{\"name\":\"Marie Dupont\",\"reason\":\"The printer does not print\"}";

    private final List<Worker> workers = new ArrayList<>();

    SkipLocked(Postgres postgres) throws SQLException {
        try (var connection = postgres.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE bare_job (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                    + " state INTEGER NOT NULL DEFAULT 0, worker TEXT, payload TEXT NOT NULL,"
                    + " made TIMESTAMPTZ NOT NULL DEFAULT now(), claimed TIMESTAMPTZ, done TIMESTAMPTZ)");
            statement.execute("CREATE INDEX bare_job_waiting ON bare_job (id) WHERE state = 0");
        }
        for (int i = 0; i < 64; i++) {
            workers.add(new Worker("worker-" + i, postgres.connect()));
        }
        for (int i = 0; i < 144; i++) {
            workers.get(0).insert();
        }
    }

    private static final class Worker implements Loops.Work {
        private final Connection connection;
        private final PreparedStatement insert;
        private final PreparedStatement claim;
        private final PreparedStatement complete;

        Worker(String name, Connection connection) throws SQLException {
            this.connection = connection;
            insert = connection.prepareStatement("INSERT INTO bare_job (payload) VALUES (?)");
            insert.setString(1, PAYLOAD);
            claim = connection.prepareStatement("UPDATE bare_job SET state = 1, worker = ?, claimed = now()"
                    + " WHERE id = (SELECT id FROM bare_job WHERE state = 0 ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1)"
                    + " RETURNING id, payload");
            claim.setString(1, name);
            complete = connection.prepareStatement("UPDATE bare_job SET state = 2, done = now() WHERE id = ?");
        }

        void insert() throws SQLException {
            insert.executeUpdate();
        }

        @Override
        public void once() throws SQLException {
            try (var rows = claim.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("nothing waits");
                }
                complete.setLong(1, rows.getLong(1));
            }
            complete.executeUpdate();
            insert();
        }
    }

    @Override
    public String name() {
        return "bare SKIP LOCKED";
    }

    @Override
    public double rate(int count, long nanos) throws Exception {
        return Loops.rate(workers::get, count, nanos);
    }

    @Override
    public void close() throws SQLException {
        for (var worker : workers) {
            worker.connection.close();
        }
    }
}
