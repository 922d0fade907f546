package dev.tandem.filetransfer.s3.internal;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.tandem.filetransfer.testing.S3Service;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Configurations and buckets for tests, at a service of the tests' own. */
final class Given {
    private Given() {}

    /** What a node would have in {@code etc/}, with changes. */
    static Settings.Config config(S3Service service, Map<String, Object> changes) {
        var values = new HashMap<String, Object>(Map.of(
                "endpoint", service.endpoint(),
                "bucket", S3Service.BUCKET,
                "accessKey", S3Service.ACCESS,
                "secretKey", S3Service.SECRET,
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
    static TestBucket bucket(S3Service service, Map<String, Object> changes) {
        return new TestBucket(Settings.of(config(service, changes)));
    }

    /** With what only tests need. */
    record TestBucket(Bucket bucket, S3Client client) implements AutoCloseable {
        TestBucket(Settings settings) {
            this(new Bucket(settings), Bucket.client(settings));
        }

        void put(String name, String text) {
            client.putObject(b -> b.bucket(S3Service.BUCKET).key(name), RequestBody.fromString(text));
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
