/**
 * Recordings of sessions: what is shared, with what is said and happens beside it, in files that a browser plays.
 *
 * <p>{@link dev.tandem.recording.Recordings} tells which there are; {@link dev.tandem.recording.RecordingEvent} is published
 * to {@link dev.tandem.journal.EventSubscriber}s. Starting and stopping is for the agent in control, by REST. The activity,
 * the capability that is asked for and the REST path are {@code recording} and {@code /recordings}.
 *
 * <h2>When it is written</h2>
 *
 * While the session's activity {@code recording} runs and every agent and customer who is in the session has allowed it; the
 * controller has by starting it. Who joins later is asked, and until the answer nothing is written. It ends when somebody
 * withdraws, when control passes, with the session, and when the disk or the site's share of it is full; the session does
 * not notice.
 *
 * <h2>Files</h2>
 *
 * <p>In the folder of the configuration {@code dev.tandem.recording}, below {@code SITE/SESSION}: {@code RECORDING-PART.webm},
 * one VP8 track, and {@code RECORDING-PART.jsonl}, one JSON object for each line of what happened: {@code at} (milliseconds
 * since the part's beginning), {@code what}, and {@code number} (of a chat message) or {@code participant}. No name and no
 * word of anybody is in it: these are looked up when it is read, so an erased person is erased there too.
 *
 * <p>While it is made the picture stands in {@code RECORDING-PART.part}, brought to the disk at least once a second: after a
 * crash all but the last second is there, and the node finishes it when it starts again. When another node goes on with a
 * session a new part begins. A part is a file on the node that made it, unless nodes share the folder.
 */
@Version("1.0.0")
package dev.tandem.recording;

import org.osgi.annotation.versioning.Version;
