package dev.tandem.web.internal.admin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/** Bundles that stand in for real ones: they have a name, headers, files, services, a state, and nothing else. */
public final class Slices {
    private Slices() {}

    /** What a test says of a bundle; its state changes by starting and stopping. */
    static final class Say {
        final long id;
        final String name;
        final Map<String, String> files;
        Map<String, String> headers = Map.of();
        List<ServiceReference<?>> services = List.of();
        int state = Bundle.ACTIVE;
        Optional<String> failure = Optional.empty();

        Say(long id, String name, Map<String, String> files) {
            this.id = id;
            this.name = name;
            this.files = files;
        }

        Bundle bundle() {
            return proxy(Bundle.class, (self, method, arguments) -> switch (method.getName()) {
                case "getBundleId" -> id;
                case "getSymbolicName" -> name;
                case "getVersion" -> new Version("0.1.0");
                case "getLastModified" -> 1L;
                case "getState" -> state;
                case "getHeaders" -> new Hashtable<>(headers);
                case "getEntry" -> url(files.get((String) arguments[0]));
                case "getRegisteredServices" -> state == Bundle.ACTIVE
                        ? services.toArray(new ServiceReference<?>[0])
                        : null;
                case "start" -> started();
                case "stop" -> {
                    state = Bundle.RESOLVED;
                    yield null;
                }
                default -> null;
            });
        }

        private Object started() throws BundleException {
            if (failure.isPresent()) {
                throw new BundleException("Activator start error", new IllegalStateException(failure.get()));
            }
            state = Bundle.ACTIVE;
            return null;
        }
    }

    public static Bundle bundle(long id, String name, Map<String, String> files) {
        return new Say(id, name, files).bundle();
    }

    public static BundleContext context(Bundle... bundles) {
        return proxy(BundleContext.class, (self, method, arguments) -> switch (method.getName()) {
            case "getBundles" -> bundles;
            case "getBundle" -> Arrays.stream(bundles)
                    .filter(one -> arguments != null && arguments[0].equals(one.getBundleId()))
                    .findFirst()
                    .orElse(null);
            default -> null;
        });
    }

    @SuppressWarnings("unchecked")
    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return (T) Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == arguments[0];
                    case "toString" -> type.getSimpleName();
                    default -> handler.invoke(self, method, arguments);
                });
    }

    private static URL url(String text) throws MalformedURLException {
        return text == null
                ? null
                : new URL(null, "slice:file", new URLStreamHandler() {
                    @Override
                    protected URLConnection openConnection(URL url) {
                        return new URLConnection(url) {
                            @Override
                            public void connect() throws IOException {}

                            @Override
                            public InputStream getInputStream() {
                                return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
                            }
                        };
                    }
                });
    }
}
