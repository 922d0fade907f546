package dev.tandem.journal.internal;

import java.util.UUID;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Refusal;

/**
 * The first answer to a command.
 *
 * @param type the class of the answer's value
 * @param body the value or the refusal as JSON
 */
record StoredAnswer(UUID command, String kind, UUID stream, String type, boolean accepted, long version, String body) {

    static StoredAnswer of(Task<?, ?, ?> task, Answer<?> answer) {
        var command = task.command();
        var accepted = answer instanceof Answer.Accepted<?> yes ? yes : null;
        return new StoredAnswer(
                command.id(),
                task.kind().name(),
                command.stream(),
                command.answers().getName(),
                accepted != null,
                accepted != null ? accepted.version() : 0,
                Codec.write(accepted != null ? accepted.value() : ((Answer.Refused<?>) answer).refusal()));
    }

    /** The answer to a repeat, or a refusal if it is no repeat but another command under the same id. */
    <A> Answer<A> again(Task<?, ?, A> task) {
        var command = task.command();
        if (!kind.equals(task.kind().name())
                || !stream.equals(command.stream())
                || !type.equals(command.answers().getName())) {
            return new Answer.Refused<>(new Refusal(
                    Refusal.Reason.CONFLICT, "command-id-reused", "This command id was used for another command."));
        }
        return accepted
                ? new Answer.Accepted<>(Codec.read(body, command.answers()), version)
                : new Answer.Refused<>(Codec.read(body, Refusal.class));
    }
}
