/**
 * Remote-support sessions: who is in, who controls, who is helped, what is going on, what was allowed.
 *
 * <p>A session belongs to an interaction of the platform and is started by its agent, or is opened without both and
 * waits for an agent. Each customer has a seat with a PIN. Other slices ask {@link dev.tandem.session.SupportSessions} who may do what, and publish what they do in a session
 * as an {@link dev.tandem.session.Activity}.
 *
 * <h2>Participants</h2>
 *
 * Agents, customers and outside viewers are {@link dev.tandem.session.Participant}s. An agent who is not in control
 * <i>assists</i>: there is no role for that, since control passes. A viewer was let in by a link, at most 20 of a session,
 * sees frames and names, and does nothing: {@link dev.tandem.session.SupportSessions#membership} does not know viewers,
 * {@link dev.tandem.session.SupportSessions#audience} does. Who was removed by the controller is out for good; a customer's
 * PIN and a viewer's link are dead from then on.
 *
 * <h2>Control</h2>
 *
 * One agent is in control, for a <i>control epoch</i>. Passing control to an agent who is there raises the epoch by one;
 * so does handing it back. Only the controller ends the session, selects the customer, removes people and lets viewers in.
 * A controller does not leave while another agent is there: control is passed first, or the session ended. One who is lost
 * for longer than the grace (a setting, 30 seconds unless the site says otherwise) has left; control is then
 * <i>offered</i> to the agent who came first, after 30 seconds or a refusal to the next one, at last to everybody.
 * Until it is taken the former controller may return and has it still, in the same epoch. With no agent there at all the
 * session ends after the grace, as ever.
 *
 * <p>One customer is <i>assisted</i>: who came first, until the controller selects another one. When that customer has gone
 * the next one who is there is, by itself.
 *
 * <h2>Transfer</h2>
 *
 * Where work is routed, a session is <i>handed over</i>: its controller leaves, nobody is in control, nothing goes on, and it
 * is {@linkplain dev.tandem.session.SupportSession.State#TRANSFERRING TRANSFERRING} until an agent <i>takes</i> it, with a new
 * epoch, or it is <i>given up</i>. Its interaction stays with who handed it over. Meanwhile no agent's grace ends it; customers
 * may talk, lose their line and leave as ever, and with the last of them it ends. Who routes it is outside of this package.
 *
 * <h2>Activities and their scopes</h2>
 *
 * An activity is started for a {@link dev.tandem.session.SupportSession.Scope} and stops by an event of its own, before
 * the event that has ended its grant:
 *
 * <table>
 * <caption>What ends an activity, beside its own stop, the going of who does it and the end of the session</caption>
 * <tr><th>scope</th><th>may be started by</th><th>ends with</th></tr>
 * <tr><td>CUSTOMER</td><td>the controller, the assisted customer</td><td>another customer, another controller</td></tr>
 * <tr><td>CONTROL</td><td>the controller, customers if the slice lets them</td><td>another controller</td></tr>
 * <tr><td>SESSION</td><td>every agent and customer</td><td>the session, a transfer of the session</td></tr>
 * </table>
 *
 * <p>A slice that acts for an activity compares {@code by} and {@code epoch} of what runs with those of its own grant: the
 * same name may run anew.
 *
 * <h2>Errors</h2>
 *
 * Refusals carry permanent words: FORBIDDEN {@code not-controller}, {@code not-assisted}, {@code view-only}, {@code switched-off},
 * {@code number-refused}, {@code link-refused}, {@code pin-refused}; CONFLICT {@code control-passed} (the epoch that the
 * caller knows is over), {@code not-assistant}, {@code not-offered}, {@code control-first}, {@code not-present},
 * {@code too-many-viewers}, {@code activity-running}, {@code no-agent}, {@code no-customer}, {@code not-waiting},
 * {@code handed-over}, {@code removed}, {@code session-ended}; UNKNOWN {@code unknown} for whoever has no
 * place in the session.
 *
 * <p>A node of an older release does not know the events behind this and leaves them where they are. If its journal can
 * tell, it refuses commands on such a session with BUSY {@code newer-version}; the first release cannot, and judges without
 * them, so control is better not passed before all nodes are of this release.
 */
@Version("2.2.0")
package dev.tandem.session;

import org.osgi.annotation.versioning.Version;
