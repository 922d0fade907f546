package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;

import org.junit.After;
import org.junit.Test;

import dev.tandem.itests.harness.AnyCertificate;
import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.LiveSocket;
import dev.tandem.itests.harness.Ports;
import dev.tandem.itests.harness.SelfSigned;

/** {@code ./tandem start}: TLS of its own, and flags that hold for one start. */
public class LauncherIT {
    private static final Duration LONGEST_START = Duration.ofSeconds(150);
    private static final String UP = "Ctrl+C ends it.";

    private final Path project =
            Path.of(System.getProperty("basedir"), "..", "..").normalize();
    private final Path work = Running.work().resolve("launcher");
    private final List<Process> started = new ArrayList<>();

    @After
    public void end() throws InterruptedException {
        for (var process : started) {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    @Test
    public void flagsThatMakeNoSenseAreRefusedWithWhatToDo() throws Exception {
        refused("--port wants a number", "--port", "web");
        refused("--address wants an address of this machine", "--address", "desk.example");
        refused("nothing can listen at 192.0.2.1", "--address", "192.0.2.1", "--port", port());
        refused("--public-url wants what customers type", "--public-url", "desk.example");
        refused("--trusted-proxy wants addresses or blocks", "--trusted-proxy", "127.0.0.1,proxy");
        refused("who trusts everybody", "--trusted-proxy", "0.0.0.0/0");
        refused("belong together", "--certificate", "x.pem");
        refused("cannot be read", "--certificate", "x.pem", "--key", "y.pem");
        refused("does not know '--https'", "--https");
        var text = Files.writeString(Files.createDirectories(work).resolve("text.pem"), "no PEM");
        refused("holds no certificate", "--port", port(), "--certificate", text.toString(), "--key", text.toString());
    }

    @Test
    public void tlsByAMadeAndByAnOwnCertificateAndThenNoneAgain() throws Exception {
        var first = port();
        var said = start("--tls", "--port", first);
        var made = URI.create("https://127.0.0.1:" + first);
        assertTrue(said, said.contains(made + "/desktop"));
        assertTrue(said, said.contains("made on this machine") && said.contains(fingerprint(certificate(made))));
        assertTrue("for this machine", names(certificate(made)).containsAll(Set.of("localhost", "127.0.0.1")));
        nothingLeaksWithoutTls(made);
        stop();

        var pair = SelfSigned.make(work.resolve("own"), "desk.example");
        var second = port();
        said = start(
                "--certificate=" + pair.certificate(),
                "--key=" + pair.key(),
                "--port=" + second,
                "--public-url=https://desk.example:" + second + "/",
                "--trusted-proxy=127.0.0.9");
        assertTrue(said, said.contains("https://desk.example:" + second + "/join"));
        assertFalse("TLS is there, no proxy is missed", said.contains("Warning"));
        var own = URI.create("https://127.0.0.1:" + second);
        assertEquals(Set.of("desk.example"), names(certificate(own)));
        var settings = Files.readString(run("etc/dev.tandem.web.cfg"));
        assertTrue(settings, settings.contains("\ntrustedProxies = 127.0.0.9\n"));
        stop();

        Files.writeString(run("etc/dev.tandem.web.cfg"), settings + "frameAncestors = 'self'\n");
        var third = port();
        said = start("--port", third, "--public-url", "https://desk.example");
        assertTrue("nobody names the proxy: " + said, said.contains("--trusted-proxy"));
        var plain = new Api(URI.create("http://127.0.0.1:" + third));
        var page = plain.page("/join")
                .headers()
                .firstValue("content-security-policy")
                .orElseThrow();
        assertTrue(page, page.contains("wss://desk.example;") && page.endsWith("frame-ancestors 'self'"));
        var after =
                Files.readString(run("etc/dev.tandem.web.cfg")) + Files.readString(run("etc/org.ops4j.pax.web.cfg"));
        assertFalse(
                "flags of an earlier start are gone",
                after.contains("127.0.0.9") || after.contains("\norg.ops4j.pax.web.ssl.keystore ="));
        stop();
    }

    private void nothingLeaksWithoutTls(URI server) throws Exception {
        var agent = signIn();
        var api = new Api(server);
        var cookie = api.post("/platform/sign-in", agent)
                .headers()
                .firstValue("set-cookie")
                .orElseThrow();
        assertTrue(cookie, cookie.endsWith("; Secure"));
        var ticket = api.with("Cookie", cookie.split(";")[0])
                .with("Origin", server.toString())
                .post("/tickets", Map.of("for", "live"))
                .ok()
                .get("ticket")
                .asText();
        try (var socket = LiveSocket.open(server, "/live")) {
            socket.send(Map.of(
                    "op", "hello", "ticket", ticket, "page", UUID.randomUUID().toString()));
            socket.await("welcome over wss", m -> m.path("op").asText().equals("welcome"));
        }
        try (var media = LiveSocket.open(server, "/media")) {
            media.send(Map.of("op", "hello", "ticket", "none", "role", "viewer"));
            assertEquals("media over wss", 4401, media.closeCode());
        }
        try (var socket = new java.net.Socket("127.0.0.1", server.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write("GET /desktop HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertFalse(
                    "plain HTTP is not answered: " + answer, answer.contains("HTTP/1.1 2") || answer.contains("<html"));
        } catch (java.net.SocketException reset) {
            assertNotEquals("", reset.toString());
        }
        assertTrue(Files.readString(run("etc/org.ops4j.pax.web.cfg"))
                .contains("\norg.osgi.service.http.enabled = false\n"));
    }

    private Map<String, String> signIn() throws IOException {
        var words = Files.readAllLines(run("etc/tandem-sign-ins.txt")).stream()
                .filter(line -> line.contains("administrator"))
                .findFirst()
                .orElseThrow()
                .trim()
                .split("\\s+");
        return Map.of("user", words[0], "password", words[1]);
    }

    private static X509Certificate certificate(URI server) throws IOException {
        try (var socket =
                (SSLSocket) AnyCertificate.context().getSocketFactory().createSocket()) {
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), 5_000);
            socket.startHandshake();
            assertTrue(
                    socket.getSession().getProtocol(),
                    Set.of("TLSv1.3", "TLSv1.2").contains(socket.getSession().getProtocol()));
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static Set<String> names(X509Certificate certificate) throws Exception {
        var names = new java.util.HashSet<String>();
        for (var name : certificate.getSubjectAlternativeNames()) {
            names.add((String) name.get(1));
        }
        return names;
    }

    private static String fingerprint(X509Certificate certificate) throws Exception {
        var hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
    }

    private void refused(String why, String... flags) throws Exception {
        var process = launch(flags);
        assertTrue("ends by itself: " + List.of(flags), process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue());
        assertTrue(output(), output().contains(why));
        assertFalse(output(), output().contains("Exception"));
    }

    /** @return what it has printed */
    private String start(String... flags) {
        var process = launch(flags);
        Await.until("./tandem start " + String.join(" ", flags), LONGEST_START, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("it has ended:\n" + output());
            }
            return output().contains(UP);
        });
        return output();
    }

    private void stop() throws InterruptedException {
        var process = started.remove(started.size() - 1);
        process.destroy(); // as Ctrl+C does
        assertTrue("ends in order", process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(output(), 0, process.exitValue());
        assertTrue(output(), Pattern.compile("Ended\\.").matcher(output()).find());
    }

    private Process launch(String... flags) {
        var command = new ArrayList<>(List.of(project.resolve("tandem").toString(), "start"));
        command.addAll(List.of(flags));
        try {
            Files.createDirectories(work);
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(work.resolve("output.txt").toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("TANDEM_ARCHIVE", System.getProperty("tandem.distribution"));
            builder.environment().put("TANDEM_RUN", run("").toString());
            var process = builder.start();
            started.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path run(String file) {
        return work.resolve("run").resolve(file);
    }

    private String output() {
        try {
            return Files.readString(work.resolve("output.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String port() {
        return Ports.free(1).get(0).toString();
    }
}
