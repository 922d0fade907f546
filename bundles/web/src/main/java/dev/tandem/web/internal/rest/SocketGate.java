package dev.tandem.web.internal.rest;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;
import javax.servlet.http.HttpServletResponse;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.http.whiteboard.Preprocessor;

import dev.tandem.web.Problem;
import dev.tandem.web.internal.Origins;
import dev.tandem.web.internal.WebConfig;

/**
 * Stands before our sockets: a page of another origin is turned away with 403 at the handshake. Pax Web ignores a
 * WebSocket's own configurator, so the check cannot stand there. It also takes the offer of compression out, which would
 * cost time and memory on frames that are compressed already.
 */
@Component(service = Preprocessor.class)
public final class SocketGate implements Preprocessor {
    private static final Set<String> PATHS = Set.of("/live", "/media");
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

    private final WebConfig config;

    @Activate
    public SocketGate(@Reference WebConfig config) {
        this.config = config;
    }

    @Override
    public void init(FilterConfig filterConfig) {
        // nothing to set up
    }

    @Override
    public void doFilter(ServletRequest anyRequest, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var request = (HttpServletRequest) anyRequest;
        if (!PATHS.contains(request.getRequestURI())) {
            chain.doFilter(request, response);
            return;
        }
        var answer = (HttpServletResponse) response;
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            ProblemWriter.write(new Problem(426, "websocket-needed", "This is a WebSocket."), answer);
        } else if (Origins.foreign(
                request.getHeader("Origin"),
                request.getHeader("Sec-Fetch-Site"),
                request.getHeader("Host"),
                config.values().publicUrl())) {
            ProblemWriter.write(
                    new Problem(403, "foreign-origin", "A page of another origin may not do this."), answer);
        } else {
            chain.doFilter(new Uncompressed(request), response);
        }
    }

    @Override
    public void destroy() {
        // nothing to tear down
    }

    private static final class Uncompressed extends HttpServletRequestWrapper {
        Uncompressed(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getHeader(String name) {
            return EXTENSIONS.equalsIgnoreCase(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return EXTENSIONS.equalsIgnoreCase(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                    .filter(name -> !EXTENSIONS.equalsIgnoreCase(name))
                    .toList());
        }
    }
}
