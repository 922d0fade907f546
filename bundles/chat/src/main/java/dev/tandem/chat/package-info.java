/**
 * The conversation of a session: who said what, in one order for everybody, with lines about what happened in between.
 *
 * <p>Its live topic is {@code chat/SESSION}. To post from another slice use {@link dev.tandem.session.Conversation}, which
 * this slice implements; to read, {@link dev.tandem.chat.Conversations}; to hear of new messages, an
 * {@link dev.tandem.journal.EventSubscriber} that looks for {@link dev.tandem.chat.ChatEvent}.
 */
@Version("1.0.0")
package dev.tandem.chat;

import org.osgi.annotation.versioning.Version;
