/**
 * The spine: streams of events with their read models, deadlines and settings, on SQLite or PostgreSQL.
 *
 * <p>A slice describes its kind of stream by a {@link dev.tandem.journal.StreamKind} and opens it with
 * {@link dev.tandem.journal.Journal#open}. A command is decided by a pure function of the stream's state and the time;
 * its events, read-model rows, deadlines and personal rows are written in one transaction and acknowledged after it is
 * durable. A repeat of a command id gets the first answer.
 *
 * <h2>What a slice keeps to</h2>
 *
 * <ul>
 *   <li>Deciders, {@code evolve} and {@code due} are pure: they may be called again for the same command, or in vain, and
 *       only the last call counts. They cannot execute another command or open a transaction.
 *   <li>What it throws is thrown to the caller of that command; nothing is stored, and the same command id may be tried
 *       again. Other commands of the batch do not notice.
 *   <li>States and answers hold references to personal rows, never their text: answers are stored as long as the site, and
 *       no erasure reaches them.
 *   <li>{@code committed} is called on every node, soon after the event; a node that was away does not hear it later.
 *   <li>When the database fails, the call throws, and whether the command took place is not known: a repeat tells.
 * </ul>
 *
 * <h2>Several nodes</h2>
 *
 * <p>Nodes share one PostgreSQL, which is the only judge. Each {@link dev.tandem.journal.Nodes node} says once a second that
 * it lives, by the clock of the database. What only one of them does hangs on a {@link dev.tandem.journal.Lease} with a
 * fencing epoch that is checked inside the transaction that writes. Commits are announced by NOTIFY while there is another
 * node, and looked for once a second besides; what is no event is told by {@link dev.tandem.journal.Announcements}.
 *
 * <h2>The chain</h2>
 *
 * <p>All hashes are SHA-256. A <i>part</i> is its length in bytes as 8 bytes, the highest first, and then the bytes; texts
 * are UTF-8, hashes their 32 bytes. A <i>number</i> is 8 bytes, the highest first, without a length. Ids are texts in their
 * usual form with lower-case letters.
 *
 * <p>The hash of an event covers, in this order: the hash of the event before it in its stream, or 32 zero bytes before the
 * first (part); site (part); position (number); kind (part); stream id (part); version (number); event id (part); event
 * name (part); time in milliseconds since 1970 (number); actor (part); command id (part); payload as it is stored (part).
 *
 * <p>The hash of a batch, which stands on its last event and in the row that counts the site's positions, covers: the hash
 * of the batch before it, or 32 zero bytes before the first (part); site (part); first and last position (numbers); the
 * hashes of its events one after another (one part).
 *
 * <p>Texts about persons are not in the payload but in personal rows; the payload holds their
 * {@link dev.tandem.journal.Personal.Ref}, whose digest is SHA-256 over the row's 16 bytes of salt and the text in UTF-8,
 * as hex. With the row gone the digest tells nothing, and the chain still verifies.
 */
@Version("1.4.0")
package dev.tandem.journal;

import org.osgi.annotation.versioning.Version;
