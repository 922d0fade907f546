package dev.tandem.journal.internal;

import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import org.junit.Test;

import dev.tandem.journal.Database;
import dev.tandem.journal.testing.OnBothDatabases;
import dev.tandem.journal.testing.TestDatabase;

/** PostgreSQL plans a statement once, and the first time while the tables are empty. */
public class PlansTest extends OnBothDatabases {
    private static final String CHANGE = "UPDATE planned SET state = ? WHERE site = ? AND item = ?";

    @Test
    public void aPlanForAnEmptyTableDoesNotLast() {
        assumeTrue("SQLite takes the whole key by itself", database == TestDatabase.POSTGRESQL);
        var made = new SqlDatabase(durable());
        try {
            // Wide, so that few rows are expected in what is empty.
            made.write(sql -> sql.update("CREATE TABLE planned (site TEXT NOT NULL, item TEXT NOT NULL, at BIGINT,"
                    + " state TEXT, a TEXT, b TEXT, c TEXT, d TEXT, e TEXT, f TEXT, g TEXT, h TEXT,"
                    + " PRIMARY KEY (site, item))"));
            made.write(sql -> sql.update("CREATE INDEX planned_at ON planned (site, at)"));
            change(made, 10);
            made.write(sql -> sql.update(
                    "INSERT INTO planned SELECT 'acme', n::text, n, 'NEW' FROM generate_series(1, 5000) AS n"));
            change(made, 100);
            assertTrue(plan(made), plan(made).contains("planned_pkey"));
        } finally {
            made.close();
        }
    }

    private static void change(Database made, int times) {
        for (int i = 0; i < times; i++) {
            var item = String.valueOf(i);
            made.write(sql -> sql.update(CHANGE, "CHANGED", "acme", item));
        }
    }

    /** How the statement is run that was prepared. */
    private static String plan(Database made) {
        return made.write(sql -> {
            var name = sql.first(
                            "SELECT name FROM pg_prepared_statements WHERE statement LIKE 'UPDATE planned SET%'",
                            row -> row.getString(1))
                    .orElseThrow();
            return String.join(
                    "\n", sql.all("EXPLAIN EXECUTE \"" + name + "\" ('X', 'acme', '1')", row -> row.getString(1)));
        });
    }
}
