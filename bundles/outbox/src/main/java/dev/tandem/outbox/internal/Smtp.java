package dev.tandem.outbox.internal;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.MailConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.outbox.Problems;
import dev.tandem.outbox.internal.SmtpServer.Security;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

/**
 * Carries letters by SMTP, one connection each. Everything hangs on one line: a server has a mail when it has read the dot
 * that ends it. Until that has gone nothing can have been taken; from then on only the server knows, until it says so.
 */
final class Smtp implements Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(Smtp.class);

    private static final String SMTP = "mail.smtp.";
    /** Mailbox full: some say so as if it were for ever (RFC 5321, 4.5.3.1.10). */
    private static final int FULL = 552;
    /** It wants to know who we are, or does not believe it (RFC 4954): ours to put right, and no fault of the mail. */
    private static final Set<Integer> SIGN_IN = Set.of(530, 534, 535, 538);

    private final Mime mime = new Mime();
    private final Alarm alarm = new Alarm();

    /** We must not hand it over. */
    private static final class NotOurs extends MessagingException {
        NotOurs() {
            super("not to be handed over");
        }
    }

    /** A connection that asks before the dot. */
    private static final class Door extends SMTPTransport {
        private final Watched socket;
        private final SmtpServer server;
        private final BooleanSupplier handing;
        private boolean admitted;
        private boolean handed;

        Door(Session session, SmtpServer server, Watched socket, BooleanSupplier handing) {
            super(session, null);
            this.socket = socket;
            this.server = server;
            this.handing = handing;
        }

        @Override
        protected void finishData() throws IOException, MessagingException {
            if (!handing.getAsBoolean()) {
                throw new NotOurs();
            }
            handed = true;
            socket.patience(server.patience().last());
            super.finishData();
        }
    }

    @Override
    public Outcome carry(SmtpServer server, Letter letter, BooleanSupplier handing) {
        try (var socket = new Watched(alarm, server.patience().whole())) {
            var session = Session.getInstance(properties(server, socket));
            MimeMessage mail;
            try {
                mail = mime.write(session, server.from(), letter);
            } catch (MessagingException e) {
                LOG.warn("{} cannot be written", letter, e);
                return new Outcome.Never(Problems.NOT_WRITABLE);
            }
            var door = new Door(session, server, socket, handing);
            try {
                door.connect(
                        server.host(),
                        server.port(),
                        server.login().map(SmtpServer.Login::user).orElse(null),
                        server.login().map(SmtpServer.Login::password).orElse(null));
                door.admitted = true;
                door.sendMessage(mail, mail.getAllRecipients());
                return new Outcome.Delivered();
            } catch (MessagingException e) {
                find(e, SSLException.class)
                        .ifPresent(why -> LOG.warn("No TLS with the mail server {}: {}", server, why.getMessage()));
                return told(
                        letter, door.handed ? answered(door.getLastReturnCode()) : before(server, door, socket, e), e);
            } catch (RuntimeException e) {
                LOG.error("{}: an attempt failed", letter, e);
                return door.handed ? new Outcome.Unknown() : new Outcome.Later(Problems.UNREACHABLE);
            } finally {
                leave(door);
            }
        }
    }

    private static Outcome told(Letter letter, Outcome outcome, MessagingException why) {
        if (!(outcome instanceof Outcome.NotOurs)) {
            // The server's words may name the mailbox.
            LOG.debug("{}: {}", letter, outcome, why);
        }
        return outcome;
    }

    /** What the answer to the dot says; without one nobody knows. */
    private static Outcome answered(int code) {
        return switch (code / 100) {
            case 2 -> new Outcome.Delivered();
            case 4 -> new Outcome.Later(Problems.SERVER_BUSY);
            case 5 -> new Outcome.Never(Problems.REFUSED);
            default -> new Outcome.Unknown();
        };
    }

    /** Why it did not come to the dot. */
    private static Outcome before(SmtpServer server, Door door, Watched socket, MessagingException e) {
        if (e instanceof NotOurs) {
            return new Outcome.NotOurs();
        }
        var address = find(e, SMTPAddressFailedException.class);
        if (address.isPresent()) {
            int code = address.get().getReturnCode();
            return refused(code == FULL ? 452 : code, Problems.ADDRESS_REFUSED);
        }
        var sender = find(e, SMTPSenderFailedException.class);
        if (sender.isPresent() && !SIGN_IN.contains(sender.get().getReturnCode())) {
            return refused(sender.get().getReturnCode(), Problems.SENDER_REFUSED);
        }
        if (find(e, AuthenticationFailedException.class).isPresent()) {
            return new Outcome.Later(Problems.SIGN_IN_REFUSED);
        }
        if (find(e, MailConnectException.class).isPresent()) {
            return new Outcome.Later(Problems.UNREACHABLE);
        }
        if (socket.rung() || find(e, SocketTimeoutException.class).isPresent()) {
            return new Outcome.Later(Problems.SERVER_SLOW);
        }
        if (find(e, SSLException.class).isPresent() || lacksTls(server, door, e)) {
            return new Outcome.Later(Problems.NO_TLS);
        }
        int code = door.getLastReturnCode();
        if (SIGN_IN.contains(code)) {
            return new Outcome.Later(Problems.SIGN_IN_REFUSED);
        }
        if (code / 100 == 5 && door.admitted) {
            return new Outcome.Never(Problems.REFUSED);
        }
        return new Outcome.Later(code >= 400 ? Problems.SERVER_BUSY : Problems.UNREACHABLE);
    }

    private static Outcome refused(int code, String problem) {
        return code / 100 == 5 ? new Outcome.Never(problem) : new Outcome.Later(Problems.SERVER_BUSY);
    }

    /** The library throws no type of its own for it. */
    private static boolean lacksTls(SmtpServer server, Door door, MessagingException e) {
        return server.security() == Security.STARTTLS
                && !door.admitted
                && String.valueOf(e.getMessage()).contains("STARTTLS");
    }

    /** The first of a type among an exception, its causes and what it was chained to. */
    private static <T extends Throwable> Optional<T> find(Throwable e, Class<T> type) {
        return chain(e).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> chain(Throwable e) {
        if (e == null) {
            return Stream.empty();
        }
        // A MessagingException's cause is what it was chained to.
        return Stream.concat(Stream.of(e), chain(e.getCause() == e ? null : e.getCause()));
    }

    private static void leave(Door door) {
        try {
            door.close();
        } catch (MessagingException e) {
            LOG.debug("The mail server has hung up first", e);
        }
    }

    private static Properties properties(SmtpServer server, Watched socket) {
        var all = new Properties();
        all.put(SMTP + "socketFactory", socket.factory());
        all.put(SMTP + "socketFactory.fallback", "false");
        all.put(SMTP + "connectiontimeout", millis(server.patience().connect()));
        all.put(SMTP + "timeout", millis(server.patience().reply()));
        all.put(SMTP + "auth", Boolean.toString(server.login().isPresent()));
        all.put(SMTP + "starttls.enable", Boolean.toString(server.security() == Security.STARTTLS));
        all.put(SMTP + "starttls.required", Boolean.toString(server.security() == Security.STARTTLS));
        all.put(SMTP + "ssl.enable", Boolean.toString(server.security() == Security.TLS));
        all.put(SMTP + "ssl.checkserveridentity", "true");
        server.trust().ifPresent(trust -> all.put(SMTP + "ssl.socketFactory", socket.over(trust.factory())));
        // An answer to QUIT is nothing to wait for.
        all.put(SMTP + "quitwait", "false");
        all.put(SMTP + "from", server.from().getAddress());
        server.helo().ifPresent(name -> all.put(SMTP + "localhost", name));
        return all;
    }

    private static String millis(java.time.Duration of) {
        return Long.toString(of.toMillis());
    }

    @Override
    public void close() {
        alarm.close();
    }
}
