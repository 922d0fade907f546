package dev.tandem.outbox.internal;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.outbox.MailAddress;
import dev.tandem.outbox.internal.SmtpServer.Patience;
import dev.tandem.outbox.internal.SmtpServer.Security;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/** Which mail server this node hands mail to: {@code etc/dev.tandem.outbox.cfg}, as it is now. */
@Component(service = MailServer.class, configurationPid = "dev.tandem.outbox")
@Designate(ocd = MailServer.Config.class)
public final class MailServer {
    private static final Logger LOG = LoggerFactory.getLogger(MailServer.class);

    private static final int LAST_PORT = 65_535;
    /** With the longest of them a handing-over ends before it is taken for lost. */
    private static final long LONGEST = MailRules.LONGEST_HANDING.toSeconds() / 2;

    /** What this node has. */
    @ObjectClassDefinition(name = "Tandem outbox", description = "The mail server to which this node hands mail")
    @interface Config {
        @AttributeDefinition(description = "Name or address of the mail server; empty for none")
        String host() default "";

        @AttributeDefinition(description = "Its port; 0 for 25 (none), 587 (starttls), 465 (tls)")
        int port() default 0;

        @AttributeDefinition(description = "none, starttls or tls")
        String security() default "starttls";

        @AttributeDefinition(description = "For a server that asks who we are; empty for none")
        String user() default "";

        @AttributeDefinition(description = "The user's password", type = AttributeType.PASSWORD)
        String password() default "";

        @AttributeDefinition(description = "Whom mail comes from: Support <support@example.org>")
        String from() default "";

        @AttributeDefinition(description = "What this computer calls itself to the server; empty for its own name")
        String helo() default "";

        @AttributeDefinition(
                description =
                        "PEM file of the certificates by which the server's is believed, in place of those that Java"
                                + " knows; empty for these. The name in the server's has to fit in any case")
        String trust() default "";

        @AttributeDefinition(description = "Seconds to wait for the connection")
        long timeout_connect() default 10;

        @AttributeDefinition(description = "Seconds to wait for each answer")
        long timeout_reply() default 60;

        @AttributeDefinition(description = "Seconds to wait for all of them together, before the mail is handed over")
        long timeout_whole() default 120;

        @AttributeDefinition(description = "Seconds to wait for the answer to the whole mail")
        long timeout_last() default 600;
    }

    /** What stands there, and what is wrong with it. */
    record Known(Optional<SmtpServer> server, Optional<String> fault) {}

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Known known;

    @Activate
    public MailServer(Config config) {
        this.known = read(config);
        tell();
    }

    MailServer(Known known) {
        this.known = known;
    }

    @Modified
    void modified(Config config) {
        know(read(config));
        tell();
    }

    /** From now on it is this one. */
    void know(Known now) {
        known = now;
        listeners.forEach(Runnable::run);
    }

    private void tell() {
        known.fault().ifPresent(fault -> LOG.warn("No mail can be sent: {}", fault));
        known.server().ifPresent(server -> LOG.info("Mail goes to {}", server));
        if (known.server().isEmpty() && known.fault().isEmpty()) {
            LOG.info("No mail goes from here: no mail server is configured");
        }
    }

    Known known() {
        return known;
    }

    Optional<SmtpServer> server() {
        return known.server();
    }

    /** Called at every change, to return at once. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    void forget(Runnable listener) {
        listeners.remove(listener);
    }

    static Known read(Config config) {
        var host = config.host().strip();
        if (host.isEmpty()) {
            return new Known(Optional.empty(), Optional.empty());
        }
        try {
            var security = security(config.security());
            int port = config.port() == 0 ? security.port() : config.port();
            if (port < 1 || port > LAST_PORT) {
                throw new IllegalArgumentException("port is 1 to " + LAST_PORT + ", or 0");
            }
            var login = config.user().isBlank()
                    ? Optional.<SmtpServer.Login>empty()
                    : Optional.of(new SmtpServer.Login(config.user().strip(), config.password()));
            return new Known(
                    Optional.of(new SmtpServer(
                            host,
                            port,
                            security,
                            login,
                            from(config.from()),
                            filled(config.helo()),
                            patience(config),
                            filled(config.trust()).map(Trust::read))),
                    Optional.empty());
        } catch (IllegalArgumentException e) {
            return new Known(Optional.empty(), Optional.of("etc/dev.tandem.outbox.cfg: " + e.getMessage()));
        }
    }

    private static Security security(String word) {
        try {
            return Security.valueOf(word.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("security is none, starttls or tls", e);
        }
    }

    private static InternetAddress from(String typed) {
        try {
            var from = new InternetAddress(typed.strip(), true);
            if (MailAddress.ascii(from.getAddress()).isPresent()) {
                return from;
            }
        } catch (AddressException e) {
            // Answered below, like one of another form.
        }
        throw new IllegalArgumentException("from is an address: Support <support@example.org>");
    }

    private static Optional<String> filled(String typed) {
        return Optional.of(typed.strip()).filter(text -> !text.isEmpty());
    }

    private static Patience patience(Config config) {
        return new Patience(
                seconds("timeout.connect", config.timeout_connect()),
                seconds("timeout.reply", config.timeout_reply()),
                seconds("timeout.whole", config.timeout_whole()),
                seconds("timeout.last", config.timeout_last()));
    }

    private static Duration seconds(String name, long value) {
        if (value < 1 || value > LONGEST) {
            throw new IllegalArgumentException(name + " is 1 to " + LONGEST + " seconds");
        }
        return Duration.ofSeconds(value);
    }
}
