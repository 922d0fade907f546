package dev.tandem.web.internal.rest;

import java.util.Optional;

import org.eclipse.jetty.server.HttpConnection;

/**
 * The web server reads a connection by 8 KiB, and whoever waits for more is woken for each: for large bodies it reads by more while
 * their request lasts.
 */
final class WideReads implements AutoCloseable {
    private static final int BYTES = 128 * 1024;

    private final Optional<HttpConnection> connection;
    private final int before;

    private WideReads(Optional<HttpConnection> connection) {
        this.connection = connection;
        this.before = connection.map(HttpConnection::getInputBufferSize).orElse(0);
        connection.ifPresent(http -> http.setInputBufferSize(BYTES));
    }

    /** On this request's thread. */
    static WideReads begin() {
        return new WideReads(Optional.ofNullable(HttpConnection.getCurrentConnection()));
    }

    @Override
    public void close() {
        connection.ifPresent(http -> http.setInputBufferSize(before));
    }
}
