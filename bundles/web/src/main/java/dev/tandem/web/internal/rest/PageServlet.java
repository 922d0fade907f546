package dev.tandem.web.internal.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletPattern;

import dev.tandem.web.internal.Languages;
import dev.tandem.web.internal.Origins;
import dev.tandem.web.internal.WebConfig;
import dev.tandem.web.internal.modules.ModuleExtender;

/**
 * Serves pages, and what nobody else serves. It finds the page itself, so that a page that comes or goes changes no
 * servlet; as the default servlet it gives way to any path that another bundle of the platform takes.
 */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect(Contexts.PAGES)
@HttpWhiteboardServletName("tandem-pages")
@HttpWhiteboardServletPattern("/")
public final class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient ModuleExtender modules;
    private final transient WebConfig config;

    @Activate
    public PageServlet(@Reference ModuleExtender modules, @Reference WebConfig config) {
        this.modules = modules;
        this.config = config;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = request.getRequestURI();
        var language = Languages.best(request.getHeader("Accept-Language"));
        var values = config.values();
        var sockets =
                Origins.sockets(Optional.ofNullable(request.getHeader("Host")), request.isSecure(), values.publicUrl());
        var ancestors = values.frameAncestors();
        var page = modules.page(path, language, sockets, ancestors)
                .orElseGet(() -> modules.notFound(language, sockets, ancestors));
        response.setStatus(page.status());
        if (page.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", "5");
        }
        SecurityHeaders.page(response, page.policy());
        var bytes = page.html().getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/html; charset=utf-8");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
