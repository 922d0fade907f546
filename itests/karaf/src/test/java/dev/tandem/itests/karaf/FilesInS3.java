package dev.tandem.itests.karaf;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore;
import dev.tandem.platform.SiteId;

/**
 * A service that speaks S3, loaded apart from all bundles, and a file that goes there. Only to be loaded when the bundles are there whose types it
 * names.
 */
final class FilesInS3 implements AutoCloseable {
    private static final int MORE_THAN_A_PART = 11 * 1024 * 1024;

    private final URLClassLoader loader;
    private final Object proxy;
    private final String endpoint;

    /** @param jar s3proxy with all it needs */
    FilesInS3(Path jar) throws Exception {
        loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        try (var free = new ServerSocket(0)) {
            endpoint = "http://127.0.0.1:" + free.getLocalPort();
        }
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            var objects =
                    type("nio2blob.TransientNio2BlobStore").getConstructor().newInstance();
            var builder = type("S3Proxy").getMethod("builder").invoke(null);
            var how = builder.getClass();
            var kind = type("auth.AuthenticationType");
            how.getMethod("blobStore", type("blobstore.BlobStore")).invoke(builder, objects);
            how.getMethod("endpoint", URI.class).invoke(builder, URI.create(endpoint));
            how.getMethod("awsAuthentication", kind, String.class, String.class)
                    .invoke(builder, kind.getField("NONE").get(null), "", "");
            proxy = how.getMethod("build").invoke(builder);
            proxy.getClass().getMethod("start").invoke(proxy);
        } finally {
            thread.setContextClassLoader(before);
        }
        var made = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(endpoint + "/files"))
                                .PUT(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(made.body(), 200, made.statusCode());
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName("org.gaul.s3proxy." + name, true, loader);
    }

    String endpoint() {
        return endpoint;
    }

    /** One of several parts, sealed, read and deleted. */
    void goesThereAndComesBack(Object service) throws Exception {
        var store = (FileStore) service;
        assertEquals("s3", store.name());
        var key = new FileKey(new SiteId("acme"), UUID.randomUUID().toString().replace("-", ""));
        var bytes = new byte[MORE_THAN_A_PART];
        new Random(1).nextBytes(bytes);
        store.create(key);
        try (var to = store.append(key)) {
            to.write(ByteBuffer.wrap(bytes));
            assertEquals(bytes.length, to.settle());
        }
        store.seal(key);
        try (var in = Channels.newInputStream(store.read(key, 0))) {
            assertArrayEquals(bytes, in.readAllBytes());
        }
        store.delete(key);
        try (var all = store.all()) {
            assertEquals(0, all.count());
        }
    }

    @Override
    public void close() throws Exception {
        proxy.getClass().getMethod("stop").invoke(proxy);
        loader.close();
    }
}
