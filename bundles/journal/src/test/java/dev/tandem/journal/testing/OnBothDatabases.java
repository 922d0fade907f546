package dev.tandem.journal.testing;

import javax.sql.DataSource;

import org.junit.Rule;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameter;
import org.junit.runners.Parameterized.Parameters;

/** A test that runs on SQLite and on PostgreSQL. */
@RunWith(Parameterized.class)
public abstract class OnBothDatabases {
    @Parameters(name = "{0}")
    public static TestDatabase[] databases() {
        return TestDatabase.values();
    }

    @Parameter
    public TestDatabase database;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** An empty one that need not outlive its process. */
    protected final DataSource fresh() {
        return database.fresh(folder.getRoot().toPath());
    }

    /** An empty one that keeps what it has acknowledged. */
    protected final DataSource durable() {
        return database.durable(folder.getRoot().toPath());
    }
}
