package dev.tandem.web;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Keys derived from the node's master secret ({@code etc/tandem.secret}, made at first start, readable by its owner
 * only; several nodes share one file). A service.
 */
@ProviderType
public interface Secrets {
    /** 32 bytes for one purpose ({@code session.pin}), the same after a restart; HKDF-SHA-256 (RFC 5869). */
    byte[] key(String purpose);
}
