package dev.tandem.web;

import java.util.Optional;
import java.util.function.Supplier;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.platform.SiteId;

/**
 * Bounds guessing. Failures are counted in the database, per address and per site, over ten minutes: after 5 of one
 * address its next attempts are refused with 429 {@code too-many-attempts} and Retry-After; after 100 of a site the
 * administrators are alarmed and each further attempt of an address with failures is slowed. An address without failures
 * is never refused. A service.
 */
@ProviderType
public interface AttemptLimiter {
    /**
     * Runs one attempt. An empty result counts as a failure; success and failure take the same time.
     *
     * @param what what is guessed: {@code pin}
     * @return what the attempt found
     * @throws ProblemException 429 if the address has failed too often
     */
    <T> Optional<T> attempt(SiteId site, String what, String address, Supplier<Optional<T>> attempt);
}
