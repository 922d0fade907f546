package dev.tandem.journal;

import java.util.UUID;

import dev.tandem.platform.SiteId;

/**
 * That one node does something alone for a while, as the database has it.
 *
 * @param name what is done alone: {@code deadlines}, {@code media/SESSION}
 * @param node the node that holds it, see {@link Node#id}
 * @param epoch the fence: each holding of that name has a higher one. What is written {@link Command#under} a lease is
 *     refused once a later epoch exists
 */
public record Lease(SiteId site, String name, UUID node, long epoch) {}
