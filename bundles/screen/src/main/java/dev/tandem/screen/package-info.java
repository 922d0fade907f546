/**
 * Screen sharing, both ways: the screen of the assisted customer, or the controller's own, encoded once in that browser and
 * relayed to everybody else in the session: agents, customers and outside viewers.
 *
 * <p>{@link dev.tandem.screen.ScreenSharing} tells what is shared. The activity's name, the media channel's name and the
 * REST path are all {@code screen}.
 *
 * <h2>The wire, version 1</h2>
 *
 * A media socket of the channel {@code screen} has the role {@code sender} (the participant who started the activity) or
 * {@code viewer} (anybody else in the session, any number of pages). One share is one grant: it is for one control epoch, and
 * when control passes, or another customer is selected, all its sockets are closed and nothing of it passes any more. Binary messages are frames, text messages are JSON
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
 * carries the sequence of the frame before plus one, and a key frame any larger one. After a {@code config} with another
 * codec the next frame is a key frame. Anything else, and a frame before the first {@code config}, closes the socket with
 * 4403 {@code bad-frame}. The relay never re-encodes and never looks into the codec's chunk.
 *
 * <h3>Texts of the sender</h3>
 *
 * <pre>
 * {"op":"config","codec":"vp8","width":1920,"height":1080}   before the first frame and whenever one of its members changes
 * {"op":"beat","now":N,"at":M}                               answer to a beat: its {@code now}, and the own clock, microseconds
 * </pre>
 *
 * <p>{@code codec} is a full string as WebCodecs has it: {@code vp8}, {@code vp09.00.10.08}, {@code avc1.42E01F} (whose
 * chunks are Annex B) or {@code av01.0.04M.08}. Members of {@code config} that may be left out: {@code surface}
 * ({@code monitor}, {@code window} or {@code browser}), {@code number} and {@code of} (which of how many monitors, 1 to
 * 99), {@code sourceWidth} and {@code sourceHeight} (pixels of what is shared, 1 to 65,535, if the picture is smaller). Members
 * of {@code beat} that may be left out: {@code encode}, median milliseconds in the encoder, and {@code skipped}, pictures
 * that were not encoded because line or encoder were busy, both of the last second, 0 to 1,000,000.
 *
 * <h3>Texts to the sender</h3>
 *
 * <pre>
 * {"op":"viewers","count":2,"looking":1,"codecs":["vp8","h264"]}   first message, and at every change. While nobody looks the
 *                                sender sends no frames. {@code codecs} are the families ({@code vp8}, {@code vp9},
 *                                {@code h264}, {@code av1}) that every viewer decodes, in no order; never empty: without a
 *                                common one, and while nobody has said anything, it is {@code vp8}. With
 *                                {@code "inside":1} if so many of those who look are no pages but sinks inside the server
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
 * {"op":"can","codecs":["vp8","vp9","h264","av1"]}   families that it decodes; right after hello. One that does not say it
 *                                within a second is taken to decode {@code vp8} only
 * {"op":"look","looking":false}  whether anybody can see the page; true until it says otherwise
 * {"op":"ack","sequence":12}     shown, or given up, all up to this one
 * {"op":"key"}                   cannot decode: a key frame please
 * {"op":"beat","now":N,"at":M}
 * </pre>
 *
 * <p>Of an outside viewer nothing else is taken: any other word, and any frame, closes its socket with 4403
 * {@code view-only}.
 *
 * <p>A viewer at which nobody looks is sent texts and no frames. When somebody looks again it is sent the picture as if it
 * were new.
 *
 * <h3>Texts to a viewer</h3>
 *
 * <pre>
 * {"op":"state","state":"waiting"}      the sender has not come yet; {@code live}; {@code interrupted}: its line is lost
 * {"op":"config","codec":"vp8","width":1920,"height":1080}   with those of the other members that the sender has sent
 * {"op":"beat","now":N,"silent":250,"skew":-1200,"rtt":12,"sender":{"rtt":30,"encode":12,"skipped":3}}   every second
 * {"op":"stopped"}
 * </pre>
 *
 * <p>In a viewer's {@code beat}: {@code silent}, milliseconds since the sender was last heard; {@code skew}, the viewer's
 * clock minus the sender's in microseconds, null until both are known; {@code rtt}, milliseconds from the relay to this
 * viewer and back, smoothed, or null; in {@code sender} the same to the sender, and what its last beat told, each or null.
 *
 * <h3>Bounds</h3>
 *
 * A viewer that does not keep up (60 frames not acknowledged, or 2 MB that wait for it in the relay) misses frames until it
 * has caught up and a key frame comes; it sees that by the sequence. A viewer that takes nothing from its line for 25
 * seconds is closed with 4408, and so is the one for which most waits when 16 MB wait for all viewers of a session, each
 * frame counted once. So a session holds 24 MB at most: these, the picture for a new viewer and the frame that is being
 * received; its sockets add 128 KB each while they are read or written, and 256 KB of texts that their client does not
 * read, beyond which it is closed with 4408 too. A new viewer is sent the latest key frame with what followed it, while that is small enough
 * to be kept (2 MB, 30 frames), and otherwise a fresh key frame is asked for, at most two a second.
 *
 * <p>A text has at most 8,192 characters. A sender that has more than 16 frames that are not acknowledged, or sends more
 * than 240 frames or texts in a second (a viewer: 480 texts), is closed with 4403 {@code too-fast}: no honest one does. The
 * configuration {@code dev.tandem.screen} of the node has these figures.
 *
 * <p>Of several nodes one at a time relays a session, the one that holds the lease of its media; all sockets of the session
 * hang there. A stop that another node has answered is heard there within milliseconds, at the latest after 0.75 s, and after
 * 2 s if the database cannot be asked; then nothing passes more. When the node dies the pages come to another one, and the
 * share goes on there if its sender comes within 15 s.
 *
 * <p>Close codes: 4403 with {@code screen-stopped}, {@code not-in-session}, {@code replaced} (the same participant
 * shares from another page), {@code wrong-role}, {@code view-only}, {@code bad-frame}, {@code bad-message}, {@code too-fast}; 4408, take nothing for too long; 4413, a
 * message larger than any; 4410 when the bundle stops.
 */
@Version("1.2.0")
package dev.tandem.screen;

import org.osgi.annotation.versioning.Version;
