package dev.tandem.outbox.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.felix.hc.api.Result.Status;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.journal.Refusal;
import dev.tandem.outbox.MailAddress;
import dev.tandem.outbox.internal.SmtpServer.Security;

public class AddressesAndSettingsTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** A configuration as somebody has typed it. */
    private record Typed(
            String host,
            int port,
            String security,
            String user,
            String password,
            String from,
            String helo,
            String trust)
            implements MailServer.Config {
        @Override
        public long timeout_connect() {
            return 10;
        }

        @Override
        public long timeout_reply() {
            return 60;
        }

        @Override
        public long timeout_whole() {
            return 120;
        }

        @Override
        public long timeout_last() {
            return 600;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return MailServer.Config.class;
        }
    }

    private static MailServer.Known read(String host, int port, String security, String from) {
        return MailServer.read(new Typed(host, port, security, "", "", from, "", ""));
    }

    private static Optional<String> fault(String typed) {
        return MailAddress.fault(typed).map(Refusal::code);
    }

    @Test
    public void addressesThatAreSome() {
        for (var typed : List.of(
                "zoe@example.com",
                " zoe@example.com ",
                "z.o.e+tandem@mail.example.co.uk",
                "o'neil@example.com",
                "zoe@müller.example",
                "ZOE@EXAMPLE.COM")) {
            assertEquals(typed, Optional.empty(), fault(typed));
        }
        assertEquals(Optional.of("zoe@xn--mller-kva.example"), MailAddress.ascii("zoe@müller.example"));
    }

    @Test
    public void addressesThatAreNone() {
        for (var typed : List.of(
                "",
                "zoe",
                "zoe@",
                "@example.com",
                "zoe@example",
                "zoe@exam ple.com",
                "zoe@-example.com",
                "zoe@example..com",
                ".zoe@example.com",
                "zoe.@example.com",
                "zoe@127.0.0.1",
                "zoe@[127.0.0.1]",
                "zoë@example.com",
                "Zoe <zoe@example.com>",
                "zoe@example.com\r\nBcc:x",
                "zoe@example.com?cc=max",
                "a".repeat(65) + "@example.com",
                "zoe@" + "a.".repeat(130) + "com")) {
            assertEquals(typed, Optional.of("bad-address"), fault(typed));
        }
    }

    @Test
    public void severalAreToldFromNone() {
        assertEquals(Optional.of("one-address"), fault("zoe@example.com, max@example.com"));
        assertEquals(Optional.of("one-address"), fault("zoe@example.com;max@example.com"));
        assertEquals(Optional.of("one-address"), fault("zoe@example.com\nmax@example.com"));
        var hundred =
                IntStream.range(0, 100).mapToObj(i -> "u" + i + "@example.com").collect(Collectors.joining(","));
        assertEquals(Optional.of("one-address"), fault(hundred));
    }

    @Test
    public void whatIsTrustedIsReadFromItsFile() throws Exception {
        var file = folder.newFile("ca.pem").toPath();
        assertFault("there is none in", trusting(file.toString()));
        Files.writeString(file, "no certificate");
        assertFault("trust is a PEM file", trusting(file.toString()));
        assertFault("trust is a PEM file", trusting(file + ".gone"));
        Certified.greenMail().pem(file);
        assertEquals(
                1,
                trusting(file.toString())
                        .server()
                        .orElseThrow()
                        .trust()
                        .orElseThrow()
                        .certificates()
                        .size());
    }

    private static MailServer.Known trusting(String file) {
        return MailServer.read(new Typed("m", 0, "tls", "", "", "a@example.org", "", file));
    }

    @Test
    public void theServerIsReadFromTheFile() {
        assertEquals(new MailServer.Known(Optional.empty(), Optional.empty()), read(" ", 0, "tls", ""));
        var server = read("mail.example.org", 0, "STARTTLS", "Support <support@example.org>")
                .server()
                .orElseThrow();
        assertEquals(587, server.port());
        assertEquals(Security.STARTTLS, server.security());
        assertEquals(Optional.empty(), server.login());
        assertEquals(
                465, read("m", 0, "tls", "a@example.org").server().orElseThrow().port());
        assertEquals(
                2525,
                read("m", 2525, "none", "a@example.org").server().orElseThrow().port());
        var login = MailServer.read(new Typed("m", 0, "tls", "u", "p4ss", "a@example.org", "h", ""))
                .server()
                .orElseThrow();
        assertTrue(login.toString(), !login.toString().contains("p4ss"));
        assertTrue(login.login().toString(), !login.login().toString().contains("p4ss"));
    }

    @Test
    public void whatIsWrongInTheFileIsSaid() {
        assertFault("security", read("m", 0, "ssl", "a@example.org"));
        assertFault("port", read("m", 70_000, "tls", "a@example.org"));
        assertFault("from", read("m", 0, "tls", ""));
        assertFault("from", read("m", 0, "tls", "a@example.org, b@example.org"));
        assertFault("from", read("m", 0, "tls", "support"));
    }

    private static void assertFault(String of, MailServer.Known known) {
        assertEquals(Optional.empty(), known.server());
        assertTrue(known.toString(), known.fault().orElseThrow().contains(of));
    }

    @Test
    public void theCheckSaysHowItIs() {
        var none = read("", 0, "tls", "");
        var nothing = new MessageTable.Count(0, 0);
        assertEquals(Status.OK, status(none, nothing, Optional.empty()));
        assertEquals(Status.WARN, status(none, new MessageTable.Count(1, 0), Optional.empty()));
        assertEquals(Status.WARN, status(read("m", 0, "ssl", "x"), nothing, Optional.empty()));
        var some = read("m", 0, "tls", "a@example.org");
        assertEquals(Status.OK, status(some, new MessageTable.Count(3, 0), Optional.empty()));
        assertEquals(Status.WARN, status(some, nothing, Optional.of("The mail server cannot be reached")));
        assertEquals(Status.WARN, status(some, new MessageTable.Count(0, 2), Optional.empty()));
    }

    private static Status status(MailServer.Known known, MessageTable.Count count, Optional<String> trouble) {
        return OutboxCheck.judge(known, count, trouble).getStatus();
    }
}
