/**
 * The spine: streams of events with their read models, deadlines and settings, on SQLite or PostgreSQL.
 *
 * <p>A slice describes its kind of stream by a {@link dev.tandem.journal.StreamKind} and opens it with
 * {@link dev.tandem.journal.Journal#open}. A command is decided by a pure function of the stream's state and the time;
 * its events, read-model rows, deadlines and personal rows are written in one transaction and acknowledged after it is
 * durable. A repeat of a command id gets the first answer.
 */
@Version("1.0.0")
package dev.tandem.journal;

import org.osgi.annotation.versioning.Version;
