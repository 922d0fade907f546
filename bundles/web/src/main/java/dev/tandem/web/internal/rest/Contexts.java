package dev.tandem.web.internal.rest;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.http.context.ServletContextHelper;

/**
 * Our servlet contexts. A web server restarts the whole context, and with it whatever else has that path, when a
 * WebSocket is added; so what must always answer has paths of its own.
 */
final class Contexts {
    static final String API = "(osgi.http.whiteboard.context.name=tandem-api)";
    static final String MODULES = "(osgi.http.whiteboard.context.name=tandem-modules)";
    static final String PAGES = "(osgi.http.whiteboard.context.name=tandem)";

    private Contexts() {}

    @Component(
            service = ServletContextHelper.class,
            scope = ServiceScope.BUNDLE,
            property = {
                "osgi.http.whiteboard.context.name=tandem-api",
                "osgi.http.whiteboard.context.path=/api",
            })
    public static final class Api extends ServletContextHelper {}

    @Component(
            service = ServletContextHelper.class,
            scope = ServiceScope.BUNDLE,
            property = {
                "osgi.http.whiteboard.context.name=tandem-modules",
                "osgi.http.whiteboard.context.path=/m",
            })
    public static final class OfModules extends ServletContextHelper {}

    /** Pages, health and the sockets, which stand at the top. */
    @Component(
            service = ServletContextHelper.class,
            scope = ServiceScope.BUNDLE,
            property = {
                "osgi.http.whiteboard.context.name=tandem",
                "osgi.http.whiteboard.context.path=/",
            })
    public static final class Pages extends ServletContextHelper {}
}
