package dev.tandem.itests.faults;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import dev.tandem.itests.faults.Evidence.Bytes;
import dev.tandem.itests.faults.Evidence.Event;

/** The hash chain of a site recomputed from its description, independently of the journal's own verification. */
final class Chain {
    private static final Bytes NONE = new Bytes("00".repeat(32));

    private Chain() {}

    /** The first thing that does not fit. */
    static Optional<String> fault(String site, List<Event> events, Evidence.End end) {
        var streams = new HashMap<String, Bytes>();
        var batch = new ArrayList<Bytes>();
        var batchHash = NONE;
        long first = 1;
        for (var event : events) {
            var stream = event.kind() + "/" + event.stream();
            var hash = event(streams.getOrDefault(stream, NONE), site, event);
            if (!hash.equals(event.hash())) {
                return Optional.of("event " + event.position() + " does not fit its hash");
            }
            streams.put(stream, hash);
            batch.add(hash);
            if (event.batchHash().isPresent()) {
                batchHash = batch(batchHash, site, first, event.position(), batch);
                if (!batchHash.equals(event.batchHash().get())) {
                    return Optional.of("the batch that ends at " + event.position() + " does not fit its hash");
                }
                batch.clear();
                first = event.position() + 1;
            }
        }
        if (!batch.isEmpty()) {
            return Optional.of("the last batch has no hash");
        }
        return batchHash.equals(end.batchHash()) ? Optional.empty() : Optional.of("the chain has lost its end");
    }

    static Bytes event(Bytes previous, String site, Event event) {
        return new Parts()
                .bytes(previous)
                .text(site)
                .number(event.position())
                .text(event.kind())
                .text(event.stream())
                .number(event.version())
                .text(event.id())
                .text(event.name())
                .number(event.at())
                .text(event.actor())
                .text(event.command().toString())
                .text(event.payload())
                .hash();
    }

    static Bytes batch(Bytes previous, String site, long first, long last, List<Bytes> events) {
        var all = new StringBuilder();
        events.forEach(hash -> all.append(hash.hex()));
        return new Parts()
                .bytes(previous)
                .text(site)
                .number(first)
                .number(last)
                .bytes(new Bytes(all.toString()))
                .hash();
    }

    private static final class Parts {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        Parts bytes(Bytes value) {
            return bytes(HexFormat.of().parseHex(value.hex()));
        }

        Parts text(String value) {
            return bytes(value.getBytes(StandardCharsets.UTF_8));
        }

        private Parts bytes(byte[] value) {
            number(value.length);
            bytes.writeBytes(value);
            return this;
        }

        Parts number(long value) {
            try {
                out.writeLong(value);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Bytes hash() {
            try {
                return new Bytes(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray())));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
