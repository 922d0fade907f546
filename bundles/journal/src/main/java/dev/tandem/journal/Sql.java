package dev.tandem.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Statements with positional parameters on one connection, within a transaction that somebody else ends. Instants are
 * stored as epoch milliseconds, UUIDs and other values with a text form as text, booleans as 0 and 1, in both dialects.
 */
public final class Sql {
    private final Connection connection;

    /** Statements on that connection; whoever opened it ends its transaction and closes it. */
    public Sql(Connection connection) {
        this.connection = connection;
    }

    /** Makes one object of a row. */
    @FunctionalInterface
    public interface Row<T> {
        /** The object of the row that the cursor stands on; it must not move the cursor. */
        T read(ResultSet row) throws SQLException;
    }

    /** Runs an insert, update or delete and tells how many rows it touched. */
    public int update(String sql, Object... values) throws SQLException {
        try (var statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** All rows of a query, or of a statement with RETURNING. */
    public <T> List<T> all(String sql, Row<T> reader, Object... values) throws SQLException {
        try (var statement = prepare(sql, values);
                var rows = statement.executeQuery()) {
            var list = new ArrayList<T>();
            while (rows.next()) {
                list.add(reader.read(rows));
            }
            return list;
        }
    }

    /** The first row of a query, if there is one. */
    public <T> Optional<T> first(String sql, Row<T> reader, Object... values) throws SQLException {
        try (var statement = prepare(sql, values);
                var rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        }
    }

    /** An instant, which is stored as epoch milliseconds. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    /** A UUID, which is stored as text. */
    public static UUID uuid(ResultSet row, String column) throws SQLException {
        return UUID.fromString(row.getString(column));
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                bind(statement, i + 1, values[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        if (value instanceof Optional<?> optional) {
            if (optional.isPresent()) {
                bind(statement, index, optional.get());
            } else {
                statement.setObject(index, null);
            }
        } else if (value instanceof Instant instant) {
            statement.setLong(index, instant.toEpochMilli());
        } else if (value instanceof Boolean flag) {
            statement.setInt(index, flag ? 1 : 0);
        } else if (value instanceof Number number) {
            statement.setLong(index, number.longValue());
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else {
            statement.setString(index, value.toString());
        }
    }
}
