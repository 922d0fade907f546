package dev.tandem.filetransfer.s3.internal;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A service that speaks S3 (s3proxy), with its objects in the memory of this process. It can go and come back with them. All
 * of it is loaded apart: it brings another release of the AWS SDK along.
 */
final class S3Service implements AutoCloseable {
    static final String ACCESS = "tandem";
    static final String SECRET = "not-to-be-told";
    static final String BUCKET = "files";

    private final URLClassLoader loader;
    private final Object objects;
    private final int port;
    private Object proxy;

    S3Service() throws Exception {
        loader = new URLClassLoader(
                new URL[] {Path.of(System.getProperty("tandem.s3proxy")).toUri().toURL()},
                ClassLoader.getPlatformClassLoader());
        objects = type("nio2blob.TransientNio2BlobStore").getConstructor().newInstance();
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        up();
        try (var bucket = bucket(Map.of())) {
            bucket.make();
        }
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName("org.gaul.s3proxy." + name, true, loader);
    }

    void up() throws Exception {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            var kind = type("auth.AuthenticationType");
            var builder = type("S3Proxy").getMethod("builder").invoke(null);
            var how = builder.getClass();
            how.getMethod("blobStore", type("blobstore.BlobStore")).invoke(builder, objects);
            how.getMethod("endpoint", URI.class).invoke(builder, URI.create(endpoint()));
            how.getMethod("awsAuthentication", kind, String.class, String.class)
                    .invoke(builder, kind.getField("AWS_V2_OR_V4").get(null), ACCESS, SECRET);
            how.getMethod("ignoreUnknownHeaders", boolean.class).invoke(builder, true);
            how.getMethod("stopTimeout", long.class).invoke(builder, 0L);
            proxy = how.getMethod("build").invoke(builder);
            proxy.getClass().getMethod("start").invoke(proxy);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    void down() throws Exception {
        proxy.getClass().getMethod("stop").invoke(proxy);
    }

    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** What a node would have in {@code etc/}, with changes. */
    Settings.Config config(Map<String, Object> changes) {
        var values = new HashMap<String, Object>(Map.of(
                "endpoint", endpoint(),
                "bucket", BUCKET,
                "accessKey", ACCESS,
                "secretKey", SECRET,
                "partMegabytes", 5));
        values.putAll(changes);
        return configured(values);
    }

    static Settings.Config configured(Map<String, Object> values) {
        return (Settings.Config) Proxy.newProxyInstance(
                Settings.Config.class.getClassLoader(),
                new Class<?>[] {Settings.Config.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    /** The bucket itself, for a look behind the store. */
    TestBucket bucket(Map<String, Object> changes) {
        return new TestBucket(Settings.of(config(changes)));
    }

    @Override
    public void close() throws Exception {
        down();
        loader.close();
    }

    /** With what only tests need. */
    record TestBucket(Bucket bucket, S3Client client) implements AutoCloseable {
        TestBucket(Settings settings) {
            this(new Bucket(settings), Bucket.client(settings));
        }

        void make() {
            client.createBucket(b -> b.bucket(BUCKET));
        }

        void put(String name, String text) {
            client.putObject(b -> b.bucket(BUCKET).key(name), RequestBody.fromString(text));
        }

        List<String> names() throws IOException {
            return bucket.list("").stream().map(Bucket.Found::name).toList();
        }

        @Override
        public void close() {
            bucket.close();
            client.close();
        }
    }
}
