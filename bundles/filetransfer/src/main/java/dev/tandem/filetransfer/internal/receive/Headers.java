package dev.tandem.filetransfer.internal.receive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/**
 * What a client says in the headers of tus 1.0.0. Each is refused with 400 and its name if it is there twice or is not what the
 * protocol asks for: a client that lies about an offset must not be believed half.
 */
public final class Headers {
    /** The version of the protocol, and the only one. */
    public static final String VERSION = "1.0.0";

    /** What of the protocol there is besides its core. */
    public static final String EXTENSIONS =
            "creation,creation-with-upload,creation-defer-length,checksum,termination,expiration,concatenation";

    public static final String OFFSET = "Upload-Offset";
    public static final String LENGTH = "Upload-Length";
    public static final String DEFER = "Upload-Defer-Length";
    public static final String METADATA = "Upload-Metadata";
    public static final String CONCAT = "Upload-Concat";
    public static final String CHECKSUM = "Upload-Checksum";

    /** Of a PATCH, and of a POST that brings bytes. */
    public static final String BYTES = "application/offset+octet-stream";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern KEY = Pattern.compile("[!-+\\--~]{1,64}");
    private static final int MOST_PARTS = 64;
    private static final String PARTIAL = "partial";
    private static final String FINAL = "final;";

    private final Function<String, List<String>> values;

    /** @param values all that a request says under that name, in order; empty if nothing */
    public Headers(Function<String, List<String>> values) {
        this.values = values;
    }

    /** Whether the client speaks our version. */
    public boolean speaksOurs() {
        return one("Tus-Resumable").filter(VERSION::equals).isPresent();
    }

    /** Where the client believes the upload to be. @throws ProblemException 400, also if it is not said */
    public long offset() {
        return number(OFFSET).orElseThrow(() -> invalid(OFFSET, "This is needed."));
    }

    /** How large the whole upload is, if that is said. */
    public Optional<Long> length() {
        return number(LENGTH);
    }

    /** How many bytes this request brings, if that is said. */
    public Optional<Long> body() {
        return number("Content-Length");
    }

    /** Whether the length comes later. @throws ProblemException 400 for any other value than 1 */
    public boolean deferred() {
        var said = one(DEFER);
        if (said.filter(value -> !value.equals("1")).isPresent()) {
            throw invalid(DEFER, "This is 1 or left out.");
        }
        return said.isPresent();
    }

    /** Whether the body is bytes of an upload. */
    public boolean bytes() {
        return one("Content-Type")
                .map(type -> type.split(";", 2)[0].strip())
                .filter(BYTES::equalsIgnoreCase)
                .isPresent();
    }

    private Optional<Long> number(String name) {
        var said = one(name);
        if (said.filter(value -> !NUMBER.matcher(value).matches()).isPresent()) {
            throw invalid(name, "This is a number of bytes: 0 or more, in digits.");
        }
        return said.map(Long::valueOf);
    }

    private Optional<String> one(String name) {
        var said = values.apply(name);
        if (said.size() > 1) {
            throw invalid(name, "This is said more than once.");
        }
        return said.stream().map(String::strip).findFirst();
    }

    /** What is said of the file, in order. @throws ProblemException 400 if a key comes twice, or a value is no Base64 of UTF-8 */
    public Map<String, String> metadata() {
        var found = new LinkedHashMap<String, String>();
        var said = one(METADATA).orElse("");
        if (said.isEmpty()) {
            return found;
        }
        for (var pair : said.split(",", -1)) {
            var both = pair.strip().split(" +", 2);
            if (!KEY.matcher(both[0]).matches()) {
                throw invalid(METADATA, "A key is one word of ASCII without commas.");
            }
            var value = both.length < 2 ? "" : text(both[1]);
            if (found.putIfAbsent(both[0], value) != null) {
                throw invalid(METADATA, "The key " + both[0] + " comes twice.");
            }
        }
        return found;
    }

    private static String text(String base64) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded(METADATA, base64)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid(METADATA, "A value is not UTF-8.");
        }
    }

    private static byte[] decoded(String name, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw invalid(name, "A value is not Base64.");
        }
    }

    /** A pair of Upload-Metadata as it is written. */
    public static String pair(String key, String value) {
        return key + " " + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    /** By what the body is to be checked. @throws ProblemException 400 if that is not known here */
    public Optional<Checksum> checksum() {
        return one(CHECKSUM).map(said -> {
            var both = said.split(" +", 2);
            if (both.length < 2) {
                throw invalid(CHECKSUM, "This is the name of an algorithm, a blank and the sum in Base64.");
            }
            var algorithm = Checksum.Algorithm.of(both[0])
                    .orElseThrow(() -> invalid(CHECKSUM, "The algorithms are " + Checksum.Algorithm.all() + "."));
            var sum = decoded(CHECKSUM, both[1].strip());
            if (sum.length != algorithm.length()) {
                throw invalid(CHECKSUM, "A sum by this algorithm has " + algorithm.length() + " bytes.");
            }
            return new Checksum(algorithm, sum);
        });
    }

    /** Of what kind an upload is to be. */
    public sealed interface Concat {
        /** A file of its own. */
        record None() implements Concat {}

        /** A part of a file. */
        record Partial() implements Concat {}

        /** @param parts of which it is made, by the ids in their URLs; @param said the header */
        record Final(List<String> parts, String said) implements Concat {
            public Final {
                parts = List.copyOf(parts);
            }
        }
    }

    /** Whether the upload is a part, or made of parts. @throws ProblemException 400 if it is not said so that it can be understood */
    public Concat concat() {
        var said = one(CONCAT);
        if (said.isEmpty()) {
            return new Concat.None();
        }
        if (said.get().equals(PARTIAL)) {
            return new Concat.Partial();
        }
        if (!said.get().startsWith(FINAL)) {
            throw invalid(CONCAT, "This is \"partial\", or \"final;\" and the parts.");
        }
        var parts = new ArrayList<String>();
        for (var url : said.get().substring(FINAL.length()).strip().split(" +")) {
            var id = url.substring(url.lastIndexOf('/') + 1);
            if (id.isEmpty() || parts.size() == MOST_PARTS) {
                throw invalid(CONCAT, "This names 1 to " + MOST_PARTS + " parts.");
            }
            parts.add(id);
        }
        return new Concat.Final(parts, said.get());
    }

    private static ProblemException invalid(String header, String detail) {
        return new ProblemException(Problem.invalid(header, detail));
    }
}
