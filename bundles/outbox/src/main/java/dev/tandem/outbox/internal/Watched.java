package dev.tandem.outbox.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket of one conversation with a server, which is closed when our patience is at an end. A timeout of each answer alone
 * does not help against a server that says one letter a second.
 */
final class Watched implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watched.class);

    private final Alarm alarm;
    private Optional<Socket> socket = Optional.empty();
    private Runnable calm;
    private boolean rung;

    Watched(Alarm alarm, Duration patience) {
        this.alarm = alarm;
        this.calm = alarm.set(patience, this::ring);
    }

    /** Starts anew: from now on so long, also for the next answer. */
    synchronized void patience(Duration more) throws SocketException {
        calm.run();
        calm = alarm.set(more, this::ring);
        if (socket.isPresent()) {
            socket.get().setSoTimeout((int) more.toMillis());
        }
    }

    /** Whether it was at an end. */
    synchronized boolean rung() {
        return rung;
    }

    private synchronized void ring() {
        rung = true;
        socket.ifPresent(Watched::close);
    }

    private synchronized Socket watch(Socket made) throws SocketException {
        if (rung) {
            close(made);
            throw new SocketException("too late");
        }
        socket = Optional.of(made);
        return made;
    }

    private static void close(Socket one) {
        try {
            one.close();
        } catch (IOException e) {
            LOG.debug("A socket could not be closed", e);
        }
    }

    @Override
    public synchronized void close() {
        calm.run();
        socket.ifPresent(Watched::close);
    }

    /** Lays TLS over the one socket, whoever has made that; of TLS itself no end could be enforced. */
    SSLSocketFactory over(SSLSocketFactory tls) {
        return new SSLSocketFactory() {
            @Override
            public Socket createSocket(Socket below, String host, int port, boolean autoClose) throws IOException {
                return tls.createSocket(watch(below), host, port, autoClose);
            }

            @Override
            public String[] getDefaultCipherSuites() {
                return tls.getDefaultCipherSuites();
            }

            @Override
            public String[] getSupportedCipherSuites() {
                return tls.getSupportedCipherSuites();
            }

            @Override
            public Socket createSocket(String host, int port) throws IOException {
                throw onlyOver();
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
                throw onlyOver();
            }

            @Override
            public Socket createSocket(InetAddress host, int port) throws IOException {
                throw onlyOver();
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
                    throws IOException {
                throw onlyOver();
            }
        };
    }

    private static IOException onlyOver() {
        return new IOException("TLS is laid over a socket that is there");
    }

    /** Makes the one socket; TLS is laid over it. */
    SocketFactory factory() {
        return new SocketFactory() {
            @Override
            public Socket createSocket() throws IOException {
                return watch(new Socket());
            }

            @Override
            public Socket createSocket(String host, int port) throws IOException {
                return watch(new Socket(host, port));
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
                return watch(new Socket(host, port, local, localPort));
            }

            @Override
            public Socket createSocket(InetAddress host, int port) throws IOException {
                return watch(new Socket(host, port));
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
                    throws IOException {
                return watch(new Socket(host, port, local, localPort));
            }
        };
    }
}
