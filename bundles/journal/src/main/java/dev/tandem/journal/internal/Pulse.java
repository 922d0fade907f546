package dev.tandem.journal.internal;

import java.time.Instant;
import java.util.Optional;

/**
 * How a node is in touch with the database.
 *
 * @param last when it last could say that it lives, by the node's clock
 * @param trouble why it cannot since then, for people; nothing if the last beat succeeded
 */
public record Pulse(Instant last, Optional<String> trouble) {}
