package dev.tandem.web.internal;

import java.util.Hashtable;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Publishes our ObjectMapper, so that slices write JSON as we do. */
@Component(
        service = {},
        immediate = true)
public final class MapperService {
    private final ServiceRegistration<ObjectMapper> registration;

    @Activate
    public MapperService(BundleContext context) {
        var properties = new Hashtable<String, Object>();
        properties.put("tandem.mapper", "true");
        registration = context.registerService(ObjectMapper.class, Mappers.house(), properties);
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
    }
}
