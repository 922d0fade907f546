package dev.tandem.filetransfer.clamav.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

import dev.tandem.filetransfer.FileInspector.InspectedFile;
import dev.tandem.filetransfer.FileInspector.Verdict;

/**
 * A clamd and how long we wait for it; a connection for each question. The protocol is that of clamd(8): {@code zINSTREAM}, then
 * pieces that each begin with their length, then one of length nothing; the answer ends with NUL.
 *
 * @param largest bytes of the largest file that it takes
 * @param piece bytes of a piece
 */
record Clamd(ClamdAddress address, Patience patience, long largest, int piece) {
    private static final int LONGEST_ANSWER = 4096;
    private static final int SHOWN = 200;
    private static final Pattern FOUND = Pattern.compile("stream: (\\S.*) FOUND", Pattern.DOTALL);
    private static final Pattern ODD = Pattern.compile("[^\\x20-\\x7E]+");
    private static final String CLEAN = "stream: OK";
    private static final String TOO_LARGE = "INSTREAM size limit exceeded";
    /** With {@code AlertExceedsMax} clamd says so of what it has not looked at to its end. */
    private static final String UNFINISHED = "Heuristics.Limits.Exceeded";

    /**
     * How long we wait.
     *
     * @param connect for the connection
     * @param send until it takes something more
     * @param answer for the verdict, after the last byte
     */
    record Patience(Duration connect, Duration send, Duration answer) {}

    /** @throws IOException with a sentence of what is out of order */
    Verdict inspect(InspectedFile file) throws IOException {
        if (file.size() > largest) {
            throw new IOException("clamd at " + address + " takes files up to " + largest
                    + " bytes, as dev.tandem.filetransfer.clamav" + " says; this one has " + file.size() + ".");
        }
        // A store that is out of order is no fault of clamd.
        try (var bytes = file.open()) {
            return talk(line -> verdict(stream(line, bytes, file.size())));
        }
    }

    /** What it is, and how old its signatures are: {@code ClamAV 1.4.3/27812/Sun Nov  9 09:25:02 2025}. */
    String version() throws IOException {
        return talk(line -> {
            line.send(command("VERSION"), patience.send());
            return shown(answer(line, patience.send()));
        });
    }

    private interface Talk<T> {
        T with(Line line) throws IOException;
    }

    private <T> T talk(Talk<T> talk) throws IOException {
        try (var line = Line.to(address.now(), patience.connect())) {
            return talk.with(line);
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("clamd at " + address + ": " + e.getMessage(), e);
        }
    }

    private String stream(Line line, InputStream bytes, long size) throws IOException {
        if (!line.send(command("INSTREAM"), patience.send())) {
            return answer(line, patience.send());
        }
        var buffer = ByteBuffer.allocate(Integer.BYTES + piece);
        for (var left = size; left > 0; left -= buffer.limit() - Integer.BYTES) {
            fill(buffer, bytes, (int) Math.min(left, piece));
            if (!sent(line, buffer)) {
                return answer(line, patience.send());
            }
        }
        if (more(bytes)) {
            throw new StoreException("The file has more bytes than it should have.");
        }
        // Without this clamd gives no verdict: of a file that could not be read to its end there is none.
        sent(line, ByteBuffer.allocate(Integer.BYTES));
        return answer(line, patience.answer());
    }

    /** Whether clamd wants to go on. One that has hung up may have said why. */
    private boolean sent(Line line, ByteBuffer bytes) throws IOException {
        try {
            return line.send(bytes, patience.send());
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }

    private static void fill(ByteBuffer buffer, InputStream bytes, int length) throws IOException {
        int read;
        try {
            read = bytes.readNBytes(buffer.array(), Integer.BYTES, length);
        } catch (IOException e) {
            throw new StoreException("The file cannot be read: " + e.getMessage());
        }
        if (read < length) {
            throw new StoreException("The file ends too early.");
        }
        buffer.clear().putInt(0, length).limit(Integer.BYTES + length);
    }

    private static boolean more(InputStream bytes) throws IOException {
        try {
            return bytes.read() >= 0;
        } catch (IOException e) {
            throw new StoreException("The file cannot be read: " + e.getMessage());
        }
    }

    private static Verdict verdict(String answer) throws IOException {
        if (answer.equals(CLEAN)) {
            return Verdict.CLEAN;
        }
        if (answer.startsWith(TOO_LARGE)) {
            throw new IOException(
                    "the file is larger than its StreamMaxLength; say so in dev.tandem.filetransfer.clamav");
        }
        var found = FOUND.matcher(answer);
        if (!found.matches()) {
            throw new IOException("it says \"" + shown(answer) + "\"");
        }
        if (found.group(1).startsWith(UNFINISHED)) {
            throw new IOException("it has not looked at all of the file: " + shown(found.group(1)));
        }
        return Verdict.found(shown(found.group(1)));
    }

    private static String answer(Line line, Duration patience) throws IOException {
        return new String(line.until((byte) 0, LONGEST_ANSWER, patience), StandardCharsets.UTF_8).strip();
    }

    private static ByteBuffer command(String command) {
        return ByteBuffer.wrap(("z" + command + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    private static String shown(String text) {
        var plain = ODD.matcher(text).replaceAll("?");
        return plain.length() > SHOWN ? plain.substring(0, SHOWN) + "..." : plain;
    }

    /** The file's own trouble. */
    private static final class StoreException extends IOException {
        StoreException(String message) {
            super(message);
        }
    }
}
