package dev.tandem.itests.journeys;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import dev.tandem.itests.harness.Karaf;

/** A mail server that refuses, says nothing, or hangs up with the whole mail in its hands. */
final class StubbornPost implements AutoCloseable {
    static final String SILENCE = "silence";
    static final String HANG_UP = "hang up";

    private final Karaf karaf;
    private final ServerSocket door;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> mails = new CopyOnWriteArrayList<>();

    private StubbornPost(Karaf karaf) throws IOException {
        this.karaf = karaf;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** Starts it and tells Karaf of it, with little patience for each answer. */
    static StubbornPost open(Karaf karaf) throws IOException {
        var post = new StubbornPost(karaf);
        karaf.configure(
                "dev.tandem.outbox.cfg",
                Map.of(
                        "host", "127.0.0.1",
                        "port", Integer.toString(post.door.getLocalPort()),
                        "security", "none",
                        "timeout.reply", "5",
                        "from", "Support <support@tandem.test>"));
        Post.awaitConfigured(karaf, "Mail goes to 127.0.0.1:" + post.door.getLocalPort());
        return post;
    }

    /** @param to MAIL, RCPT, or the dot at the end of a mail */
    void answer(String to, String answer) {
        answers.put(to, answer);
    }

    /** Whole mails, whatever was answered to them. */
    List<String> mails() {
        return List.copyOf(mails);
    }

    private static void start(Runnable what) {
        var thread = new Thread(what, "stubborn-post");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var line = door.accept();
                start(() -> serve(line));
            } catch (IOException closing) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            var out = socket.getOutputStream();
            say(out, "220 stubborn ESMTP");
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var word = line.split(" ")[0].toUpperCase(Locale.ROOT);
                if (word.equals("DATA")) {
                    say(out, "354 go on");
                    mails.add(mail(in));
                    word = ".";
                }
                if (!say(out, answers.getOrDefault(word, "250 fine"))) {
                    return;
                }
            }
        } catch (IOException e) {
            // The other side has hung up.
        }
    }

    private static String mail(BufferedReader in) throws IOException {
        var mail = new StringBuilder();
        for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            mail.append(line).append('\n');
        }
        return mail.toString();
    }

    private boolean say(OutputStream out, String answer) throws IOException {
        if (answer.equals(HANG_UP)) {
            return false;
        }
        if (answer.equals(SILENCE)) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
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
        karaf.configure("dev.tandem.outbox.cfg", Map.of("host", "", "timeout.reply", "60", "from", ""));
    }
}
