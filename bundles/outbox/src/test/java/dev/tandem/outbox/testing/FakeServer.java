package dev.tandem.outbox.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server as a test wants it: it answers with what it is told to, hangs up, or says nothing at all. What it has taken
 * is what it has answered with 250.
 */
public final class FakeServer implements AutoCloseable {
    /** Hangs up in place of an answer. */
    public static final String HANG_UP = "hang up";
    /** Reads on and answers nothing. */
    public static final String SILENCE = "silence";
    /** Answers a letter at a time, for ever. */
    public static final String DAWDLE = "dawdle";

    private final ServerSocket door;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private Optional<SSLContext> tls = Optional.empty();
    private boolean tlsFromTheStart;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Mails that were answered with 250. */
    public final List<String> taken = new CopyOnWriteArrayList<>();
    /** The words of commands that came without TLS. */
    public final List<String> inTheClear = new CopyOnWriteArrayList<>();

    /** Whole mails, whatever was answered to them. */
    public final List<String> ended = new CopyOnWriteArrayList<>();

    public final AtomicInteger silent = new AtomicInteger();
    public final AtomicInteger visits = new AtomicInteger();

    public FakeServer() throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** @param to GREETING, EHLO, MAIL, RCPT, DATA, or the dot */
    public FakeServer answer(String to, String answer) {
        answers.put(to, answer);
        return this;
    }

    /** Offers STARTTLS with that. */
    public FakeServer startsTls(SSLContext with) {
        tls = Optional.of(with);
        return answer("EHLO", "250-fake\r\n250 STARTTLS").answer("STARTTLS", "220 go on");
    }

    /** Speaks TLS from the first byte on. */
    public FakeServer speaksTls(SSLContext with) {
        tls = Optional.of(with);
        tlsFromTheStart = true;
        return this;
    }

    private static void start(Runnable what) {
        var thread = new Thread(what, "fake-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var line = door.accept();
                visits.incrementAndGet();
                start(() -> serve(line));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (var line = tlsFromTheStart ? secured(socket) : socket) {
            if (say(line.getOutputStream(), "GREETING", "220 fake ESMTP")) {
                talk(line, !tlsFromTheStart);
            }
        } catch (IOException e) {
            // The other side has hung up.
        }
    }

    private Socket secured(Socket socket) throws IOException {
        var line = (SSLSocket) tls.orElseThrow().getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        line.setUseClientMode(false);
        line.startHandshake();
        return line;
    }

    private void talk(Socket socket, boolean clear) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        var out = socket.getOutputStream();
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            var word = line.split(" ")[0].toUpperCase(java.util.Locale.ROOT);
            if (clear) {
                inTheClear.add(word);
            }
            if (word.equals("QUIT")) {
                return;
            }
            if (word.equals("STARTTLS") && tls.isPresent()) {
                say(out, word, "220 go on");
                talk(secured(socket), false);
                return;
            }
            if (word.equals("DATA")) {
                if (!say(out, "DATA", "354 go on") || !data(in, out)) {
                    return;
                }
            } else if (!say(out, word, "250 fine")) {
                return;
            }
        }
    }

    private boolean data(BufferedReader in, OutputStream out) throws IOException {
        if (answers.getOrDefault("DATA", "354").charAt(0) != '3') {
            return true;
        }
        var mail = new StringBuilder();
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(".")) {
                ended.add(mail.toString());
                boolean said = say(out, ".", "250 taken");
                if (said && answers.getOrDefault(".", "250").startsWith("250")) {
                    taken.add(mail.toString());
                }
                return said;
            }
            mail.append(line).append('\n');
        }
        return false;
    }

    private boolean say(OutputStream out, String to, String usually) throws IOException {
        var answer = answers.getOrDefault(to, usually);
        try {
            if (answer.equals(HANG_UP)) {
                return false;
            } else if (answer.equals(SILENCE)) {
                silent.incrementAndGet();
                closed.await();
                return false;
            } else if (answer.equals(DAWDLE)) {
                out.write("250-".getBytes(StandardCharsets.US_ASCII));
                while (!closed.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                    out.write('x');
                    out.flush();
                }
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return true;
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        door.close();
    }
}
