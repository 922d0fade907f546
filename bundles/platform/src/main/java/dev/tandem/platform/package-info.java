/**
 * The contract between Tandem and the contact-center platform it plugs into.
 *
 * <p>A platform implements {@link dev.tandem.platform.AgentSignIn}, {@link dev.tandem.platform.AgentDirectory},
 * {@link dev.tandem.platform.Interactions} and {@link dev.tandem.platform.Notifier} as OSGi services and shows every
 * {@link dev.tandem.platform.DesktopTab} service on its agents' desktop. It tells Tandem of changes by calling each
 * {@link dev.tandem.platform.InteractionListener} and {@link dev.tandem.platform.PresenceListener} service. Tandem never
 * owns an agent's account, presence or call; it only asks. A platform with calls of its own may publish
 * {@link dev.tandem.platform.VoiceCalls} too, to be told when control of a session on such a call passes; one that lets routing
 * take away an agent who does not answer publishes {@link dev.tandem.platform.PresenceChanger}.
 *
 * <p>Where several nodes run, each has a platform of its own that answers the same: what one of them changes the others know
 * within milliseconds.
 */
@Version("1.3.0")
package dev.tandem.platform;

import org.osgi.annotation.versioning.Version;
