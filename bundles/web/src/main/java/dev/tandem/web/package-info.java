/**
 * The one door of Tandem: REST resources, problems, callers, limits, the live channel, media sockets, panels and pages.
 *
 * <p>Everything here is published to or taken from the OSGi service registry, so a slice brings its paths, messages and
 * panels along when it starts and takes them away when it stops, in open pages too, while all others go on answering.
 * Errors are {@code application/problem+json} (RFC 9457).
 */
@Version("1.4.0")
package dev.tandem.web;

import org.osgi.annotation.versioning.Version;
