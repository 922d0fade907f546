package dev.tandem.journal;

import java.util.Optional;
import java.util.UUID;

import dev.tandem.platform.SiteId;

/**
 * The envelope of a command.
 *
 * @param stream which stream decides it; a fresh id for a new stream
 * @param id the client's id of the command, unique in the site: a repeat gets the first answer
 * @param actor who wants it, for the record: {@code agent:anna}, {@code customer:ID}, {@code deadline}, {@code system}
 * @param answers the type of the answer, a record that Jackson can write and read
 * @param lease what must still be held when it is written; otherwise it is refused with {@code lease-lost}, BUSY
 * @param begins whether its stream is expected to begin with it
 */
public record Command<A>(
        SiteId site, UUID stream, UUID id, String actor, Class<A> answers, Optional<Lease> lease, boolean begins) {
    /** A command that needs no lease. */
    public Command(SiteId site, UUID stream, UUID id, String actor, Class<A> answers) {
        this(site, stream, id, actor, answers, Optional.empty(), false);
    }

    /** The same, to be written only while that lease is held: its epoch is checked within the transaction. */
    public Command<A> under(Lease held) {
        return new Command<>(site, stream, id, actor, answers, Optional.of(held), begins);
    }

    /**
     * The same, for a stream whose id has just been made: there is nothing to be read before it is decided. It costs time and
     * nothing else if that is wrong, since the first version of a stream can be written only once.
     */
    public Command<A> beginning() {
        return new Command<>(site, stream, id, actor, answers, lease, true);
    }
}
