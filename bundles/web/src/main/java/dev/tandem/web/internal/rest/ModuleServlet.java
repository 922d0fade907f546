package dev.tandem.web.internal.rest;

import java.io.IOException;
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

import dev.tandem.web.Problem;
import dev.tandem.web.internal.modules.ModuleExtender;

/** Serves {@code /m/NAME/HASH/file}. */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect(Contexts.MODULES)
@HttpWhiteboardServletName("tandem-modules")
@HttpWhiteboardServletPattern("/*")
public final class ModuleServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final int PARTS = 4;

    private final transient ModuleExtender modules;

    @Activate
    public ModuleServlet(@Reference ModuleExtender modules) {
        this.modules = modules;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = request.getPathInfo() == null ? "" : request.getPathInfo();
        var parts = path.split("/", PARTS); // "", NAME, HASH, file
        var found = parts.length < PARTS
                ? java.util.Optional.<ModuleExtender.File>empty()
                : modules.file(parts[1], parts[2], parts[3]);
        if (found.isEmpty()) {
            ProblemWriter.write(Problem.unknown(), response);
            return;
        }
        send(found.get(), request, response);
    }

    private static void send(ModuleExtender.File file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        SecurityHeaders.file(response);
        response.setContentType(file.type());
        byte[] bytes;
        if (file.gzip().isPresent() && takesGzip(request.getHeader("Accept-Encoding"))) {
            response.setHeader("Content-Encoding", "gzip");
            bytes = file.gzip().get();
        } else {
            bytes = file.plain().bytes();
        }
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static boolean takesGzip(String accept) {
        return accept != null
                && accept.contains("gzip")
                && !accept.replace(" ", "").contains("gzip;q=0,")
                && !accept.replace(" ", "").endsWith("gzip;q=0");
    }
}
