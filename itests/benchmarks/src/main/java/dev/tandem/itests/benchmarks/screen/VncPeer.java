package dev.tandem.itests.benchmarks.screen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Browsers;
import dev.tandem.itests.harness.Ports;

/** TigerVNC's X0tigervnc with noVNC as Debian packages them, each with its defaults. */
final class VncPeer implements Product {
    private static final Path PAGES = Path.of("/usr/share/novnc");

    private final Browsers browsers;
    private final Process server;
    private final Process gateway;
    private final int port;

    private VncPeer(Browsers browsers) {
        this.browsers = browsers;
        var ports = Ports.free(2);
        port = ports.get(1);
        server = start(
                "X0tigervnc",
                "-display",
                browsers.customersDisplay().name(),
                "-rfbport",
                ports.get(0).toString(),
                "-localhost",
                "-SecurityTypes",
                "None");
        gateway = start("websockify", "--web", PAGES.toString(), "127.0.0.1:" + port, "127.0.0.1:" + ports.get(0));
        Await.until("noVNC's pages", Duration.ofSeconds(20), () -> answers(port) && answers(ports.get(0)));
    }

    /** Empty where the packages are not installed. */
    static Optional<Product> start(Browsers browsers) {
        boolean there = Files.isExecutable(Path.of("/usr/bin/X0tigervnc"))
                && Files.isExecutable(Path.of("/usr/bin/websockify"))
                && Files.isRegularFile(PAGES.resolve("vnc_lite.html"));
        if (!there) {
            System.out.println("no peer: apt-get install tigervnc-scraping-server novnc websockify");
            return Optional.empty();
        }
        return Optional.of(new VncPeer(browsers));
    }

    @Override
    public String name() {
        return "X0tigervnc, noVNC";
    }

    @Override
    public View open(MeteredLine.Kind kind) {
        var line = new MeteredLine(kind, port);
        var context = browsers.agents()
                .newContext(new Browser.NewContextOptions().setViewportSize(Wall.WIDTH, Wall.HEIGHT + 60));
        var page = context.newPage();
        page.navigate("http://127.0.0.1:" + line.port() + "/vnc_lite.html?host=127.0.0.1&port=" + line.port());
        page.waitForFunction(
                "(width) => [...document.querySelectorAll('canvas')].some((c) => c.width === width)", Wall.WIDTH);
        return new Opened(context, page, line);
    }

    private record Opened(BrowserContext context, Page page, MeteredLine line) implements View {
        @Override
        public long bytes() {
            return line.down();
        }

        @Override
        public void close() {
            context.close();
            line.close();
        }
    }

    private static boolean answers(int port) {
        try (var socket = new java.net.Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static Process start(String... command) {
        try {
            var process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        gateway.descendants().forEach(ProcessHandle::destroyForcibly);
        gateway.destroyForcibly();
        server.destroyForcibly();
    }
}
