package dev.tandem.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
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
    /** As many texts that were put off go together with others; a longer row of them would hardly come a second time. */
    private static final int TOGETHER = 6;

    private final Connection connection;
    private final boolean defers;
    /** Prepared statements that nobody uses just now, the latest last. */
    private final Map<String, Prepared> kept = new LinkedHashMap<>();

    private final List<Group> deferred = new ArrayList<>();
    /** The index of the group in which the last deferred statement of a row stands. */
    private final Map<Object, Integer> last = new HashMap<>();

    /**
     * A statement with the types of its parameters as they came last, or 0: what is absent goes as the same type as what is
     * there, otherwise PostgreSQL would have to prepare it anew whenever one follows the other.
     */
    private record Prepared(PreparedStatement statement, int[] types) {}

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

    /** Sets the parameters of statements that stand behind others. */
    @FunctionalInterface
    public interface Binding {
        /** Sets them all. @param first the index of the first one */
        void bind(PreparedStatement statement, int first) throws SQLException;
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
        return with(sql, prepared -> {
            bind(prepared, 0, values);
            return prepared.statement().executeUpdate();
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
            with(group.sql(), prepared -> {
                var statement = prepared.statement();
                for (var values : group.values()) {
                    bind(prepared, 0, values);
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

    /**
     * Runs what was put off, and these statements behind it; all of it in one round trip to the database where little was put
     * off. Only for who ends the transaction, on PostgreSQL.
     *
     * @param last statements with semicolons between them
     */
    public void flushWith(String last, Binding values) throws SQLException {
        boolean together = deferred.size() <= TOGETHER
                && deferred.stream().allMatch(group -> group.values().size() == 1);
        if (!together) {
            flush();
        }
        var texts = new StringBuilder();
        deferred.forEach(group -> texts.append(group.sql()).append("; "));
        with(texts.append(last).toString(), prepared -> {
            int bound = 0;
            for (var group : deferred) {
                var own = group.values().get(0);
                bind(prepared, bound, own);
                bound += own.length;
            }
            values.bind(prepared.statement(), bound + 1);
            return prepared.statement().execute();
        });
        forget();
    }

    /** Whether anything was put off. */
    public boolean defers() {
        return !deferred.isEmpty();
    }

    /** Lets go of what was put off: its transaction has come to nothing. */
    public void forget() {
        deferred.clear();
        last.clear();
    }

    /** All rows of a query, or of a statement with RETURNING. */
    public <T> List<T> all(String sql, Row<T> reader, Object... values) throws SQLException {
        flush();
        return with(sql, prepared -> {
            bind(prepared, 0, values);
            try (var rows = prepared.statement().executeQuery()) {
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
        return with(sql, prepared -> {
            bind(prepared, 0, values);
            try (var rows = prepared.statement().executeQuery()) {
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
        T of(Prepared prepared) throws SQLException;
    }

    /** Preparing costs as much as running it, so some are kept. One that fails is not. */
    private <T> T with(String sql, Use<T> use) throws SQLException {
        var found = kept.remove(sql);
        var prepared = found == null ? prepare(sql) : found;
        var done = false;
        try {
            var result = use.of(prepared);
            done = true;
            return result;
        } finally {
            if (!done || kept.putIfAbsent(sql, prepared) != null) {
                prepared.statement().close();
            }
            if (kept.size() > KEPT) {
                var eldest = kept.values().iterator();
                var old = eldest.next();
                eldest.remove();
                old.statement().close();
            }
        }
    }

    private Prepared prepare(String sql) throws SQLException {
        return new Prepared(
                connection.prepareStatement(sql),
                new int[(int) sql.chars().filter(one -> one == '?').count()]);
    }

    private static void bind(Prepared prepared, int before, Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(prepared, before + i + 1, values[i]);
        }
    }

    private static void bind(Prepared prepared, int index, Object value) throws SQLException {
        var statement = prepared.statement();
        var types = prepared.types();
        if (value instanceof Optional<?> optional) {
            if (optional.isPresent()) {
                bind(prepared, index, optional.get());
            } else {
                statement.setNull(index, types[index - 1]);
            }
        } else if (value instanceof Instant instant) {
            statement.setLong(index, instant.toEpochMilli());
            types[index - 1] = Types.BIGINT;
        } else if (value instanceof Boolean flag) {
            statement.setInt(index, flag ? 1 : 0);
            types[index - 1] = Types.INTEGER;
        } else if (value instanceof Number number) {
            statement.setLong(index, number.longValue());
            types[index - 1] = Types.BIGINT;
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
            types[index - 1] = Types.BINARY;
        } else {
            statement.setString(index, value.toString());
            types[index - 1] = Types.VARCHAR;
        }
    }
}
