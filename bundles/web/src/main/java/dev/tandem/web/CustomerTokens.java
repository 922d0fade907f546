package dev.tandem.web;

import java.util.Optional;

import org.osgi.annotation.versioning.ConsumerType;

/** Recognises customers by the bearer token of their seat. Published by the slice that gives the tokens out. */
@ConsumerType
public interface CustomerTokens {
    /** Who holds that token, or empty if nobody does any more. */
    Optional<Caller.OfCustomer> recognise(String token);
}
