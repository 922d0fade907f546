/**
 * Remote-support sessions: who is in, who controls, what is going on.
 *
 * <p>A session belongs to an interaction of the platform and is started by its agent. Each customer has a seat with a
 * PIN. Other slices ask {@link dev.tandem.session.SupportSessions} who may do what, and publish what they do in a session
 * as an {@link dev.tandem.session.Activity}.
 */
@Version("2.0.0")
package dev.tandem.session;

import org.osgi.annotation.versioning.Version;
