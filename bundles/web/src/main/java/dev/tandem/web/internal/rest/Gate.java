package dev.tandem.web.internal.rest;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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
import dev.tandem.web.internal.Drain;
import dev.tandem.web.internal.Origins;
import dev.tandem.web.internal.Startup;
import dev.tandem.web.internal.WebConfig;

/**
 * Stands before everything that this web server serves.
 *
 * <p>What a trusted proxy says of the client holds from here on: address, scheme and host of the request are the client's,
 * for our servlets, resources and sockets and for any other bundle's. Nobody else has to know about proxies.
 *
 * <p>At our sockets a page of another origin is turned away with 403 at the handshake. Pax Web ignores a WebSocket's own
 * configurator, so the check cannot stand there. The offer of compression is taken out, which would cost time and memory on
 * frames that are compressed already.
 *
 * <p>While the node drains nobody gets through, so that the proxy asks another node: nothing was begun for a request that
 * is answered here. While it starts its sockets and paths are not all there yet, and what is not there must not be taken
 * for what does not exist.
 */
@Component(service = Preprocessor.class)
public final class Gate implements Preprocessor {
    private static final Problem DRAINING = new Problem(
            503, "draining", "This node is about to stop; another one answers.", Optional.empty(), Optional.of(1L));
    static final Problem STARTING =
            new Problem(503, "starting", "This node is starting.", Optional.empty(), Optional.of(1L));
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

    private final WebConfig config;
    private final Drain drain;
    private final BooleanSupplier started;

    @Activate
    public Gate(@Reference WebConfig config, @Reference Drain drain, @Reference Startup startup) {
        this(config, drain, startup::isFinished);
    }

    Gate(WebConfig config, Drain drain, BooleanSupplier started) {
        this.config = config;
        this.drain = drain;
        this.started = started;
    }

    @Override
    public void init(FilterConfig filterConfig) {
        // nothing to set up
    }

    @Override
    public void doFilter(ServletRequest anyRequest, ServletResponse anyResponse, FilterChain chain)
            throws IOException, ServletException {
        var values = config.values();
        var request = Proxied.of((HttpServletRequest) anyRequest, values.trustedProxies());
        var response = (HttpServletResponse) anyResponse;
        if (request.isSecure() && isAt(values.publicUrl(), request.getHeader("Host"))) {
            SecurityHeaders.onlyByTls(response);
        }
        var path = path(request.getRequestURI());
        if (drain.isUnderWay() && !isAnswered(path)) {
            ProblemWriter.write(DRAINING, response);
        } else if ((isSocket(path) || path.startsWith("/api/")) && !started.getAsBoolean()) {
            ProblemWriter.write(STARTING, response);
        } else if (!isSocket(path)) {
            chain.doFilter(request, response);
        } else if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            ProblemWriter.write(new Problem(426, "websocket-needed", "This is a WebSocket."), response);
        } else if (Origins.foreign(asked(request), values.publicUrl())) {
            ProblemWriter.write(
                    new Problem(403, "foreign-origin", "A page of another origin may not do this."), response);
        } else {
            chain.doFilter(new Uncompressed(request), response);
        }
    }

    /** The path as servlets are found by it: {@code /li%76e;x} is {@code /live}. */
    private static String path(String uri) {
        try {
            return URLDecoder.decode(uri.replaceAll(";[^/]*", "").replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return uri;
        }
    }

    /** What a node is asked about itself while it drains, and how an administrator takes it back in. */
    private boolean isAnswered(String path) {
        boolean aboutNodes = path.equals("/api/nodes") || path.startsWith("/api/nodes/");
        return path.equals("/health") || aboutNodes && !drain.isForGood();
    }

    private static boolean isSocket(String path) {
        return path.equals("/live") || path.equals("/media") || path.startsWith("/media/");
    }

    /** A host that its administrators have said is reached by TLS. Any other name may have services without it. */
    private static boolean isAt(Optional<URI> publicUrl, String host) {
        return publicUrl
                .filter(url ->
                        "https".equals(url.getScheme()) && url.getAuthority().equalsIgnoreCase(host))
                .isPresent();
    }

    static Origins.Asked asked(HttpServletRequest request) {
        return new Origins.Asked(
                Optional.ofNullable(request.getHeader("Origin")),
                Optional.ofNullable(request.getHeader("Sec-Fetch-Site")),
                Optional.ofNullable(request.getHeader("Host")),
                request.isSecure());
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
