/**
 * A coin that the people in a session toss together. It stands for anything an integrator may add: a stream of its own
 * with a deadline, a table, a REST resource, a live topic, a line in the conversation, and a panel on both sides.
 */
@Version("1.0.0")
package org.example.odd;

import org.osgi.annotation.versioning.Version;
