package dev.tandem.filetransfer.internal.verify;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.mime.MimeTypesFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

import dev.tandem.filetransfer.internal.names.SafeName;

/**
 * What files are: by their names, and by their bytes. Knows the names and signatures of Apache Tika; containers and texts it looks
 * at itself. Nothing is unpacked and nothing in a file is followed.
 *
 * <p>For threads without number.
 */
@Component(service = Types.class)
public final class Types {
    /** Nobody can say. */
    public static final String UNKNOWN = "application/octet-stream";

    static final int HEAD = 64 * 1024;

    private static final String TEXT = "text/plain";
    private static final String PROGRAM = "application/x-msdownload";
    private static final String PICTURE = "<svg xmlns='http://www.w3.org/2000/svg'/>";
    private static final int PIECE = 64 * 1024;

    /** Containers of sound and pictures: what stands in them differs in a few bytes, and writers do not agree which. */
    private static final Set<String> MEDIA =
            Set.of("application/mp4", "application/ogg", "application/x-matroska", "video/quicktime", "video/x-ms-asf");

    private final MimeTypes known;
    private final MediaTypeRegistry registry;

    /** Reads the table; some 200 ms. */
    @Activate
    public Types() {
        // The table alone: Tika's own way to it asks for services, and for files of somebody on the class path.
        try (var table = MimeTypes.class.getResourceAsStream("tika-mimetypes.xml")) {
            if (table == null) {
                throw new IllegalStateException("The table of types is missing");
            }
            known = MimeTypesFactory.create(table);
            registry = known.getMediaTypeRegistry();
            // Reading XML takes the most of what is carried in this bundle: if a part is missing, it shows now and not
            // at a file.
            if (!signature(PICTURE.getBytes(StandardCharsets.US_ASCII)).equals("image/svg+xml")) {
                throw new IllegalStateException("Types of files cannot be told here");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MimeTypeException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The media type that a name says, by its ending; {@link #UNKNOWN} if it says none. */
    public String byName(String name) {
        return plain(known.getMimeType(SafeName.of(name)).getType());
    }

    /**
     * Reads a list of types, such as <code>image/*, application/pdf, .docx</code>: media types, all of a kind, endings of names, with
     * commas, semicolons, blanks or line ends between.
     *
     * @throws BadTypeListException if it cannot be read, or names a type that nobody knows
     */
    public TypeList list(String text) {
        return TypeList.read(text, this);
    }

    /** Begins to look at a file while it is read. */
    public Look look(String name) {
        return new Look(this, name);
    }

    /** What a file is; reads all of it. */
    public Found detect(String name, Content content) throws IOException {
        var look = look(name);
        var piece = ByteBuffer.allocate(PIECE);
        try (var channel = content.from(0)) {
            while (channel.read(piece) >= 0) {
                look.update(piece.flip());
                piece.clear();
            }
        }
        return look.found(content);
    }

    /** The usual name of a media type, if it is one. */
    Optional<String> usual(String type) {
        return Optional.ofNullable(MediaType.parse(type)).map(this::plain).filter(usual -> registry.getTypes()
                .contains(MediaType.parse(usual)));
    }

    /** Whether there are types that begin so: {@code image/}. */
    boolean kind(String start) {
        return registry.getTypes().stream().anyMatch(type -> type.toString().startsWith(start));
    }

    Found judge(String name, byte[] head, boolean text, Content content) throws IOException {
        var named = byName(name);
        var candidates = candidates(head, text, content);
        var type = candidates.get(0);
        if (named.equals(UNKNOWN)) {
            return new Found(type, type.equals(UNKNOWN) || type.equals(TEXT));
        }
        var asNamed = candidates.contains(named) || bearsOut(named, type, text);
        return new Found(asNamed ? named : type, asNamed);
    }

    private List<String> candidates(byte[] head, boolean text, Content content) throws IOException {
        if (starts(head, 'P', 'K', 3, 4) || starts(head, 'P', 'K', 5, 6)) {
            return ZipNames.of(content).map(Containers::of).orElse(List.of(UNKNOWN));
        }
        if (head.length >= Long.BYTES && ByteBuffer.wrap(head).getLong(0) == Long.reverseBytes(OleRoot.MAGIC)) {
            return List.of(OleRoot.of(content).map(Containers::of).orElse(UNKNOWN));
        }
        var type = signature(head);
        if (text) {
            return List.of(type.equals(UNKNOWN) ? TEXT : type);
        }
        // Signatures may stand behind the first bytes; what begins as a program is one.
        if (starts(head, 'M', 'Z')) {
            return List.of(PROGRAM);
        }
        return List.of(isA(type, TEXT) || type.startsWith("text/") ? UNKNOWN : type);
    }

    private String signature(byte[] head) throws IOException {
        return plain(known.detect(new ByteArrayInputStream(head), new Metadata()));
    }

    /** Whether a file with such content may have a name that says so. */
    private boolean bearsOut(String named, String type, boolean text) {
        if (named.startsWith("text/") || isA(named, TEXT)) {
            return text;
        }
        if (type.equals(UNKNOWN)) {
            return !hasSignature(named);
        }
        // The more general is what can be seen, or what the name claims; where a container tells, nothing else counts.
        return isA(type, named)
                || !Containers.tells(named) && !type.equals(TEXT) && isA(named, type)
                || MEDIA.contains(above(named)) && isA(type, above(named));
    }

    private boolean hasSignature(String type) {
        try {
            return Containers.tells(type) || known.forName(type).hasMagic();
        } catch (MimeTypeException e) {
            return true;
        }
    }

    private String above(String type) {
        return Optional.ofNullable(registry.getSupertype(MediaType.parse(type)))
                .map(MediaType::toString)
                .orElse(UNKNOWN);
    }

    private boolean isA(String type, String general) {
        return registry.isInstanceOf(type, MediaType.parse(general));
    }

    /** Without parameters, and under its usual name. */
    private String plain(MediaType type) {
        return registry.normalize(type.getBaseType()).toString();
    }

    private static boolean starts(byte[] head, int... with) {
        if (head.length < with.length) {
            return false;
        }
        for (var i = 0; i < with.length; i++) {
            if (head[i] != with[i]) {
                return false;
            }
        }
        return true;
    }
}
