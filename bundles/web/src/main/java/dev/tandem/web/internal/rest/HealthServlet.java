package dev.tandem.web.internal.rest;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletPattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.journal.Node;
import dev.tandem.journal.Nodes;
import dev.tandem.journal.StorageException;
import dev.tandem.platform.Agent;
import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.Callers;
import dev.tandem.web.internal.Drain;
import dev.tandem.web.internal.Mappers;
import dev.tandem.web.internal.admin.HealthChecks;

/**
 * Says whether this node can work: 200 {@code up}, or 503 {@code down} or {@code draining}. Strangers hear that one word,
 * administrators also every check.
 */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect(Contexts.PAGES)
@HttpWhiteboardServletName("tandem-health")
@HttpWhiteboardServletPattern("/health")
public final class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Health(String status, Optional<String> node, Optional<List<HealthChecks.Check>> checks) {}

    private final transient Callers callers;
    private final transient HealthChecks health;
    private final transient Drain drain;
    private final transient ObjectMapper mapper = Mappers.house();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile Nodes nodes;

    @Activate
    public HealthServlet(@Reference Callers callers, @Reference HealthChecks health, @Reference Drain drain) {
        this.callers = callers;
        this.health = health;
        this.drain = drain;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var report = health.report();
        var self = Optional.ofNullable(nodes).map(Nodes::self);
        var status = report.status() == HealthChecks.Status.DOWN ? "down" : drain.isUnderWay() ? "draining" : "up";
        boolean detailed = asksAdministrator(request);
        var bytes = mapper.writeValueAsBytes(
                detailed
                        ? new Health(status, self.map(Node::name), Optional.of(report.checks()))
                        : new Health(status, Optional.empty(), Optional.empty()));
        SecurityHeaders.data(response);
        response.setStatus(
                status.equals("up") ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private boolean asksAdministrator(HttpServletRequest request) {
        try {
            return callers.recognise(new RequestCredentials(request)) instanceof Caller.OfAgent known
                    && known.agent().has(Agent.Role.ADMINISTRATOR);
        } catch (StorageException | ProblemException e) {
            return false; // which the checks tell better
        }
    }
}
