package dev.tandem.outbox.internal;

import java.time.Duration;
import java.util.Optional;

import jakarta.mail.internet.InternetAddress;

/**
 * A mail server and how to speak with it.
 *
 * @param from whom the mail comes from, and to whom what cannot be delivered comes back
 * @param login empty for a server that asks for none
 * @param helo what this computer calls itself; empty for its own name
 * @param trust what its certificate is believed by; empty for what Java knows
 */
record SmtpServer(
        String host,
        int port,
        Security security,
        Optional<Login> login,
        InternetAddress from,
        Optional<String> helo,
        Patience patience,
        Optional<Trust> trust) {

    /** How the line is protected. */
    enum Security {
        NONE(25),
        STARTTLS(587),
        TLS(465);

        private final int port;

        Security(int port) {
            this.port = port;
        }

        int port() {
            return port;
        }
    }

    record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /**
     * How long we wait.
     *
     * @param connect for the connection
     * @param reply for each answer
     * @param whole for everything until the last line, however the server dawdles
     * @param last for the answer to the last line, which takes a server longest (RFC 5321: ten minutes)
     */
    record Patience(Duration connect, Duration reply, Duration whole, Duration last) {}

    @Override
    public String toString() {
        return host + ":" + port + " (" + security + ")";
    }
}
