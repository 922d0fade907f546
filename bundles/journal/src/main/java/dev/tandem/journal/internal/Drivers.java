package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Properties;
import javax.sql.DataSource;

import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.jdbc.DataSourceFactory;

/** Opens databases other than the node's own, by the drivers that are installed. */
@Component(service = Drivers.class)
public final class Drivers {
    /** A driver by the class that it is known by. */
    private static final String SQLITE = "org.sqlite.JDBC";

    private static final String POSTGRESQL = "org.postgresql.Driver";

    private final BundleContext context;

    @Activate
    public Drivers(BundleContext context) {
        this.context = context;
    }

    /** A file of SQLite. */
    public DataSource sqlite(java.nio.file.Path file) {
        var properties = new Properties();
        properties.setProperty(DataSourceFactory.JDBC_URL, "jdbc:sqlite:" + file);
        return open(SQLITE, "SQLite", properties);
    }

    /** A database of PostgreSQL. */
    public DataSource postgres(String url, String user, String password) {
        var properties = new Properties();
        // Rows of a batch in one statement.
        properties.setProperty(
                DataSourceFactory.JDBC_URL, url + (url.contains("?") ? "&" : "?") + "reWriteBatchedInserts=true");
        properties.setProperty(DataSourceFactory.JDBC_USER, user);
        properties.setProperty(DataSourceFactory.JDBC_PASSWORD, password);
        return open(POSTGRESQL, "PostgreSQL", properties);
    }

    private DataSource open(String driver, String name, Properties properties) {
        try {
            var found = references(driver);
            for (var reference : found) {
                var factory = context.getService(reference);
                if (factory != null) {
                    try {
                        return factory.createDataSource(properties);
                    } finally {
                        context.ungetService(reference);
                    }
                }
            }
            throw new Unable("The JDBC driver of " + name + " is not installed.");
        } catch (SQLException e) {
            throw new Unable("The JDBC driver of " + name + " does not take this: " + e.getMessage(), e);
        }
    }

    private Collection<ServiceReference<DataSourceFactory>> references(String driver) {
        try {
            return context.getServiceReferences(
                    DataSourceFactory.class, "(" + DataSourceFactory.OSGI_JDBC_DRIVER_CLASS + "=" + driver + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
