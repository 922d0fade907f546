package dev.tandem.filetransfer.clamav.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where clamd is. */
sealed interface ClamdAddress {
    /** {@code host:port}, {@code [::1]:port}. */
    Pattern TCP_FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^\\s:/\\[\\]]+)):([0-9]{1,5})");

    /** Looked up anew for each connection. */
    SocketAddress now() throws IOException;

    /** A UNIX socket, by its absolute path. */
    record Unix(Path path) implements ClamdAddress {
        @Override
        public SocketAddress now() {
            return UnixDomainSocketAddress.of(path);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** A host and its port. */
    record Tcp(String host, int port) implements ClamdAddress {
        @Override
        public SocketAddress now() throws IOException {
            var address = new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                throw new UnknownHostException("nobody knows the host " + host);
            }
            return address;
        }

        @Override
        public String toString() {
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    static ClamdAddress of(String text) {
        var address = text.strip();
        if (address.startsWith("/")) {
            return new Unix(Path.of(address));
        }
        var parts = TCP_FORM.matcher(address);
        if (parts.matches()) {
            var port = Integer.parseInt(parts.group(3));
            if (port > 0 && port < 1 << 16) {
                return new Tcp(parts.group(1) == null ? parts.group(2) : parts.group(1), port);
            }
        }
        throw new IllegalArgumentException("The address \"" + text
                + "\" is neither the path of a socket (/run/clamav/clamd.ctl) nor a host and a port (localhost:3310).");
    }
}
