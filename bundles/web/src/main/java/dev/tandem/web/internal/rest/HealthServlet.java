package dev.tandem.web.internal.rest;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletPattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.journal.Database;
import dev.tandem.journal.Journal;
import dev.tandem.journal.StorageException;
import dev.tandem.platform.Agent;
import dev.tandem.web.Caller;
import dev.tandem.web.internal.Callers;
import dev.tandem.web.internal.Mappers;
import dev.tandem.web.internal.Startup;
import dev.tandem.web.internal.Threads;

/** Says whether this node can work. Strangers hear yes or no, administrators also what is missing. */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect(Contexts.PAGES)
@HttpWhiteboardServletName("tandem-health")
@HttpWhiteboardServletPattern("/health")
public final class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final long PATIENCE_SECONDS = 2;
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Health(String status, Optional<Map<String, String>> checks) {}

    private record Checked(long at, Map<String, String> checks) {}

    private final transient Callers callers;
    private final transient Startup startup;
    private final transient ObjectMapper mapper = Mappers.house();
    private final transient ExecutorService checker = Executors.newSingleThreadExecutor(Threads.named("tandem-health"));
    private transient volatile Optional<Checked> last = Optional.empty();

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private transient volatile Database database;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private transient volatile Journal journal;

    @Activate
    public HealthServlet(@Reference Callers callers, @Reference Startup startup) {
        this.callers = callers;
        this.startup = startup;
    }

    @Deactivate
    void deactivate() {
        checker.shutdownNow();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var checks = checks();
        boolean up = checks.values().stream().allMatch("up"::equals);
        boolean detailed = asksAdministrator(request);
        var bytes = mapper.writeValueAsBytes(
                new Health(up ? "up" : "down", detailed ? Optional.of(checks) : Optional.empty()));
        SecurityHeaders.data(response);
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private boolean asksAdministrator(HttpServletRequest request) {
        try {
            return callers.recognise(new RequestCredentials(request)) instanceof Caller.OfAgent known
                    && known.agent().has(Agent.Role.ADMINISTRATOR);
        } catch (StorageException e) {
            return false; // which the checks tell better
        }
    }

    /** Asks at most once a second while all is well, since anybody may call. */
    private Map<String, String> checks() {
        long now = System.nanoTime();
        var known = last;
        if (known.isPresent()
                && now - known.get().at() < FRESH_NANOS
                && !known.get().checks().containsValue("down")) {
            return known.get().checks();
        }
        var checks = new TreeMap<String, String>();
        checks.put("start", startup.isFinished() ? "up" : "down");
        checks.put("journal", journal == null ? "down" : "up");
        checks.put("database", answers(database) ? "up" : "down");
        last = Optional.of(new Checked(now, checks));
        return checks;
    }

    private boolean answers(Database asked) {
        if (asked == null) {
            return false;
        }
        Callable<Boolean> ask = () -> asked.read(
                sql -> sql.first("SELECT 1 AS one", row -> row.getInt("one")).isPresent());
        try {
            return checker.submit(ask).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log("The database does not answer", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
