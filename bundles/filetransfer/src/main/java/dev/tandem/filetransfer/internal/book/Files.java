package dev.tandem.filetransfer.internal.book;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.tandem.filetransfer.FileTransfer.FileState;
import dev.tandem.filetransfer.internal.book.TransferState.Entry;

/**
 * The files of a transfer; immutable. A folder may have thousands, and each of them changes it twice, so a change copies a few
 * small arrays and not the whole: sixteen ways at each step, by four bits of the id's hash.
 */
final class Files {
    static final Files NONE = new Files(new Object[16], 0, 0, 0, 0, 0);

    private static final int HASHED = 8;

    /** Each an {@link Entry}, another such array, or null. */
    private final Object[] root;

    private final int size;
    private final int arriving;
    private final int ready;
    private final int refused;
    private final long bytes;

    private Files(Object[] root, int size, int arriving, int ready, int refused, long bytes) {
        this.root = root;
        this.size = size;
        this.arriving = arriving;
        this.ready = ready;
        this.refused = refused;
        this.bytes = bytes;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Bytes of all whose size is known. */
    long bytes() {
        return bytes;
    }

    /** How many are in that state. */
    int count(FileState state) {
        return switch (state) {
            case ARRIVING -> arriving;
            case READY -> ready;
            case REFUSED -> refused;
            case TAKEN_BACK -> size - arriving - ready - refused;
        };
    }

    Optional<Entry> get(String id) {
        Object at = root;
        for (int level = 0; at instanceof Object[] node; level++) {
            at = node[way(id, level)];
        }
        return Optional.ofNullable((Entry) at).filter(entry -> entry.id().equals(id));
    }

    /** With that one, at the end or in the place of the one with its id. */
    Files with(Entry entry) {
        var before = get(entry.id());
        var placed = entry.at(before.map(Entry::number).orElse(size));
        return new Files(
                with(root, 0, placed),
                before.isPresent() ? size : size + 1,
                arriving + change(before, placed, FileState.ARRIVING),
                ready + change(before, placed, FileState.READY),
                refused + change(before, placed, FileState.REFUSED),
                bytes + placed.size().orElse(0L) - before.flatMap(Entry::size).orElse(0L));
    }

    private static int change(Optional<Entry> before, Entry now, FileState state) {
        int left = before.filter(entry -> entry.state() == state).isPresent() ? 1 : 0;
        return (now.state() == state ? 1 : 0) - left;
    }

    private static Object[] with(Object[] node, int level, Entry entry) {
        var copy = node.clone();
        int way = way(entry.id(), level);
        if (copy[way] instanceof Object[] deeper) {
            copy[way] = with(deeper, level + 1, entry);
        } else if (copy[way] instanceof Entry other && !other.id().equals(entry.id())) {
            copy[way] = with(with(new Object[16], level + 1, other), level + 1, entry);
        } else {
            copy[way] = entry;
        }
        return copy;
    }

    /** By the hash, and for those that have it in common by their letters. */
    private static int way(String id, int level) {
        if (level < HASHED) {
            return id.hashCode() >>> 4 * level & 15;
        }
        int letter = (level - HASHED) / 2;
        int bits = letter < id.length() ? id.charAt(letter) : 0;
        return (level % 2 == 0 ? bits : bits >>> 4) & 15;
    }

    /** In the order in which they were added. */
    List<Entry> inOrder() {
        var all = new ArrayList<Entry>(size);
        collect(root, all);
        all.sort(Comparator.comparingInt(Entry::number));
        return all;
    }

    private static void collect(Object[] node, List<Entry> into) {
        for (var one : node) {
            if (one instanceof Object[] deeper) {
                collect(deeper, into);
            } else if (one instanceof Entry entry) {
                into.add(entry);
            }
        }
    }
}
