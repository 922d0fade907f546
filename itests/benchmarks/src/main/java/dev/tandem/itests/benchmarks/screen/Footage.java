package dev.tandem.itests.benchmarks.screen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Browsers;
import dev.tandem.itests.harness.Karaf;

/**
 * What a browser has sent of a screen of 1920x1080 on which text scrolls for a while and then stands still: the frames of the
 * wire with the times at which they came. Recorded once, through Tandem as it is shipped, and kept in a file.
 *
 * @param config the sender's text before the frames
 * @param frames the first is a key frame
 */
public record Footage(String config, List<Taken> frames) {
    /** @param at microseconds after the first one */
    public record Taken(long at, byte[] frame) {
        public boolean key() {
            return frame[1] == 1;
        }
    }

    private static final int STEPS_PER_SECOND = 60;
    private static final Duration SCROLLS = Duration.ofSeconds(12);
    private static final Duration STANDS = Duration.ofSeconds(3);
    private static final String CUSTOMER = "Marie Dupont";
    private static final int SEQUENCE_AT = 16;

    /** From the file if it is there; otherwise recorded, which takes half a minute, two browsers and a display. */
    public static Footage of(Path file, Karaf karaf, Path work) throws IOException {
        if (!Files.exists(file)) {
            System.out.println("(recording " + file.getFileName() + ")");
            record(karaf, work).save(file);
        }
        return load(file);
    }

    public long micros() {
        return frames.get(frames.size() - 1).at();
    }

    public long bytes() {
        return frames.stream().mapToLong(taken -> taken.frame().length).sum();
    }

    private void save(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var part = file.resolveSibling(file.getFileName() + ".part");
        try (var out = new DataOutputStream(new java.io.BufferedOutputStream(Files.newOutputStream(part)))) {
            out.writeUTF(config);
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
        try (var in = new DataInputStream(new java.io.BufferedInputStream(Files.newInputStream(file)))) {
            var config = in.readUTF();
            int count = in.readInt();
            var frames = new ArrayList<Taken>(count);
            for (int i = 0; i < count; i++) {
                frames.add(new Taken(in.readLong(), in.readNBytes(in.readInt())));
            }
            return new Footage(config, frames);
        }
    }

    private static Footage record(Karaf karaf, Path work) throws IOException {
        Files.createDirectories(work);
        var agent = karaf.api().as(karaf.administrator());
        agent.put("/platform/presence", Map.of("status", "AVAILABLE")).ok();
        var call = agent.post("/platform/simulate", Map.of("kind", "CALL", "customer", CUSTOMER))
                .ok()
                .get("interaction")
                .asText();
        agent.post("/platform/interactions/" + call + "/accept").ok();
        var view = agent.post("/sessions", Map.of("interaction", call)).ok();
        var session = view.get("id").asText();
        try (var browsers = new Browsers(new Browsers.Size(800, 600), new Browsers.Size(Wall.WIDTH, Wall.HEIGHT));
                var wall = new WallProcess(browsers.customersDisplay(), work)) {
            share(browsers, karaf, view.get("seats").get(0).get("pin").asText());
            wall.front();
            wall.scroll(STEPS_PER_SECOND);
            var camera = new Camera();
            var ticket = agent.post("/tickets", Map.of("for", "media", "session", session, "channel", "screen"))
                    .ok()
                    .get("ticket")
                    .asText();
            var line = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("Origin", karaf.uri().toString())
                    .buildAsync(java.net.URI.create(karaf.uri().toString().replace("http", "ws") + "/media"), camera)
                    .join();
            camera.line = line;
            line.sendText(Api.json(Map.of("op", "hello", "ticket", ticket, "role", "viewer")), true)
                    .join();
            camera.say("{\"op\":\"can\",\"codecs\":[\"vp8\"]}");
            Await.until("the first pictures", Duration.ofSeconds(60), () -> camera.count() > 30);
            camera.begin();
            pass(SCROLLS);
            wall.scroll(0);
            pass(STANDS);
            var footage = camera.end();
            line.abort();
            return footage;
        } finally {
            agent.post("/platform/interactions/" + call + "/end").ok();
        }
    }

    private static void share(Browsers browsers, Karaf karaf, String pin) {
        var page = browsers.customers()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(1280, 800)
                        .setPermissions(List.of()))
                .newPage();
        page.navigate(karaf.uri() + "/j/" + pin);
        var name = page.getByRole(AriaRole.TEXTBOX).first();
        name.fill("Marie");
        name.press("Enter");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Share my screen"))
                .first()
                .click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop sharing"))
                .first()
                .waitFor();
    }

    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    /** A viewer that keeps what it sees from a key frame on. */
    private static final class Camera implements WebSocket.Listener {
        private final List<byte[]> parts = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private final List<Taken> taken = new ArrayList<>();
        private String config = "";
        private long first;
        private int count;
        private boolean wanted;
        private volatile WebSocket line;
        private java.util.concurrent.CompletableFuture<?> sent =
                java.util.concurrent.CompletableFuture.completedFuture(null);

        synchronized int count() {
            return count;
        }

        synchronized void begin() {
            taken.clear();
            wanted = true;
            say("{\"op\":\"key\"}");
        }

        synchronized Footage end() {
            wanted = false;
            if (taken.isEmpty() || config.isEmpty()) {
                throw new IllegalStateException("nothing was seen");
            }
            return new Footage(config, List.copyOf(taken));
        }

        /** One text after the other, as this client wants it. */
        synchronized void say(String json) {
            sent = sent.thenCompose(before -> line.sendText(json, true));
        }

        @Override
        public synchronized CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                var json = Api.tree(text.toString());
                text.setLength(0);
                if (json.path("op").asText().equals("config")) {
                    config = json.toString();
                } else if (json.path("op").asText().equals("beat")) {
                    say("{\"op\":\"beat\",\"now\":" + json.get("now").asLong() + ",\"at\":1}");
                }
            }
            socket.request(1);
            return null;
        }

        @Override
        public synchronized CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            var part = new byte[data.remaining()];
            data.get(part);
            parts.add(part);
            if (last) {
                var whole = ByteBuffer.allocate(
                        parts.stream().mapToInt(p -> p.length).sum());
                parts.forEach(whole::put);
                parts.clear();
                came(whole.array());
            }
            socket.request(1);
            return null;
        }

        private void came(byte[] frame) {
            count++;
            say("{\"op\":\"ack\",\"sequence\":"
                    + Integer.toUnsignedLong(ByteBuffer.wrap(frame).getInt(SEQUENCE_AT)) + "}");
            long now = TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
            boolean key = frame[1] == 1;
            if (wanted && (key || !taken.isEmpty())) {
                first = taken.isEmpty() ? now : first;
                taken.add(new Taken(now - first, frame));
            }
        }
    }
}
