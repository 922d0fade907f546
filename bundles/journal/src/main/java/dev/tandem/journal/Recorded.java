package dev.tandem.journal;

import java.time.Instant;
import java.util.UUID;

import dev.tandem.platform.SiteId;

/**
 * An event as it stands in the journal.
 *
 * @param position its place among all events of the site, from 1, without gaps
 * @param stream the id of its stream
 * @param version its place in its stream, from 1, without gaps
 * @param id the event's own id, UUIDv7
 * @param at wall time, for people; positions order
 * @param actor who caused it
 */
public record Recorded<E>(
        SiteId site, long position, UUID stream, long version, UUID id, Instant at, String actor, E event) {}
