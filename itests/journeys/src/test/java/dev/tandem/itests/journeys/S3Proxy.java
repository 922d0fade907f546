package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;

import dev.tandem.itests.harness.Ports;

/**
 * A service that speaks S3, its objects in memory, with two doors: one asks for the keys, as such services do, and can be shut;
 * by the other one a test looks in. Loaded apart from all else.
 */
final class S3Proxy implements AutoCloseable {
    static final String BUCKET = "files";
    static final String ACCESS = "tandem";
    static final String SECRET = "not-to-be-told";

    private final URLClassLoader loader;
    private final Object objects;
    private final int port;
    private final int window;
    private final Object looking;
    private Object serving;

    S3Proxy() throws Exception {
        loader = new URLClassLoader(
                new URL[] {Path.of(System.getProperty("tandem.s3proxy")).toUri().toURL()},
                ClassLoader.getPlatformClassLoader());
        objects = type("nio2blob.TransientNio2BlobStore").getConstructor().newInstance();
        var ports = Ports.free(2);
        port = ports.get(0);
        window = ports.get(1);
        looking = start(window, "NONE");
        var made = Sending.send("PUT", URI.create(at(window) + "/" + BUCKET), Map.of(), new byte[0]);
        assertEquals(200, made.status());
        up();
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName("org.gaul.s3proxy." + name, true, loader);
    }

    private static String at(int port) {
        return "http://127.0.0.1:" + port;
    }

    private Object start(int at, String authentication) throws Exception {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            var kind = type("auth.AuthenticationType");
            var builder = type("S3Proxy").getMethod("builder").invoke(null);
            var how = builder.getClass();
            how.getMethod("blobStore", type("blobstore.BlobStore")).invoke(builder, objects);
            how.getMethod("endpoint", URI.class).invoke(builder, URI.create(at(at)));
            how.getMethod("awsAuthentication", kind, String.class, String.class)
                    .invoke(builder, kind.getField(authentication).get(null), ACCESS, SECRET);
            how.getMethod("ignoreUnknownHeaders", boolean.class).invoke(builder, true);
            how.getMethod("stopTimeout", long.class).invoke(builder, 0L);
            var proxy = how.getMethod("build").invoke(builder);
            proxy.getClass().getMethod("start").invoke(proxy);
            return proxy;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void stop(Object proxy) throws Exception {
        proxy.getClass().getMethod("stop").invoke(proxy);
    }

    void up() throws Exception {
        serving = start(port, "AWS_V2_OR_V4");
    }

    void down() throws Exception {
        stop(serving);
    }

    String endpoint() {
        return at(port);
    }

    /** An object as it lies there. */
    Sending.Answer object(String name) {
        return Sending.get(URI.create(at(window) + "/" + BUCKET + "/" + name), Map.of());
    }

    /** What there is, as the service lists it. */
    String list() {
        return new String(
                Sending.get(URI.create(at(window) + "/" + BUCKET), Map.of()).body());
    }

    @Override
    public void close() throws Exception {
        stop(serving);
        stop(looking);
        loader.close();
    }
}
