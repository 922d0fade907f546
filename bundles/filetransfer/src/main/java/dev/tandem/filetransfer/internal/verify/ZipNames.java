package dev.tandem.filetransfer.internal.verify;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The names in a zip's directory, which stands at its end, and what its first entry says if that is not packed. Nothing is unpacked.
 *
 * @param names in lower case; not those of a directory that is larger than what is read
 * @param whole whether these are all
 * @param mimetype content of the first entry if that is called so
 */
record ZipNames(Set<String> names, boolean whole, Optional<String> mimetype) {
    /** Bytes of the directory; a document with thousands of pictures has a tenth of it. */
    static final int MOST = 1 << 20;

    private static final int END = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int END_64 = 0x06064b50;
    private static final int END_64_SIZE = 56;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int LOCATOR_64_SIZE = 20;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_SIZE = 46;
    private static final int LOCAL_SIZE = 30;
    private static final int LONGEST_TYPE = 200;

    /** Where the directory is. */
    private record Directory(long at, long size) {}

    /** @return empty if this is no whole zip */
    static Optional<ZipNames> of(Content content) throws IOException {
        try {
            var directory = directory(content);
            if (directory.isEmpty()) {
                return Optional.empty();
            }
            var where = directory.get();
            var length = (int) Math.min(where.size(), MOST);
            return read(content, little(content.bytes(where.at(), length)), length == where.size());
        } catch (EOFException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Optional<ZipNames> read(Content content, ByteBuffer directory, boolean whole) throws IOException {
        var names = new HashSet<String>();
        var mimetype = Optional.<String>empty();
        var at = 0;
        while (directory.limit() - at >= ENTRY_SIZE) {
            if (directory.getInt(at) != ENTRY) {
                return Optional.empty();
            }
            var length = unsigned(directory, at + 28);
            if (at + ENTRY_SIZE + length > directory.limit()) {
                break;
            }
            var name = new String(directory.array(), at + ENTRY_SIZE, length, StandardCharsets.UTF_8);
            if (name.equals("mimetype") && directory.getInt(at + 42) == 0 && directory.getShort(at + 10) == 0) {
                mimetype = stored(content, length, directory.getInt(at + 24));
            }
            names.add(name.toLowerCase(Locale.ROOT));
            at += ENTRY_SIZE + length + unsigned(directory, at + 30) + unsigned(directory, at + 32);
        }
        return Optional.of(new ZipNames(Set.copyOf(names), whole && at == directory.limit(), mimetype));
    }

    private static Optional<String> stored(Content content, int nameLength, int size) throws IOException {
        if (size <= 0 || size > LONGEST_TYPE) {
            return Optional.empty();
        }
        var extra = unsigned(little(content.bytes(0, LOCAL_SIZE)), 28);
        return Optional.of(
                new String(content.bytes(LOCAL_SIZE + nameLength + extra, size), StandardCharsets.US_ASCII).trim());
    }

    private static Optional<Directory> directory(Content content) throws IOException {
        var tail = (int) Math.min(content.size(), END_SIZE + LONGEST_COMMENT);
        var start = content.size() - tail;
        var bytes = little(content.bytes(start, tail));
        for (var at = tail - END_SIZE; at >= 0; at--) {
            if (bytes.getInt(at) == END && unsigned(bytes, at + 20) == tail - at - END_SIZE) {
                return within(
                        bytes.getInt(at + 16) == -1
                                ? directory64(content, start + at)
                                : new Directory(
                                        Integer.toUnsignedLong(bytes.getInt(at + 16)),
                                        Integer.toUnsignedLong(bytes.getInt(at + 12))),
                        start + at);
            }
        }
        return Optional.empty();
    }

    private static Directory directory64(Content content, long end) throws IOException {
        var locator = little(content.bytes(end - LOCATOR_64_SIZE, LOCATOR_64_SIZE));
        if (locator.getInt(0) != LOCATOR_64) {
            throw new EOFException();
        }
        var record = little(content.bytes(locator.getLong(8), END_64_SIZE));
        if (record.getInt(0) != END_64) {
            throw new EOFException();
        }
        return new Directory(record.getLong(48), record.getLong(40));
    }

    private static Optional<Directory> within(Directory directory, long end) {
        return directory.at() >= 0 && directory.size() >= 0 && directory.at() <= end - directory.size()
                ? Optional.of(directory)
                : Optional.empty();
    }

    private static int unsigned(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
