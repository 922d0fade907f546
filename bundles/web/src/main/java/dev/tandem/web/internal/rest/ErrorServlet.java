package dev.tandem.web.internal.rest;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import javax.servlet.RequestDispatcher;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletErrorPage;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletName;

import dev.tandem.web.internal.Problems;
import dev.tandem.web.internal.Startup;

/**
 * What the web server would say in a page of its own, with class names in it, as a problem. While the node starts this
 * servlet may stand before the gate does: what is not found then may well be there in a second.
 */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=tandem*)")
@HttpWhiteboardServletName("tandem-errors")
@HttpWhiteboardServletErrorPage(errorPage = {"4xx", "5xx", "java.lang.Throwable"})
public final class ErrorServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient BooleanSupplier started;

    @Activate
    public ErrorServlet(@Reference Startup startup) {
        this(startup::isFinished);
    }

    ErrorServlet(BooleanSupplier started) {
        this.started = started;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        var failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        if (failure instanceof Throwable thrown) {
            ProblemWriter.write(Problems.of(thrown, false), response);
        } else if (Integer.valueOf(HttpServletResponse.SC_NOT_FOUND).equals(status) && !started.getAsBoolean()) {
            ProblemWriter.write(Gate.STARTING, response);
        } else {
            ProblemWriter.write(Problems.status(status instanceof Integer code ? code : 500), response);
        }
    }
}
