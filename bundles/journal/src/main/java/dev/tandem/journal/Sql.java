package dev.tandem.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Statements with positional parameters on one connection, within a transaction that somebody else ends. Instants are
 * stored as epoch milliseconds, UUIDs and other values with a text form as text, booleans as 0 and 1, in both dialects.
 */
public final class Sql {
    private static final int KEPT = 128;

    private final Connection connection;
    private final boolean defers;
    /** Prepared statements that nobody uses just now, the latest last. */
    private final Map<String, PreparedStatement> kept = new LinkedHashMap<>();

    private final List<Group> deferred = new ArrayList<>();
    /** The index of the group in which the last deferred statement of a row stands. */
    private final Map<Object, Integer> last = new HashMap<>();

    /** Deferred statements of the same text. */
    private record Group(String sql, List<Object[]> values) {}

    /**
     * Statements on that connection; whoever opened it ends its transaction and closes it. Prepared statements are kept until
     * then, so a connection that lives on needs one of these, not one for each question.
     */
    public Sql(Connection connection) {
        this(connection, false);
    }

    /**
     * The same.
     *
     * @param defers whether {@link #later} waits, since a round trip to the database costs more than the statement
     */
    public Sql(Connection connection, boolean defers) {
        this.connection = connection;
        this.defers = defers;
    }

    /** Makes one object of a row. */
    @FunctionalInterface
    public interface Row<T> {
        /** The object of the row that the cursor stands on; it must not move the cursor. */
        T read(ResultSet row) throws SQLException;
    }

    /** Runs an insert, update or delete and tells how many rows it touched. */
    public int update(String sql, Object... values) throws SQLException {
        flush();
        return with(sql, statement -> {
            bind(statement, values);
            return statement.executeUpdate();
        });
    }

    /**
     * Runs an insert, update or delete, at the latest before anything else is asked by this object and before the transaction
     * ends. Many of the same text go to the database at once, so those of different rows may change places; a failure may come
     * with whatever is run next.
     *
     * @param row whose statements keep their order among each other
     */
    public void later(Object row, String sql, Object... values) throws SQLException {
        if (!defers) {
            update(sql, values);
            return;
        }
        int at = last.getOrDefault(row, 0);
        while (at < deferred.size() && !deferred.get(at).sql().equals(sql)) {
            at++;
        }
        if (at == deferred.size()) {
            deferred.add(new Group(sql, new ArrayList<>()));
        }
        deferred.get(at).values().add(values);
        last.put(row, at);
    }

    /** Runs what was put off. */
    public void flush() throws SQLException {
        if (deferred.isEmpty()) {
            return;
        }
        for (var group : List.copyOf(deferred)) {
            with(group.sql(), statement -> {
                for (var values : group.values()) {
                    bind(statement, values);
                    if (group.values().size() > 1) {
                        statement.addBatch();
                    }
                }
                return group.values().size() > 1 ? statement.executeBatch().length : statement.executeUpdate();
            });
        }
        // Not before: if one fails, whoever goes on all the same must not commit without the others.
        forget();
    }

    /** Lets go of what was put off: its transaction has come to nothing. */
    public void forget() {
        deferred.clear();
        last.clear();
    }

    /** All rows of a query, or of a statement with RETURNING. */
    public <T> List<T> all(String sql, Row<T> reader, Object... values) throws SQLException {
        flush();
        return with(sql, statement -> {
            bind(statement, values);
            try (var rows = statement.executeQuery()) {
                var list = new ArrayList<T>();
                while (rows.next()) {
                    list.add(reader.read(rows));
                }
                return list;
            }
        });
    }

    /** The first row of a query, if there is one. */
    public <T> Optional<T> first(String sql, Row<T> reader, Object... values) throws SQLException {
        flush();
        return with(sql, statement -> {
            bind(statement, values);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
            }
        });
    }

    /** An instant, which is stored as epoch milliseconds. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    /** A UUID, which is stored as text. */
    public static UUID uuid(ResultSet row, String column) throws SQLException {
        return UUID.fromString(row.getString(column));
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /** Preparing costs as much as running it, so some are kept. One that fails is not. */
    private <T> T with(String sql, Use<T> use) throws SQLException {
        var found = kept.remove(sql);
        var statement = found == null ? connection.prepareStatement(sql) : found;
        var done = false;
        try {
            var result = use.of(statement);
            done = true;
            return result;
        } finally {
            if (!done || kept.putIfAbsent(sql, statement) != null) {
                statement.close();
            }
            if (kept.size() > KEPT) {
                var eldest = kept.values().iterator();
                var old = eldest.next();
                eldest.remove();
                old.close();
            }
        }
    }

    private static void bind(PreparedStatement statement, Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
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
