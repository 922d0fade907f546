package dev.tandem.itests.benchmarks.screen;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Page;

import dev.tandem.itests.harness.Browsers;

/**
 * A screen of 1920x1080 on which text scrolls, as frames of the wire: VP8 of 8 Mbit/s and 30 pictures a second, made by the
 * browser's encoder as the sender uses it. It is told the time and not asked to keep up, so what else the machine does is not
 * in it. Made once and kept in a file.
 *
 * @param frames the first is a key frame
 */
public record Footage(List<Taken> frames) {
    public static final int WIDTH = 1920;
    public static final int HEIGHT = 1080;

    /** @param at microseconds after the first one */
    public record Taken(long at, byte[] frame) {}

    private static final int PER_SECOND = 30;
    private static final int SECONDS = 12;
    private static final int BATCH = 30;
    private static final int HEADER = 20;

    /** Text of some sizes and colours, two steps of six pixels from one picture to the next, as on the other table's wall. */
    private static final String ENCODER =
            """
            ([width, height, perSecond]) => {
              const canvas = new OffscreenCanvas(width, height);
              const pen = canvas.getContext('2d', { alpha: false });
              const text = new OffscreenCanvas(width, 4 * height);
              const page = text.getContext('2d', { alpha: false });
              let seed = 20261121;
              const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
              page.fillStyle = '#fff';
              page.fillRect(0, 0, text.width, text.height);
              for (let y = 18; y < text.height; y += 18) {
                const heading = random(14) === 0;
                page.font = heading ? 'bold 16px sans-serif' : '13px sans-serif';
                page.fillStyle = heading ? '#1a4f9c' : '#222';
                let line = '';
                while (line.length < 250) {
                  for (let n = 2 + random(9); n > 0; n--) line += String.fromCharCode(97 + random(26));
                  line += ' ';
                }
                page.fillText(line, 24, y);
              }
              const chunks = [];
              const encoder = new VideoEncoder({
                output: (chunk) => {
                  const bytes = new Uint8Array(chunk.byteLength);
                  chunk.copyTo(bytes);
                  let binary = '';
                  for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
                  chunks.push({ at: chunk.timestamp, key: chunk.type === 'key', data: btoa(binary) });
                },
                error: (error) => { window.tandemFootage.failed = String(error); },
              });
              encoder.configure({ codec: 'vp8', width, height, bitrate: 8_000_000, framerate: perSecond, latencyMode: 'realtime' });
              let number = 0;
              window.tandemFootage = {
                failed: '',
                more: async (count) => {
                  for (let i = 0; i < count; i++, number++) {
                    const offset = (number * 12) % (text.height - height);
                    pen.drawImage(text, 0, offset, width, height, 0, 0, width, height);
                    const picture = new VideoFrame(canvas, { timestamp: Math.round(number * 1e6 / perSecond) });
                    encoder.encode(picture, { keyFrame: number === 0 });
                    picture.close();
                  }
                  await encoder.flush();
                  if (window.tandemFootage.failed) throw new Error(window.tandemFootage.failed);
                  return chunks.splice(0);
                },
              };
            }""";

    /** From the file if it is there; otherwise made, by a page of that server. */
    public static Footage of(Path file, URI server) throws IOException {
        if (!Files.exists(file)) {
            System.out.println("(encoding " + file.getFileName() + ")");
            make(server).save(file);
        }
        return load(file);
    }

    /** What its sender says before the frames. */
    public String config() {
        return "{\"op\":\"config\",\"codec\":\"vp8\",\"width\":" + WIDTH + ",\"height\":" + HEIGHT + "}";
    }

    /** How long it takes, the last picture's time included. */
    public long micros() {
        return frames.get(frames.size() - 1).at() + 1_000_000 / PER_SECOND;
    }

    public long bytes() {
        return frames.stream().mapToLong(taken -> taken.frame().length).sum();
    }

    private void save(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var part = file.resolveSibling(file.getFileName() + ".part");
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
            out.writeInt(frames.size());
            for (var taken : frames) {
                out.writeLong(taken.at());
                out.writeInt(taken.frame().length);
                out.write(taken.frame());
            }
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Footage load(Path file) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int count = in.readInt();
            var frames = new ArrayList<Taken>(count);
            for (int i = 0; i < count; i++) {
                frames.add(new Taken(in.readLong(), in.readNBytes(in.readInt())));
            }
            return new Footage(frames);
        }
    }

    private static Footage make(URI server) {
        try (var browsers = new Browsers(new Browsers.Size(640, 480), new Browsers.Size(320, 240))) {
            var page = browsers.agents().newContext().newPage();
            page.setDefaultTimeout(600_000);
            page.navigate(server + "/join");
            page.evaluate(ENCODER, List.of(WIDTH, HEIGHT, PER_SECOND));
            var frames = new ArrayList<Taken>();
            for (int done = 0; done < SECONDS * PER_SECOND; done += BATCH) {
                more(page).forEach(chunk -> frames.add(taken((Map<?, ?>) chunk)));
            }
            return new Footage(frames);
        }
    }

    private static List<?> more(Page page) {
        return (List<?>) page.evaluate("(count) => tandemFootage.more(count)", BATCH);
    }

    private static Taken taken(Map<?, ?> chunk) {
        var bytes = Base64.getDecoder().decode((String) chunk.get("data"));
        var frame = ByteBuffer.allocate(HEADER + bytes.length)
                .put((byte) 1)
                .put((byte) (Boolean.TRUE.equals(chunk.get("key")) ? 1 : 0))
                .putShort((short) WIDTH)
                .putShort((short) HEIGHT)
                .position(HEADER)
                .put(bytes);
        return new Taken(((Number) chunk.get("at")).longValue(), frame.array());
    }
}
