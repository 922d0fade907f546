package dev.tandem.web.internal.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import javax.servlet.ReadListener;
import javax.servlet.Servlet;
import javax.servlet.ServletConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletInputStream;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;
import javax.servlet.http.HttpServletResponse;

import org.apache.cxf.transport.http.DestinationRegistry;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.apache.cxf.transport.servlet.ServletController;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.http.whiteboard.Preprocessor;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletPattern;

import dev.tandem.web.Problem;
import dev.tandem.web.internal.Origins;
import dev.tandem.web.internal.Problems;
import dev.tandem.web.internal.WebConfig;

/** The REST door: security headers, foreign pages turned away, bodies bounded, but for resources that do so themselves; then CXF. */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect(Contexts.API)
@HttpWhiteboardServletName("tandem-api")
@HttpWhiteboardServletPattern("/*")
public final class ApiServlet extends CXFNonSpringServlet {
    private static final long serialVersionUID = 1;
    private static final int LARGEST_BODY = 64 * 1024;
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final transient WebConfig config;
    private final transient Served served;

    @Activate
    public ApiServlet(
            @Reference RestBus bus,
            @Reference WebConfig config,
            @Reference Served served,
            // Nothing is answered before it stands: neither would a proxy be believed, nor a node that starts say so.
            @Reference(target = "(component.name=dev.tandem.web.internal.rest.Gate)") Preprocessor gate) {
        super(null, bus.bus());
        this.config = config;
        this.served = served;
    }

    @Override
    public void service(ServletRequest anyRequest, ServletResponse anyResponse) throws ServletException, IOException {
        var request = (HttpServletRequest) anyRequest;
        var response = (HttpServletResponse) anyResponse;
        SecurityHeaders.data(response);
        boolean streams = served.streams(request.getPathInfo());
        // What is asked for in a header may be no safer than what is asked for without it.
        var meant = streams ? new StreamedRequest(request) : request;
        if (SAFE.contains(request.getMethod()) && SAFE.contains(meant.getMethod())) {
            toCxf(meant, response);
        } else if (isForeign(request)) {
            ProblemWriter.write(
                    new Problem(403, "foreign-origin", "A page of another origin may not do this."), response);
        } else if (streams) {
            try (var wide = WideReads.begin()) {
                toCxf(meant, response);
            }
        } else {
            withBody(request, response);
        }
    }

    /** By CXF's own way in: the one of servlets knows no PATCH. */
    private void toCxf(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        var answer = new Answer(request, response);
        // The types choose the way: with those of HTTP it would be that of servlets.
        ServletRequest asked = request;
        ServletResponse answered = answer;
        super.service(asked, answered);
        answer.finish();
    }

    /** Only what a browser adds by itself can be misused by another page; a bearer token it never adds. */
    private boolean isForeign(HttpServletRequest request) {
        var authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return false;
        }
        return Origins.foreign(Gate.asked(request), config.values().publicUrl());
    }

    private void withBody(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > LARGEST_BODY) {
            tooLarge(response);
            return;
        }
        var body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            tooLarge(response);
        } else {
            toCxf(new Read(request, body), response);
        }
    }

    private static void tooLarge(HttpServletResponse response) throws IOException {
        response.setHeader("Connection", "close"); // the rest of the body is not read
        ProblemWriter.write(Problems.tooLarge(), response);
    }

    /** The bus is its own component's; the servlet may go and come back. */
    @Override
    public void destroyBus() {
        // nothing
    }

    @Override
    protected ServletController createServletController(ServletConfig servletConfig) {
        return new Controller(getDestinationRegistryFromBusOrDefault(null), servletConfig);
    }

    /** CXF's way from a path to an endpoint, without its pages in HTML. */
    private static final class Controller extends ServletController {
        Controller(DestinationRegistry registry, ServletConfig config) {
            super(registry, config, new NoList());
            isHideServiceList = true;
            disableAddressUpdates = true;
        }

        /** Asks first, since CXF logs a warning for each path that nobody has. */
        @Override
        public boolean invoke(HttpServletRequest request, HttpServletResponse response, boolean returnErrors)
                throws ServletException {
            var path = request.getPathInfo();
            if (path != null && destinationRegistry.checkRestfulRequest(path) != null) {
                return super.invoke(request, response, returnErrors);
            }
            try {
                generateNotFound(request, response);
                return false;
            } catch (IOException e) {
                throw new ServletException(e);
            }
        }

        @Override
        protected void generateNotFound(HttpServletRequest request, HttpServletResponse response) throws IOException {
            ProblemWriter.write(Problem.unknown(), response);
        }
    }

    /** In place of CXF's list of services, which is hidden but must be there. */
    private static final class NoList extends HttpServlet {
        private static final long serialVersionUID = 1;
    }

    /** A request whose body has been read. */
    private static final class Read extends HttpServletRequestWrapper {
        private final byte[] body;

        Read(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Body(new ByteArrayInputStream(body));
        }
    }

    private static final class Body extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Body(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] to, int from, int length) {
            return bytes.read(to, from, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body has been read; there is nothing to wait for");
        }
    }
}
