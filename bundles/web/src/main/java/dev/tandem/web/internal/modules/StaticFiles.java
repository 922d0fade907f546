package dev.tandem.web.internal.modules;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** The files below {@code static/} of one bundle. The bytes stay in the bundle; what has been asked for is kept zipped. */
final class StaticFiles {
    /** Where a file's bytes come from. */
    @FunctionalInterface
    interface Source {
        byte[] bytes() throws IOException;
    }

    /**
     * A file as it is sent.
     *
     * @param plain read from the bundle each time if there is a zipped form, which nearly everybody takes
     * @param gzip zipped, if that makes it smaller
     */
    record Served(String type, Source plain, Optional<byte[]> gzip) {}

    private static final int HASH_LENGTH = 16;
    private static final int WORTH_ZIPPING = 512;
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("ogg", "audio/ogg"));
    private static final Set<String> COMPRESSED = Set.of("png", "jpg", "webp", "woff2", "mp3", "ogg");

    private final SortedMap<String, Source> sources;
    private final Map<String, Served> served = new ConcurrentHashMap<>();
    private final String hash;

    StaticFiles(Map<String, Source> sources) {
        this.sources = new TreeMap<>(sources);
        this.hash = hash(this.sources);
    }

    /** 16 hex digits that change with any name or content. */
    String hash() {
        return hash;
    }

    Set<String> names() {
        return sources.keySet();
    }

    Optional<byte[]> bytes(String name) {
        return Optional.ofNullable(sources.get(name)).map(StaticFiles::read);
    }

    Optional<Served> serve(String name) {
        var source = sources.get(name);
        if (source == null) {
            return Optional.empty();
        }
        var known = served.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        var fresh = served(name, source);
        served.put(name, fresh);
        return Optional.of(fresh);
    }

    private static Served served(String name, Source source) {
        var extension = name.substring(name.lastIndexOf('.') + 1);
        var type = TYPES.getOrDefault(extension, "application/octet-stream");
        var plain = read(source);
        if (plain.length >= WORTH_ZIPPING && !COMPRESSED.contains(extension)) {
            var zipped = zip(plain);
            if (zipped.length < plain.length) {
                return new Served(type, source, Optional.of(zipped));
            }
        }
        return new Served(type, () -> plain, Optional.empty());
    }

    private static byte[] zip(byte[] plain) {
        var bytes = new ByteArrayOutputStream(plain.length / 3);
        try (var zipped = new Best(bytes)) {
            zipped.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static final class Best extends GZIPOutputStream {
        Best(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    private static String hash(SortedMap<String, Source> sources) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            sources.forEach((name, source) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                var bytes = read(source);
                digest.update(java.nio.ByteBuffer.allocate(Integer.BYTES)
                        .putInt(bytes.length)
                        .array());
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] read(Source source) {
        try {
            return source.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
