package dev.tandem.itests.journeys;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Karaf;
import dev.tandem.itests.harness.Ports;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;

/** A real mail server beside Karaf, which hands its mail to it; and what has arrived there. */
final class Post implements AutoCloseable {
    private static final String CONFIGURATION = "dev.tandem.outbox.cfg";
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Pattern LINK = Pattern.compile("https?://[^\\s\"<>]+/(?:i|assist)/[\\w-]{22}");

    private final Karaf karaf;
    private final GreenMail server;

    private Post(Karaf karaf, GreenMail server) {
        this.karaf = karaf;
        this.server = server;
    }

    /** Starts it and tells Karaf of it. */
    static Post open(Karaf karaf) {
        var setup = new ServerSetup(Ports.free(1).get(0), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(LONGEST.toMillis());
        var server = new GreenMail(setup);
        server.start();
        configure(
                karaf,
                Map.of(
                        "host", "127.0.0.1",
                        "port", Integer.toString(setup.getPort()),
                        "security", "none",
                        "from", "Support <support@tandem.test>"),
                "Mail goes to 127.0.0.1:" + setup.getPort());
        return new Post(karaf, server);
    }

    /**
     * Writes Karaf's file until Karaf has read it: what it has said last of its mail server are these words. Karaf also
     * writes that file, after each change that it has read, and so may overwrite what was written just then.
     */
    static void configure(Karaf karaf, Map<String, String> values, String words) {
        karaf.configure(CONFIGURATION, values);
        Await.until(words, LONGEST, () -> {
            if (!karaf.configured(CONFIGURATION, values)) {
                karaf.configure(CONFIGURATION, values);
            }
            return karaf.tail(Integer.MAX_VALUE)
                    .lines()
                    .filter(line -> line.contains("Mail goes to") || line.contains("No mail goes from here"))
                    .reduce((earlier, later) -> later)
                    .filter(line -> line.contains(words))
                    .isPresent();
        });
    }

    /** Karaf has no mail server, as from the factory. */
    static void none(Karaf karaf) {
        configure(
                karaf,
                Map.of("host", "", "port", "0", "security", "starttls", "timeout.reply", "60", "from", ""),
                "No mail goes from here");
    }

    /** Nobody listens there any more; Karaf does not know that. */
    void breakDown() {
        server.stop();
    }

    void comeBack() {
        server.start();
    }

    int count() {
        return server.getReceivedMessages().length;
    }

    /** Waits for the mail to that address. */
    MimeMessage to(String address) {
        Await.until("a mail to " + address, LONGEST, () -> !all(address).isEmpty());
        return all(address).get(0);
    }

    List<MimeMessage> all(String address) {
        return List.of(server.getReceivedMessages()).stream()
                .filter(mail -> isTo(mail, address))
                .toList();
    }

    private static boolean isTo(MimeMessage mail, String address) {
        try {
            return mail.getRecipients(MimeMessage.RecipientType.TO)[0]
                    .toString()
                    .contains(address);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The link that a person would press, of the part of that type. */
    static String link(MimeMessage mail, String type) {
        var text = text(mail, type);
        var link = LINK.matcher(text);
        if (!link.find()) {
            throw new AssertionError("no link in " + text);
        }
        return link.group();
    }

    static String text(Part part, String type) {
        try {
            if (part.isMimeType(type)) {
                return part.getContent().toString();
            }
            if (part.getContent() instanceof Multipart parts) {
                for (int i = 0; i < parts.getCount(); i++) {
                    BodyPart one = parts.getBodyPart(i);
                    var text = text(one, type);
                    if (!text.isEmpty()) {
                        return text;
                    }
                }
            }
            return "";
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        none(karaf);
        server.stop();
    }
}
