/**
 * Voice and video between the people of a session: WebRTC from browser to browser, arranged over a media socket.
 *
 * <p>Nothing that is said or seen passes the server, unless it is configured as a TURN server; the server knows who is in the
 * call, hands offers, answers and candidates (RFC 8829, RFC 8838) from one to the other, and ends the call with the session.
 * Every participant connects to every other one, so a call is for few: {@value dev.tandem.call.Calls#MOST} at most. An outside
 * viewer takes no part.
 *
 * <p>A call is an activity of the session's scope: it goes on when control passes, if the new controller's page can do voice,
 * else it ends and says so.
 *
 * <h2>The wire</h2>
 * Media channel {@code call}, role {@code peer}, texts only, each a JSON object with a member {@code op}. Unknown words and
 * members are ignored. From the page:
 * <ul>
 * <li>{@code can}: {@code voice} and {@code video}, whether this browser and its devices can do it. First, and when it changes.
 * <li>{@code join}: with {@code audio} and {@code video}, what is on. The first one starts the call.
 * <li>{@code state}: {@code audio} and {@code video}, what is on now.
 * <li>{@code signal}: {@code to}, a peer's id, and {@code data}, an object that is handed on as it is.
 * <li>{@code leave}.
 * </ul>
 * From the server:
 * <ul>
 * <li>{@code welcome}: {@code you}, the id of this page in the call, {@code ice}, the servers as {@code RTCIceServer}, {@code relay}, whether
 * pages may meet by TURN alone, and {@code peers}, each with {@code id}, {@code participant}, {@code audio} and {@code video}. Of two peers the one
 * with the higher id makes the offer, whoever joined first.
 * <li>{@code peer}: one who came, or whose state changed. {@code gone}: one who went, by {@code id}.
 * <li>{@code signal}: {@code from} and {@code data}.
 * <li>{@code out}: this page is out, since its participant has taken back the consent to talk.
 * <li>{@code full}: the call has no room for one more.
 * <li>{@code over}: the call has ended; {@code reason} is {@code ended} or {@code no-voice}.
 * </ul>
 */
@Version("1.0.0")
package dev.tandem.call;

import org.osgi.annotation.versioning.Version;
