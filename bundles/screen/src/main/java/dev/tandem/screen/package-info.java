/**
 * Screen sharing: a customer's screen, encoded once in the customer's browser and relayed to every agent of the session.
 *
 * <p>{@link dev.tandem.screen.ScreenSharing} tells what is shared. The activity's name, the media channel's name and the
 * REST path are all {@code screen}.
 *
 * <h2>The wire, version 1</h2>
 *
 * A media socket of the channel {@code screen} has the role {@code sender} (the customer who started the activity) or
 * {@code viewer} (any agent of the session, any number of pages). Binary messages are frames, text messages are JSON
 * objects with a word {@code op}. Members that a reader does not know are ignored; words it does not know are too.
 *
 * <h3>Frames: sender to relay, relay to viewer, unchanged</h3>
 *
 * A header of 20 bytes ({@link dev.tandem.screen.FrameHeader}), numbers big-endian, then one chunk of the codec:
 *
 * <pre>
 *  0  u8   version, 1
 *  1  u8   flags: bit 0 set for a key frame; the others are 0
 *  2  u16  width of the picture in pixels, at least 1
 *  4  u16  height of the picture in pixels, at least 1
 *  6  u16  0
 *  8  i64  when the picture was captured, microseconds since the Unix epoch by the sender's clock
 * 16  u32  sequence
 * </pre>
 *
 * A frame is at most 4 MB (4,194,304 bytes) with its header. On one socket the first frame is a key frame, a delta frame
 * carries the sequence of the frame before plus one, and a key frame any larger one. Anything else, and a frame before the
 * first {@code config}, closes the socket with 4403 {@code bad-frame}. The relay never re-encodes.
 *
 * <h3>Texts of the sender</h3>
 *
 * <pre>
 * {"op":"config","codec":"vp8","width":1920,"height":1080}   before the first frame and whenever one of them changes
 * {"op":"beat","now":N,"at":M}                               answer to a beat: its {@code now}, and the own clock, microseconds
 * </pre>
 *
 * <h3>Texts to the sender</h3>
 *
 * <pre>
 * {"op":"viewers","count":2}     first message, and at every change; with 0 the sender sends no frames
 * {"op":"ack","sequence":12}     relayed; a sender has at most 3 frames that are not acknowledged. Held back while even the
 *                                fastest viewer is behind, so that the line to it sets the pace
 * {"op":"key"}                   the next frame must be a key frame (a viewer is new or has missed something)
 * {"op":"beat","now":N}          every second
 * {"op":"stopped"}               the activity has ended; the socket closes with 4403 {@code screen-stopped}
 * </pre>
 *
 * <h3>Texts of a viewer</h3>
 *
 * <pre>
 * {"op":"ack","sequence":12}     shown, or given up, all up to this one
 * {"op":"key"}                   cannot decode: a key frame please
 * {"op":"beat","now":N,"at":M}
 * </pre>
 *
 * <h3>Texts to a viewer</h3>
 *
 * <pre>
 * {"op":"state","state":"waiting"}      the sender has not come yet; {@code live}; {@code interrupted}: its line is lost
 * {"op":"config","codec":"vp8","width":1920,"height":1080}
 * {"op":"beat","now":N,"silent":250,"skew":-1200}   every second: milliseconds since the sender was last heard, and the viewer's
 *                                       clock minus the sender's in microseconds, null until both are known
 * {"op":"stopped"}
 * </pre>
 *
 * <p>A viewer that does not keep up misses frames until it has caught up and a key frame comes; it sees that by the
 * sequence. A new viewer is sent the latest key frame with what followed it, while that is small enough to be kept (2 MB,
 * 30 frames), and otherwise a fresh key frame is asked for, at most two a second.
 *
 * <p>Close codes: 4403 with {@code screen-stopped}, {@code not-in-session}, {@code replaced} (the same customer shares
 * from another page), {@code bad-frame}, {@code bad-message}; 4410 when the bundle stops.
 */
@Version("1.0.0")
package dev.tandem.screen;

import org.osgi.annotation.versioning.Version;
