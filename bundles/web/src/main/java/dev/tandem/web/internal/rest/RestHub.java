package dev.tandem.web.internal.rest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.osgi.service.component.AnyService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.web.Caller;
import dev.tandem.web.internal.Callers;
import dev.tandem.web.internal.Tickets;
import dev.tandem.web.internal.WebConfig;

/** Makes an endpoint of each service with a {@code tandem.rest.path}, and only ever touches the one that comes or goes. */
@Component(service = RestHub.class, immediate = true)
public final class RestHub {
    private static final Logger LOG = LoggerFactory.getLogger(RestHub.class);
    private static final String PATH = "tandem.rest.path";
    private static final String STREAMS = "tandem.rest.streams";
    private static final String DOWNLOADS = "tandem.rest.downloads";

    /** The first one is served, the others wait for it to go. */
    private final Map<String, Deque<Resource>> resources = new HashMap<>();

    /**
     * A resource and what it declares.
     *
     * @param streams whether it reads bodies by itself
     * @param downloads what of it browsers save
     */
    private record Resource(Object service, boolean streams, List<String> downloads) {
        static Resource of(Object service, Map<String, Object> properties) {
            var downloads = properties.get(DOWNLOADS);
            return new Resource(
                    service,
                    Boolean.parseBoolean(String.valueOf(properties.get(STREAMS))),
                    downloads instanceof String[] many
                            ? List.of(many)
                            : downloads instanceof String one ? List.of(one) : List.of());
        }
    }

    private final Map<String, Server> servers = new HashMap<>();
    private final RestBus bus;
    private final Served served;
    private final List<Object> providers;

    /** Paths are served whether or not the database is there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Tickets tickets;

    @Activate
    public RestHub(
            @Reference RestBus bus, @Reference Served served, @Reference Callers callers, @Reference WebConfig config) {
        this.bus = bus;
        this.served = served;
        this.providers = List.of(
                new JsonBody(),
                new Params(),
                new FailureMapper(),
                new StatusMapper(),
                new CallProvider(callers, config, this::reader));
    }

    private Optional<Caller> reader(String ticket, String path) {
        return Optional.ofNullable(tickets).flatMap(known -> known.reader(ticket, path));
    }

    @Deactivate
    synchronized void deactivate() {
        List.copyOf(servers.keySet()).forEach(this::stop);
        resources.clear();
    }

    @Reference(
            service = AnyService.class,
            target = "(" + PATH + "=*)",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "remove")
    synchronized void add(Object resource, Map<String, Object> properties) {
        var path = String.valueOf(properties.get(PATH));
        if (!path.matches("(?:/[a-z0-9-]+)+(?:\\.[a-z0-9]+)?")) {
            LOG.error("{} is not served: {} \"{}\" is not like /chat", name(resource), PATH, path);
            return;
        }
        var waiting = resources.computeIfAbsent(path, key -> new ArrayDeque<>());
        waiting.add(Resource.of(resource, properties));
        if (waiting.size() == 1) {
            start(path, waiting.peek());
        } else {
            LOG.error(
                    "{} is not served: /api{} is {}'s. It is served when that one goes.",
                    name(resource),
                    path,
                    name(waiting.peek().service()));
        }
    }

    synchronized void remove(Object resource, Map<String, Object> properties) {
        var path = String.valueOf(properties.get(PATH));
        var waiting = resources.getOrDefault(path, new ArrayDeque<>());
        boolean first = !waiting.isEmpty() && waiting.peek().service() == resource;
        waiting.removeIf(one -> one.service() == resource);
        if (first) {
            stop(path);
            if (!waiting.isEmpty()) {
                start(path, waiting.peek());
            }
        }
    }

    private void start(String path, Resource wanted) {
        var resource = wanted.service();
        try {
            servers.put(path, RestBus.withLoaderOfCxf(() -> create(path, resource)));
            served.begins(path, resource.getClass(), wanted.streams(), wanted.downloads());
            LOG.info("/api{} is served by {}", path, name(resource));
        } catch (RuntimeException | LinkageError e) {
            LOG.error("/api{} cannot be served by {}", path, name(resource), e);
        }
    }

    private Server create(String path, Object resource) {
        var factory = new JAXRSServerFactoryBean();
        factory.setBus(bus.bus());
        factory.setAddress(path);
        factory.setServiceBean(resource);
        factory.setProviders(providers);
        return factory.create();
    }

    private void stop(String path) {
        var server = servers.remove(path);
        served.ends(path);
        if (server != null) {
            server.stop();
            server.destroy();
            LOG.info("/api{} is not served any more", path);
        }
    }

    private static String name(Object resource) {
        return resource.getClass().getName();
    }
}
