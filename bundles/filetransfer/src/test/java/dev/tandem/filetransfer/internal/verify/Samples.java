package dev.tandem.filetransfer.internal.verify;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Small files of many types, made on the spot. */
final class Samples {
    static final String ODT = "application/vnd.oasis.opendocument.text";

    private static final int SECTOR = 512;
    private static final int END_OF_CHAIN = -2;
    private static final int FREE = -1;

    private Samples() {}

    static Content content(byte[] bytes) {
        return new Content() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public ReadableByteChannel from(long position) {
                return Channels.newChannel(
                        new ByteArrayInputStream(bytes, (int) position, bytes.length - (int) position));
            }
        };
    }

    /** A picture in that format of ImageIO. */
    static byte[] picture(String format) {
        var out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB), format, out)) {
                throw new IllegalArgumentException(format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A zip with these names, each with a few packed bytes. */
    static byte[] zip(String... names) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("<x/>".getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] office(String... names) {
        var all = new ArrayList<>(List.of("[Content_Types].xml", "_rels/.rels", "docProps/app.xml"));
        all.addAll(List.of(names));
        return zip(all.toArray(String[]::new));
    }

    static byte[] docx() {
        return office("word/document.xml", "word/styles.xml");
    }

    /** As OpenDocument wants it: the type first, and not packed. */
    static byte[] declared(String type, String... names) {
        var out = new ByteArrayOutputStream();
        var text = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(text);
        try (var zip = new ZipOutputStream(out)) {
            var first = new ZipEntry("mimetype");
            first.setMethod(ZipEntry.STORED);
            first.setSize(text.length);
            first.setCrc(crc.getValue());
            zip.putNextEntry(first);
            zip.write(text);
            zip.closeEntry();
            for (var name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A compound file with these streams in its root: header, allocation table, directory, a sector for each stream. */
    static byte[] ole(String... streams) {
        return ole(new byte[16], streams);
    }

    static byte[] ole(byte[] program, String... streams) {
        var directory = streams.length / 4 + 1;
        var file =
                ByteBuffer.allocate(SECTOR * (2 + directory + streams.length)).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(0, OleRoot.MAGIC)
                .putShort(24, (short) 62)
                .putShort(26, (short) 3)
                .putShort(28, (short) -2);
        file.putShort(30, (short) 9)
                .putShort(32, (short) 6)
                .putInt(44, 1)
                .putInt(48, 1)
                .putInt(56, 4096);
        file.putInt(60, END_OF_CHAIN).putInt(68, END_OF_CHAIN).putInt(76, 0);
        for (var i = 1; i < 109; i++) {
            file.putInt(76 + 4 * i, FREE);
        }
        for (var i = 0; i < SECTOR / 4; i++) {
            file.putInt(
                    SECTOR + 4 * i,
                    i == 0 ? -3 : i < directory ? i + 1 : i <= directory + streams.length ? END_OF_CHAIN : FREE);
        }
        entry(file, 2 * SECTOR, "Root Entry", 5, FREE, streams.length == 0 ? FREE : 1);
        file.put(2 * SECTOR + 80, program);
        for (var i = 0; i < streams.length; i++) {
            entry(file, 2 * SECTOR + 128 * (i + 1), streams[i], 2, i + 1 < streams.length ? i + 2 : FREE, FREE);
        }
        return file.array();
    }

    private static void entry(ByteBuffer file, int at, String name, int type, int right, int child) {
        file.put(at, name.getBytes(StandardCharsets.UTF_16LE));
        file.putShort(at + 64, (short) (2 * name.length() + 2));
        file.put(at + 66, (byte) type).put(at + 67, (byte) 1);
        file.putInt(at + 68, FREE).putInt(at + 72, right).putInt(at + 76, child);
    }

    /** The beginning of a program for Windows. */
    static byte[] program() {
        var file = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, bytes("MZ"))
                .putShort(2, (short) 0x90)
                .putInt(60, 0x80)
                .put(0x80, bytes("PE\0\0"))
                .putShort(0x84, (short) 0x8664);
        return file.array();
    }

    static byte[] pdf() {
        return bytes(
                "%PDF-1.7\n%\u00e2\u00e3\n1 0 obj<</Length 4>>stream\n\0\1\2\3\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
    }

    static byte[] rar() {
        return join(bytes("Rar!"), new byte[] {0x1A, 7, 1, 0, 1, 2, 3, 4, 0, 0});
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
