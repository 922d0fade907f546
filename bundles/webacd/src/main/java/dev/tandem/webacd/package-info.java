/**
 * Routing of work to agents: queues, work items, offers, and a router that says why.
 *
 * <p>Whatever wants an agent submits a {@link dev.tandem.webacd.WorkRequest} to {@link dev.tandem.webacd.WorkItems} and says
 * as a {@link dev.tandem.webacd.WorkSource} what the agent sees of it. The router of the site offers the item to agents until
 * one accepts; {@link dev.tandem.webacd.WorkEvent}s tell what becomes of it.
 *
 * <h2>States of a work item</h2>
 *
 * <table>
 * <caption>What an item may become</caption>
 * <tr><th>state</th><th>next</th></tr>
 * <tr><td>WAITING</td><td>OFFERED, ASSIGNED (picked), ABANDONED, EXPIRED, DONE</td></tr>
 * <tr><td>OFFERED</td><td>ASSIGNED, WAITING (declined, expired or withdrawn; with its first waiting time), ABANDONED</td></tr>
 * <tr><td>ASSIGNED</td><td>ASSIGNED (another agent has got control), WRAP_UP, WAITING (moved), DONE</td></tr>
 * <tr><td>WRAP_UP</td><td>DONE</td></tr>
 * </table>
 *
 * <p>DONE, ABANDONED and EXPIRED are ends. Offers to an agent that are pending, items assigned to them and items they wrap
 * up are never more than their capacity.
 *
 * <h2>Order</h2>
 *
 * A level of priority is worth a time of waiting, the queue's <i>priority step</i>: with a step of a minute an item of
 * priority 2 stands where one of priority 0 stands that has waited two minutes longer. So nothing starves. Which of several
 * agents is asked is the queue's {@link dev.tandem.webacd.RoutingStrategy}; integrators publish their own, and prove them
 * with {@link dev.tandem.webacd.RoutingStrategyContract}.
 *
 * <h2>Errors</h2>
 *
 * Refusals carry permanent words: UNKNOWN {@code unknown}; INVALID {@code reason-too-long} (with the count of code points);
 * CONFLICT {@code queue-closed}, {@code queue-full}, {@code offer-gone} (another agent was faster, or it is over),
 * {@code item-over}.
 */
@Version("1.0.0")
package dev.tandem.webacd;

import org.osgi.annotation.versioning.Version;
