package dev.tandem.filetransfer.internal.receive;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import dev.tandem.filetransfer.internal.names.SafeName;
import dev.tandem.session.SessionId;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/**
 * What the metadata of an upload say. {@code name} and {@code type} are what Uppy calls them.
 *
 * @param session in which it is sent; empty for a file of a folder
 * @param transfer the folder, which is announced already
 * @param path the file's name, or the way to it in the folder
 * @param type media type, as the sender says
 */
record Said(
        Optional<SessionId> session, Optional<UUID> transfer, String path, String type, Optional<Instant> modified) {
    private static final int LONGEST_PATH = 4_000;
    private static final int LONGEST_TYPE = 200;
    private static final Pattern TYPE =
            Pattern.compile("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(?: *;[\\x20-\\x7e]*)?");
    private static final String UNKNOWN = "application/octet-stream";

    /** @throws ProblemException 400 if it makes no sense, or nobody can tell in which session it is sent */
    static Said of(Map<String, String> metadata, Caller caller) {
        var transfer = id(metadata, "transfer");
        var session = transfer.isPresent()
                ? Optional.<SessionId>empty()
                : id(metadata, "session").or(() -> own(caller)).map(SessionId::new);
        if (transfer.isEmpty() && session.isEmpty()) {
            throw invalid("The key session is needed.");
        }
        var name = value(metadata, "filename").or(() -> value(metadata, "name"));
        var path = (transfer.isPresent() ? value(metadata, "relativePath").or(() -> name) : name).orElse("file");
        if (path.length() > LONGEST_PATH) {
            throw invalid("A name is too long.");
        }
        if (transfer.isPresent() && SafeName.path(path).isEmpty()) {
            throw invalid("A path leads nowhere, or too deep.");
        }
        var type = value(metadata, "filetype")
                .or(() -> value(metadata, "type"))
                .filter(said ->
                        said.length() <= LONGEST_TYPE && TYPE.matcher(said).matches())
                .orElse(UNKNOWN);
        return new Said(session, transfer, path, type, modified(metadata));
    }

    private static Optional<UUID> own(Caller caller) {
        return caller instanceof Caller.OfCustomer customer ? Optional.of(customer.session()) : Optional.empty();
    }

    private static Optional<String> value(Map<String, String> metadata, String key) {
        return Optional.ofNullable(metadata.get(key)).filter(value -> !value.isBlank());
    }

    private static Optional<UUID> id(Map<String, String> metadata, String key) {
        return value(metadata, key).map(text -> {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                throw new ProblemException(Problem.unknown());
            }
        });
    }

    /** Milliseconds since 1970, as browsers have it, or ISO 8601. What is neither is not said. */
    private static Optional<Instant> modified(Map<String, String> metadata) {
        return value(metadata, "modified").flatMap(text -> {
            try {
                return Optional.of(
                        text.matches("[0-9]{1,15}") ? Instant.ofEpochMilli(Long.parseLong(text)) : Instant.parse(text));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.invalid(Headers.METADATA, detail));
    }
}
