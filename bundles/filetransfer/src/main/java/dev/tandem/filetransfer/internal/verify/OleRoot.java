package dev.tandem.filetransfer.internal.verify;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What stands in the root of a compound file (OLE2), the container of Office before 2007; see MS-CFB. No stream is read.
 *
 * @param names of streams and storages, as they are written
 * @param program the class of the root, 32 hexadecimal digits in the order of the file
 */
record OleRoot(Set<String> names, String program) {
    /** {@code D0 CF 11 E0 A1 B1 1A E1}. */
    static final long MAGIC = 0xE11AB1A1E011CFD0L;

    private static final int MOST_SECTORS = 256;
    private static final int MOST_ENTRIES = 512;
    private static final int MOST_STEPS = 20_000;
    private static final int HEADER = 512;
    private static final int FAT_IN_HEADER = 109;
    private static final int ENTRY = 128;
    private static final int LONGEST_NAME = 64;
    private static final int STORAGE = 1;
    private static final int STREAM = 2;
    private static final int ROOT = 5;

    /** @return empty if this is no compound file, or one that nobody made in good faith */
    static Optional<OleRoot> of(Content content) throws IOException {
        try {
            return Optional.of(new Reader(content).read());
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    private static final class Reader {
        private final Content content;
        private final ByteBuffer header;
        private final int sector;
        private final Map<Integer, ByteBuffer> sectors = new HashMap<>();
        private int steps;

        Reader(Content content) throws IOException {
            this.content = content;
            header = little(content.bytes(0, HEADER));
            var shift = header.getShort(30);
            if (header.getLong(0) != MAGIC || shift != 9 && shift != 12) {
                throw new EOFException();
            }
            sector = 1 << shift;
        }

        OleRoot read() throws IOException {
            var root = entry(0);
            if (root.get(66) != ROOT) {
                throw new EOFException();
            }
            var names = new HashSet<String>();
            var seen = new HashSet<Integer>();
            var open = new ArrayDeque<Integer>();
            open.push(root.getInt(76));
            while (!open.isEmpty()) {
                int id = open.pop();
                if (id < 0 || !seen.add(id)) {
                    continue;
                }
                if (seen.size() > MOST_ENTRIES) {
                    throw new EOFException();
                }
                var entry = entry(id);
                if (entry.get(66) == STREAM || entry.get(66) == STORAGE) {
                    names.add(name(entry));
                }
                open.push(entry.getInt(68));
                open.push(entry.getInt(72));
            }
            return new OleRoot(Set.copyOf(names), String.format("%016x%016x", big(root, 80), big(root, 88)));
        }

        private ByteBuffer entry(int id) throws IOException {
            var each = sector / ENTRY;
            var at = header.getInt(48);
            for (var i = id / each; i > 0; i--) {
                at = next(at);
            }
            return sector(at).slice(id % each * ENTRY, ENTRY).order(ByteOrder.LITTLE_ENDIAN);
        }

        /** The sector after that one, by the allocation table. */
        private int next(int at) throws IOException {
            if (at < 0 || at >= content.size() / sector) {
                throw new EOFException();
            }
            step();
            var each = sector / Integer.BYTES;
            return sector(table(at / each)).getInt(at % each * Integer.BYTES);
        }

        /** Chains may lead back to themselves, also that of the table's own sectors. */
        private void step() throws EOFException {
            if (++steps > MOST_STEPS) {
                throw new EOFException();
            }
        }

        /** Where that part of the allocation table is. */
        private int table(int part) throws IOException {
            if (part < FAT_IN_HEADER) {
                return header.getInt(76 + part * Integer.BYTES);
            }
            var each = sector / Integer.BYTES - 1;
            var at = header.getInt(68);
            for (var i = (part - FAT_IN_HEADER) / each; i > 0; i--) {
                step();
                at = sector(at).getInt(each * Integer.BYTES);
            }
            return sector(at).getInt((part - FAT_IN_HEADER) % each * Integer.BYTES);
        }

        private ByteBuffer sector(int at) throws IOException {
            var known = sectors.get(at);
            if (known != null) {
                return known;
            }
            if (at < 0 || sectors.size() == MOST_SECTORS) {
                throw new EOFException();
            }
            var read = little(content.bytes((at + 1L) * sector, sector));
            sectors.put(at, read);
            return read;
        }

        private static String name(ByteBuffer entry) {
            var length = Math.max(0, Math.min(LONGEST_NAME, entry.getShort(64)) - 2);
            var name = new byte[length];
            entry.get(0, name);
            return new String(name, StandardCharsets.UTF_16LE);
        }

        private static long big(ByteBuffer entry, int at) {
            return Long.reverseBytes(entry.getLong(at));
        }

        private static ByteBuffer little(byte[] bytes) {
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
