package dev.tandem.filetransfer.internal.book;

import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.FileTransfer.SentFile;
import dev.tandem.filetransfer.TransferId;
import dev.tandem.filetransfer.internal.book.TransferState.Entry;
import dev.tandem.journal.Journal;
import dev.tandem.journal.Personal;
import dev.tandem.platform.SiteId;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;

/** Transfers as others see them, with what people have called things as far as that is not erased. */
final class Snapshots {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<String>> PATHS = new TypeReference<>() {};

    private final Journal journal;

    Snapshots(Journal journal) {
        this.journal = journal;
    }

    /** With all there is to say. */
    FileTransfer whole(SiteId site, UUID id, TransferState state, long version) {
        return of(site, id, state, version, files(site, state.files().inOrder()), folders(site, state));
    }

    /** For lists: the paths in a folder are as if they were erased, since each is a row to be read. */
    FileTransfer brief(SiteId site, UUID id, TransferState state, long version) {
        boolean single = state.announced().orElseThrow().kind() == Kind.FILE;
        var files = single
                ? files(site, state.files().inOrder())
                : state.files().inOrder().stream()
                        .map(entry -> sent(entry, Optional.empty()))
                        .toList();
        return of(site, id, state, version, files, List.of());
    }

    /** Without any of its files. */
    FileTransfer head(SiteId site, UUID id, TransferState state, long version) {
        return of(site, id, state, version, List.of(), List.of());
    }

    /** With that one file alone in it. */
    FileTransfer with(SiteId site, UUID id, TransferState state, long version, Entry entry) {
        return of(site, id, state, version, files(site, List.of(entry)), List.of());
    }

    List<SentFile> files(SiteId site, Collection<Entry> entries) {
        return entries.stream()
                .map(entry -> sent(entry, journal.personal(site, entry.path())))
                .toList();
    }

    List<String> folders(SiteId site, TransferState state) {
        return state.folders().stream()
                .flatMap(added -> journal.personal(site, added.paths()).stream())
                .flatMap(text -> paths(text).stream())
                .toList();
    }

    private static SentFile sent(Entry entry, Optional<String> path) {
        return new SentFile(
                entry.id(),
                path,
                entry.size(),
                entry.type(),
                entry.modified(),
                entry.state(),
                entry.sha256(),
                entry.reason());
    }

    private FileTransfer of(
            SiteId site, UUID id, TransferState state, long version, List<SentFile> files, List<String> folders) {
        var announced = state.announced().orElseThrow();
        return new FileTransfer(
                site,
                new TransferId(id),
                new SessionId(announced.session()),
                announced.kind(),
                name(site, announced.name()),
                new ParticipantId(announced.from()),
                announced.to().map(ParticipantId::new),
                announced.epoch(),
                state.state(),
                announced.at(),
                state.answeredAt(),
                state.endedAt(),
                state.ending(),
                announced.files(),
                announced.bytes(),
                files,
                folders,
                state.complete(),
                version);
    }

    private Optional<String> name(SiteId site, Personal.Ref name) {
        return journal.personal(site, name);
    }

    static String text(List<String> paths) {
        try {
            return JSON.writeValueAsString(paths);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> paths(String text) {
        try {
            return JSON.readValue(text, PATHS);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
