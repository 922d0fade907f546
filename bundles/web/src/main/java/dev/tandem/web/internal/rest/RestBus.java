package dev.tandem.web.internal.rest;

import org.apache.cxf.Bus;
import org.apache.cxf.bus.CXFBusFactory;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** CXF's bus, in a component of its own: it outlives the servlet and every endpoint. */
@Component(service = RestBus.class)
public final class RestBus {
    private final Bus bus;

    @Activate
    public RestBus() {
        bus = withLoaderOfCxf(() -> new CXFBusFactory().createBus());
    }

    @Deactivate
    void deactivate() {
        bus.shutdown(true);
    }

    Bus bus() {
        return bus;
    }

    /** CXF finds its parts by the thread's class loader. */
    static <T> T withLoaderOfCxf(java.util.function.Supplier<T> task) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(JAXRSServerFactoryBean.class.getClassLoader());
        try {
            return task.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
