package dev.tandem.itests.journeys;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import dev.tandem.itests.harness.Karaf;
import dev.tandem.outbox.testing.FakeServer;

/** A mail server that refuses, says nothing, or hangs up with the whole mail in its hands, and a Karaf that is told of it. */
final class StubbornPost implements AutoCloseable {
    static final String SILENCE = FakeServer.SILENCE;
    static final String HANG_UP = FakeServer.HANG_UP;

    private final Karaf karaf;
    private final FakeServer server;

    private StubbornPost(Karaf karaf) throws IOException {
        this.karaf = karaf;
        this.server = new FakeServer();
    }

    /** Starts it and tells Karaf of it, with little patience for each answer. */
    static StubbornPost open(Karaf karaf) throws IOException {
        var post = new StubbornPost(karaf);
        Post.configure(
                karaf,
                Map.of(
                        "host", "127.0.0.1",
                        "port", Integer.toString(post.server.port()),
                        "security", "none",
                        "timeout.reply", "5",
                        "from", "Support <support@tandem.test>"),
                "Mail goes to 127.0.0.1:" + post.server.port());
        return post;
    }

    /** @param to MAIL, RCPT, or the dot at the end of a mail */
    void answer(String to, String answer) {
        server.answer(to, answer);
    }

    /** Whole mails, whatever was answered to them. */
    List<String> mails() {
        return List.copyOf(server.ended);
    }

    @Override
    public void close() throws IOException {
        server.close();
        Post.none(karaf);
    }
}
