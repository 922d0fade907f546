package dev.tandem.web;

import java.util.Optional;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The static modules of all bundles with the header {@code Tandem-Modules: NAME}: the files below {@code static/} in the
 * bundle, served at {@code /m/NAME/HASH/...} and cached for ever, since the hash is that of their content. A service.
 */
@ProviderType
public interface Modules {
    /** The path of a file now, or empty if that bundle or file is not there. */
    Optional<String> path(String name, String file);
}
