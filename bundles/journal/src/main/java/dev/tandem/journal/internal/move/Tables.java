package dev.tandem.journal.internal.move;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.tandem.journal.Sql;
import dev.tandem.journal.internal.Unable;

/** The tables of both databases, and how they fit. */
final class Tables {
    /** Of one database or one node only: its lock, its moves, which files made its tables, which nodes live. */
    private static final Set<String> NOT_MOVED =
            Set.of("journal_lock", "journal_move", "journal_migration", "journal_node");

    /** A column by its name here and there, and its type there. */
    record Column(String from, String to, String type) {}

    /** A table and how many rows it has. */
    record Table(String from, String to, List<Column> columns, long rows) {}

    private record There(String table, String column, String type) {}

    private Tables() {}

    /** The tables that are to be copied, in the order in which they were made, so that what refers comes later. */
    static List<Table> matched(Sql from, Sql to) throws SQLException {
        var there = new LinkedHashMap<String, Map<String, There>>();
        for (var one : to.all(
                "SELECT table_name, column_name, data_type FROM information_schema.columns"
                        + " WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position",
                row -> new There(row.getString(1), row.getString(2), row.getString(3)))) {
            there.computeIfAbsent(lower(one.table()), t -> new LinkedHashMap<>())
                    .put(lower(one.column()), one);
        }
        var tables = new ArrayList<Table>();
        for (var name : names(from)) {
            if (!NOT_MOVED.contains(lower(name))) {
                tables.add(matched(from, name, there.getOrDefault(lower(name), Map.of())));
            }
        }
        return tables;
    }

    private static Table matched(Sql from, String name, Map<String, There> there) throws SQLException {
        if (there.isEmpty()) {
            throw new Unable(
                    "The table " + name + " was made by no part of Tandem that runs here, so nobody can make it on"
                            + " PostgreSQL. Install the part it belongs to, or drop it.");
        }
        var columns = new ArrayList<Column>();
        for (var column : from.all("SELECT name FROM pragma_table_info(?)", row -> row.getString(1), name)) {
            var twin = there.get(lower(column));
            if (twin == null) {
                throw new Unable(
                        "The table " + name + " has a column " + column + " that it does not have on PostgreSQL.");
            }
            columns.add(new Column(column, twin.column(), twin.type()));
        }
        var rows = from.first("SELECT COUNT(*) FROM " + quoted(name), row -> row.getLong(1));
        var table = there.values().iterator().next().table();
        return new Table(name, table, columns, rows.orElseThrow());
    }

    private static List<String> names(Sql from) throws SQLException {
        return from.all(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
                row -> row.getString(1));
    }

    /** All tables of the database that is moved to, by any name. */
    static List<String> ofTarget(Sql to) throws SQLException {
        return to.all(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
                        + " ORDER BY table_name",
                row -> row.getString(1));
    }

    static String list(List<Column> columns, Function<Column, String> name) {
        return columns.stream().map(name).map(Tables::quoted).collect(Collectors.joining(", "));
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
