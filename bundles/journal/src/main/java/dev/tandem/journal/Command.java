package dev.tandem.journal;

import java.util.UUID;

import dev.tandem.platform.SiteId;

/**
 * The envelope of a command.
 *
 * @param stream which stream decides it; a fresh id for a new stream
 * @param id the client's id of the command, unique in the site: a repeat gets the first answer
 * @param actor who wants it, for the record: {@code agent:anna}, {@code customer:ID}, {@code deadline}, {@code system}
 * @param answers the type of the answer, a record that Jackson can write and read
 */
public record Command<A>(SiteId site, UUID stream, UUID id, String actor, Class<A> answers) {}
