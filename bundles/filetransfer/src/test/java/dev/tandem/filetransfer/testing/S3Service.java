package dev.tandem.filetransfer.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A service that speaks S3 (s3proxy, whose jar the property {@code tandem.s3proxy} names), its objects in memory, with two
 * doors: one asks for the keys, as such services do, and can be shut; by the other one a test looks in. Loaded apart from all
 * else, since it brings another release of the AWS SDK along.
 */
public final class S3Service implements AutoCloseable {
    public static final String BUCKET = "files";
    public static final String ACCESS = "tandem";
    public static final String SECRET = "not-to-be-told";

    private final HttpClient client = HttpClient.newHttpClient();
    private final URLClassLoader loader;
    private final Object objects;
    private final int port;
    private final int window;
    private final Object looking;
    private Object serving;

    public S3Service() throws Exception {
        loader = new URLClassLoader(
                new URL[] {Path.of(System.getProperty("tandem.s3proxy")).toUri().toURL()},
                ClassLoader.getPlatformClassLoader());
        objects = type("nio2blob.TransientNio2BlobStore").getConstructor().newInstance();
        try (var one = new ServerSocket(0);
                var other = new ServerSocket(0)) {
            port = one.getLocalPort();
            window = other.getLocalPort();
        }
        looking = start(window, "NONE");
        var made = ask(
                HttpRequest.newBuilder(URI.create(at(window) + "/" + BUCKET)).PUT(HttpRequest.BodyPublishers.noBody()));
        if (made.statusCode() != 200) {
            throw new IOException("no bucket: " + made.statusCode());
        }
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

    private HttpResponse<byte[]> ask(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Opens the door again. */
    public void up() throws Exception {
        serving = start(port, "AWS_V2_OR_V4");
    }

    /** Shuts the door; what lies there stays. */
    public void down() throws Exception {
        stop(serving);
    }

    public String endpoint() {
        return at(port);
    }

    /** An object as it lies there. */
    public HttpResponse<byte[]> object(String name) throws IOException {
        return ask(HttpRequest.newBuilder(URI.create(at(window) + "/" + BUCKET + "/" + name)));
    }

    /** What there is, as the service lists it. */
    public String list() throws IOException {
        var listed = ask(HttpRequest.newBuilder(URI.create(at(window) + "/" + BUCKET)));
        return new String(listed.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
        stop(serving);
        stop(looking);
        loader.close();
    }
}
