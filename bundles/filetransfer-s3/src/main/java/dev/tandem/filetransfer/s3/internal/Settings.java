package dev.tandem.filetransfer.s3.internal;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Where the bucket is and how to get in.
 *
 * @param endpoint none for Amazon's own of the region
 * @param prefix empty, or with a slash at its end
 * @param keys none for what the AWS SDK finds by itself, such as the role of the machine
 * @param part bytes of a part
 * @param reply the longest that one attempt of a request takes
 * @param whole the longest that all its attempts take
 */
record Settings(
        Optional<URI> endpoint,
        String region,
        String bucket,
        String prefix,
        boolean pathStyle,
        Optional<Keys> keys,
        int part,
        Duration connect,
        Duration reply,
        Duration whole) {
    /** The name of the settings of a node. */
    static final String PID = "dev.tandem.filetransfer.s3";

    private static final int MEGABYTE = 1024 * 1024;
    /** Below that no service takes a part; above it the spool of a hundred files fills a disk. */
    private static final int LEAST_PART = 5;

    private static final int MOST_PART = 512;
    private static final long LONGEST_SECONDS = 3600;
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*");

    /** Who we are to the service. */
    record Keys(String access, String secret) {
        @Override
        public String toString() {
            return access;
        }
    }

    /** What stands in {@code etc/}. */
    @ObjectClassDefinition(
            name = "Tandem file transfer, S3",
            description =
                    "The bucket in which files of transfers are kept where the setting filetransfer.store says s3")
    @interface Config {
        @AttributeDefinition(
                description = "URL of a service that speaks S3, as https://s3.example; empty for Amazon's own")
        String endpoint() default "";

        @AttributeDefinition(description = "Its region; empty for us-east-1 where there is an endpoint")
        String region() default "";

        @AttributeDefinition(description = "The bucket, which has to be there; empty for none")
        String bucket() default "";

        @AttributeDefinition(
                description = "What the names of all objects begin with; whatever else is in the bucket is left alone")
        String prefix() default "tandem";

        @AttributeDefinition(description = "Whether the bucket stands in the path and not in the host's name")
        boolean pathStyle() default true;

        @AttributeDefinition(
                description = "The access key; empty for the role of the machine, or what else the AWS SDK finds")
        String accessKey() default "";

        @AttributeDefinition(description = "The secret of the access key", type = AttributeType.PASSWORD)
        String secretKey() default "";

        @AttributeDefinition(description = "Megabytes of a part, 5 to 512; a file has at most 10,000 parts")
        int partMegabytes() default 8;

        @AttributeDefinition(description = "Seconds to wait for the connection")
        long timeout_connect() default 5;

        @AttributeDefinition(
                description = "Seconds that one attempt of a request may take; a part has to pass in that time")
        long timeout_reply() default 60;

        @AttributeDefinition(description = "Seconds that all attempts of a request may take together")
        long timeout_whole() default 150;
    }

    /** @throws IllegalArgumentException if something is wrong, with words for an administrator */
    static Settings of(Config config) {
        var endpoint = filled(config.endpoint()).map(Settings::endpoint);
        var region = filled(config.region());
        if (region.isEmpty() && endpoint.isEmpty()) {
            throw new IllegalArgumentException("there is neither an endpoint nor a region");
        }
        var bucket = config.bucket().strip();
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException("bucket is the name of a bucket");
        }
        var access = filled(config.accessKey());
        if (access.isPresent() && config.secretKey().isBlank()) {
            throw new IllegalArgumentException("there is an accessKey and no secretKey");
        }
        if (config.partMegabytes() < LEAST_PART || config.partMegabytes() > MOST_PART) {
            throw new IllegalArgumentException("partMegabytes is " + LEAST_PART + " to " + MOST_PART);
        }
        return new Settings(
                endpoint,
                region.orElse("us-east-1"),
                bucket,
                prefix(config.prefix().strip()),
                config.pathStyle(),
                access.map(key -> new Keys(key, config.secretKey().strip())),
                config.partMegabytes() * MEGABYTE,
                seconds("timeout.connect", config.timeout_connect()),
                seconds("timeout.reply", config.timeout_reply()),
                seconds("timeout.whole", config.timeout_whole()));
    }

    private static URI endpoint(String typed) {
        try {
            var uri = URI.create(typed);
            if (("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Answered below, like one of another form.
        }
        throw new IllegalArgumentException("endpoint is a URL: https://s3.example");
    }

    private static String prefix(String typed) {
        var bare = typed.replaceAll("^/+|/+$", "");
        if (!bare.isEmpty() && !PREFIX.matcher(bare).matches()) {
            throw new IllegalArgumentException("prefix is letters, digits, dots, hyphens and slashes");
        }
        return bare.isEmpty() ? "" : bare + "/";
    }

    private static Optional<String> filled(String typed) {
        return Optional.of(typed.strip()).filter(text -> !text.isEmpty());
    }

    private static Duration seconds(String name, long value) {
        if (value < 1 || value > LONGEST_SECONDS) {
            throw new IllegalArgumentException(name + " is 1 to " + LONGEST_SECONDS + " seconds");
        }
        return Duration.ofSeconds(value);
    }

    /** Whether names and bytes of files go over a network in the clear. */
    boolean inTheClear() {
        return endpoint.filter(uri -> "http".equals(uri.getScheme()))
                .filter(uri -> !uri.getHost().matches("localhost|127\\..*|\\[::1]"))
                .isPresent();
    }

    @Override
    public String toString() {
        return "The bucket " + bucket + endpoint.map(uri -> " at " + uri).orElse(" in " + region);
    }
}
