package dev.tandem.outbox.internal;

import java.util.function.BooleanSupplier;

/** Carries one letter to a server. */
interface Carrier extends AutoCloseable {
    /**
     * Carries it, and waits for the server as long as its patience lasts.
     *
     * @param handing asked once, when everything is said but the last line, without which no server takes a mail; false if
     *     it must not be said
     */
    Outcome carry(SmtpServer server, Letter letter, BooleanSupplier handing);

    /** Breaks off what is under way. */
    @Override
    void close();
}
