package dev.tandem.journal.internal;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The plain inserts of one row, the same in both dialects. Binding starts at {@code first} and returns what follows. */
final class InsertOne {
    static final String EVENT = "INSERT INTO journal_event (site, " + EventRow.COLUMNS + ", batch_hash)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    static final String COMMAND = "INSERT INTO journal_command (site, id, kind, stream, type, accepted, version, body)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    private InsertOne() {}

    /** @param batchHash the hash of the batch on its last event, or null, which is how JDBC says that there is none */
    static int event(PreparedStatement insert, int first, String site, Writes.Hashed event, byte[] batchHash)
            throws SQLException {
        var row = event.row();
        insert.setString(first, site);
        insert.setLong(first + 1, row.position());
        insert.setString(first + 2, row.kind());
        insert.setString(first + 3, row.stream());
        insert.setLong(first + 4, row.version());
        insert.setString(first + 5, row.id());
        insert.setString(first + 6, row.name());
        insert.setLong(first + 7, row.at());
        insert.setString(first + 8, row.actor());
        insert.setString(first + 9, row.command());
        insert.setString(first + 10, row.payload());
        insert.setBytes(first + 11, event.hash());
        insert.setBytes(first + 12, batchHash);
        return first + 13;
    }

    static int command(PreparedStatement insert, int first, String site, StoredAnswer answer) throws SQLException {
        insert.setString(first, site);
        insert.setString(first + 1, answer.command().toString());
        insert.setString(first + 2, answer.kind());
        insert.setString(first + 3, answer.stream().toString());
        insert.setString(first + 4, answer.type());
        insert.setLong(first + 5, answer.accepted() ? 1 : 0);
        insert.setLong(first + 6, answer.version());
        insert.setString(first + 7, answer.body());
        return first + 8;
    }
}
