package dev.tandem.web;

import java.util.Optional;

import org.osgi.annotation.versioning.ConsumerType;

/** Recognises outside viewers by the bearer token that their link gave. Published by the slice that gives the tokens out. */
@ConsumerType
public interface ViewerTokens {
    /** Who holds that token, or empty if nobody does any more. */
    Optional<Caller.OfViewer> recognise(String token);
}
