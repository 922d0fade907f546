package dev.tandem.journal.internal.move;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicLong;

import dev.tandem.journal.internal.Course;
import dev.tandem.journal.internal.Session;
import dev.tandem.journal.internal.Unable;
import dev.tandem.journal.internal.move.Tables.Column;
import dev.tandem.journal.internal.move.Tables.Table;

/** Copies one table, in batches that are bounded by rows and by bytes. */
final class TableCopy {
    private static final int ROWS = 500;
    private static final long BYTES = 4_000_000;

    private final Table table;
    private final AtomicLong done = new AtomicLong();
    private long bytes;

    TableCopy(Table table) {
        this.table = table;
    }

    void run(Session from, Session to, Course course) throws SQLException {
        course.at(
                String.format(java.util.Locale.ROOT, "Copying %s, %,d rows", table.from(), table.rows()),
                done::get,
                table.rows());
        var columns = table.columns();
        var marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
        to.sql().update("DELETE FROM " + Tables.quoted(table.to())); // what the files that made it put in
        try (var select = from.connection()
                        .prepareStatement("SELECT " + Tables.list(columns, Column::from) + " FROM "
                                + Tables.quoted(table.from()));
                var insert = to.connection()
                        .prepareStatement("INSERT INTO " + Tables.quoted(table.to()) + " ("
                                + Tables.list(columns, Column::to) + ") VALUES (" + marks + ")");
                var rows = select.executeQuery()) {
            int waiting = 0;
            while (rows.next()) {
                for (int i = 0; i < columns.size(); i++) {
                    value(rows, insert, i + 1, columns.get(i));
                }
                insert.addBatch();
                waiting++;
                if (waiting == ROWS || bytes > BYTES) {
                    flush(insert, waiting, course);
                    waiting = 0;
                }
            }
            flush(insert, waiting, course);
        }
        sequences(to);
        var there = to.sql().first("SELECT COUNT(*) FROM " + Tables.quoted(table.to()), row -> row.getLong(1));
        if (there.orElseThrow() != table.rows()) {
            throw new Unable("Of " + table.rows() + " rows of " + table.from() + " only " + there.orElseThrow()
                    + " have come over.");
        }
    }

    private void flush(PreparedStatement insert, int waiting, Course course) throws SQLException {
        course.check();
        if (waiting > 0) {
            insert.executeBatch();
            done.addAndGet(waiting);
            bytes = 0;
        }
    }

    private void value(ResultSet row, PreparedStatement insert, int index, Column column) throws SQLException {
        switch (column.type()) {
            case "text", "character varying", "character" -> {
                var text = row.getString(index);
                if (text != null) {
                    if (text.indexOf(0) >= 0) {
                        throw new Unable("A text in column " + column.from() + " of " + table.from()
                                + " holds a zero character, which PostgreSQL cannot store.");
                    }
                    bytes += text.length();
                }
                insert.setString(index, text);
            }
            case "bytea" -> {
                var blob = row.getBytes(index);
                bytes += blob == null ? 0 : blob.length;
                insert.setBytes(index, blob);
            }
            case "bigint", "integer", "smallint" -> {
                var number = row.getLong(index);
                if (row.wasNull()) {
                    insert.setNull(index, Types.BIGINT);
                } else {
                    insert.setLong(index, number);
                }
            }
            case "boolean" -> {
                var flag = row.getLong(index) != 0;
                if (row.wasNull()) {
                    insert.setNull(index, Types.BOOLEAN);
                } else {
                    insert.setBoolean(index, flag);
                }
            }
            case "double precision", "real" -> {
                var number = row.getDouble(index);
                if (row.wasNull()) {
                    insert.setNull(index, Types.DOUBLE);
                } else {
                    insert.setDouble(index, number);
                }
            }
            default -> throw new Unable("Column " + column.from() + " of " + table.from() + " is of type "
                    + column.type() + " on PostgreSQL, which a move does not know.");
        }
    }

    /** Numbers that the database itself gives go on after the last one. */
    private void sequences(Session to) throws SQLException {
        for (var column : table.columns()) {
            var sequence = to.sql()
                    .first(
                            "SELECT pg_get_serial_sequence(?, ?)",
                            row -> java.util.Optional.ofNullable(row.getString(1)),
                            Tables.quoted(table.to()),
                            column.to())
                    .flatMap(found -> found);
            if (sequence.isPresent()) {
                to.sql()
                        .all(
                                "SELECT setval(?::regclass, COALESCE(MAX(" + Tables.quoted(column.to())
                                        + "), 0) + 1, false)" + " FROM " + Tables.quoted(table.to()),
                                row -> true,
                                sequence.get());
            }
        }
    }
}
