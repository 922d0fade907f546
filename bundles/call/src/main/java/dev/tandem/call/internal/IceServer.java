package dev.tandem.call.internal;

import java.util.List;
import java.util.Optional;

/**
 * A server that helps pages find a way to each other.
 *
 * @param urls {@code stun:} and {@code turn:} URIs (RFC 7064, RFC 7065)
 * @param login for a TURN server
 */
record IceServer(List<String> urls, Optional<Login> login) {
    record Login(String user, String password) {}
}
