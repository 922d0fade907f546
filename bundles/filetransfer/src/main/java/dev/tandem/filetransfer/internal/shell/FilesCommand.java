package dev.tandem.filetransfer.internal.shell;

import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.FileTransfer.Ending;
import dev.tandem.filetransfer.FileTransfer.FileState;
import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.FileTransfer.Reason;
import dev.tandem.filetransfer.FileTransfer.SentFile;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.internal.book.Direction;
import dev.tandem.filetransfer.internal.book.TransferBook;
import dev.tandem.platform.SiteId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSessions;

/** {@code tandem:files}: what is sent in which session, and what one transfer is. Names of files are not told: they are the people's. */
@Service
@Command(
        scope = "tandem",
        name = "files",
        description = "Lists the files and folders that are being sent or still kept, the latest first, or shows one",
        detailedDescription = "classpath:dev/tandem/filetransfer/internal/shell/files.txt")
public final class FilesCommand implements Action {
    static final int MOST = 200;
    /** Among so many a session is looked for by its number. */
    private static final int MOST_SESSIONS = 1000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    @Reference(optional = true)
    TransferBook book;

    @Reference(optional = true)
    SupportSessions sessions;

    @Reference
    Session session;

    @Argument(
            index = 0,
            name = "WHICH",
            description = "A session's number or id: only its transfers. A transfer's id: that one, file by file.")
    String which;

    @Option(name = "--site", valueToShowInHelp = "SITE", description = "Only those of that site.")
    String site;

    @Option(name = "--json", description = "For programs.")
    boolean json;

    /** A transfer, as a program gets it. */
    record Row(
            String site,
            UUID session,
            String number,
            UUID transfer,
            Kind kind,
            Direction direction,
            State state,
            Optional<Ending> ending,
            int files,
            long ready,
            long bytes,
            Instant at) {}

    /** The same with all that is known of it but names. */
    record Whole(
            Row transfer,
            UUID from,
            Optional<UUID> to,
            Optional<Instant> answeredAt,
            Optional<Instant> endedAt,
            boolean complete,
            List<FileRow> files) {}

    /** A file, as a program gets it. */
    record FileRow(
            String file,
            FileState state,
            Optional<Reason> reason,
            Optional<Long> bytes,
            String type,
            Optional<String> sha256) {}

    @Override
    public Object execute() throws JsonProcessingException {
        if (book == null || sessions == null) {
            throw new IllegalStateException("This waits for the database. tandem:health tells more.");
        }
        var one = id().flatMap(book::anywhere).filter(this::ofSite);
        if (one.isPresent()) {
            var whole = whole(one.get());
            print(whole, () -> details(whole));
        } else {
            var listed = transfers();
            var rows = listed.shown().stream().map(this::row).toList();
            print(rows, () -> table(rows, listed.more()));
        }
        return null;
    }

    private void print(Object what, Runnable forPeople) throws JsonProcessingException {
        if (json) {
            out().println(JSON.writeValueAsString(what));
        } else {
            forPeople.run();
        }
    }

    /** @param more whether there are others that would belong there */
    private record Listed(List<FileTransfer> shown, boolean more) {}

    /** The latest first. */
    private Listed transfers() {
        var ofSite = Optional.ofNullable(site).map(SiteId::new);
        if (which == null) {
            var found = book.latest(ofSite, MOST + 1);
            return new Listed(found.stream().limit(MOST).toList(), found.size() > MOST);
        }
        var named = book.sessions(ofSite, MOST_SESSIONS).stream()
                .filter(place -> place.session().toString().equals(which)
                        || number(place.site(), place.session()).equals(which))
                .toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException(
                    "No session and no transfer " + which + " has files. tandem:files lists them.");
        }
        var found = named.stream()
                .flatMap(place -> book.of(place.site(), place.session()).stream())
                .sorted((a, b) -> b.at().compareTo(a.at()))
                .toList();
        long all = named.stream()
                .mapToLong(place -> book.count(place.site(), place.session()))
                .sum();
        return new Listed(found, all > found.size());
    }

    private boolean ofSite(FileTransfer one) {
        return site == null || one.site().equals(new SiteId(site));
    }

    private Optional<UUID> id() {
        try {
            return Optional.ofNullable(which).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Row row(FileTransfer one) {
        return new Row(
                one.site().value(),
                one.session().value(),
                number(one.site(), one.session()),
                one.id().value(),
                one.kind(),
                Direction.of(one),
                one.state(),
                one.ending(),
                one.complete() ? one.files().size() : one.announcedFiles(),
                count(one, file -> file.state() == FileState.READY),
                one.complete()
                        ? one.bytes()
                        : Math.max(one.bytes(), one.announcedBytes().orElse(0L)),
                one.at());
    }

    private Whole whole(FileTransfer one) {
        return new Whole(
                row(one),
                one.from().value(),
                one.to().map(to -> to.value()),
                one.answeredAt(),
                one.endedAt(),
                one.complete(),
                one.files().stream()
                        .map(file -> new FileRow(
                                file.id(), file.state(), file.reason(), file.size(), file.type(), file.sha256()))
                        .toList());
    }

    private static long count(FileTransfer one, Predicate<SentFile> which) {
        return one.files().stream().filter(which).count();
    }

    private String number(SiteId of, SessionId id) {
        return sessions.find(of, id).map(SupportSession::number).orElse("");
    }

    private void table(List<Row> rows, boolean more) {
        var table = new ShellTable();
        table.column("Session");
        table.column("Site");
        table.column("Transfer");
        table.column("Kind");
        table.column("Direction");
        table.column("State");
        table.column("Files").alignRight();
        table.column("Ready").alignRight();
        table.column("Bytes").alignRight();
        table.column("At");
        rows.forEach(row -> table.addRow()
                .addContent(
                        row.number(),
                        row.site(),
                        row.transfer(),
                        row.kind(),
                        row.direction(),
                        state(row),
                        row.files(),
                        row.ready(),
                        row.bytes(),
                        row.at()));
        table.emptyTableText("Nothing is being sent or kept.").print(out());
        if (more) {
            out().println("There are more than these " + rows.size()
                    + (which == null ? ": name a site or a session to see others." : "."));
        }
    }

    private static String state(Row row) {
        return row.state() + row.ending().map(why -> " (" + why + ")").orElse("");
    }

    private void details(Whole whole) {
        var row = whole.transfer();
        line("transfer", row.transfer());
        line("session", row.number() + " (" + row.session() + ")");
        line("site", row.site());
        line("kind", row.kind() + (whole.complete() ? "" : ", more is to come"));
        line("direction", row.direction());
        line("from", whole.from());
        line("to", whole.to().map(UUID::toString).orElse("the agents"));
        line("state", state(row));
        line("announced", row.at());
        line("answered", whole.answeredAt().map(Instant::toString).orElse(""));
        line("ended", whole.endedAt().map(Instant::toString).orElse(""));
        line("files", row.ready() + " of " + row.files() + " ready");
        line("bytes", row.bytes());
        out().println();
        var table = new ShellTable();
        table.column("File");
        table.column("State");
        table.column("Bytes").alignRight();
        table.column("Type");
        table.column("SHA-256");
        whole.files().forEach(file -> table.addRow()
                .addContent(
                        file.file(),
                        file.state()
                                + file.reason().map(why -> " (" + why + ")").orElse(""),
                        file.bytes().map(String::valueOf).orElse("?"),
                        file.type(),
                        file.sha256().orElse("")));
        table.emptyTableText("No file has been announced yet.").print(out());
    }

    private void line(String what, Object value) {
        out().println("%-12s %s".formatted(what, value).stripTrailing());
    }

    private PrintStream out() {
        return session.getConsole();
    }
}
