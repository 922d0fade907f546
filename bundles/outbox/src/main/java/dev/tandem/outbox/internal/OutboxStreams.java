package dev.tandem.outbox.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Database;
import dev.tandem.journal.Decision;
import dev.tandem.journal.Journal;
import dev.tandem.journal.None;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Sealer;
import dev.tandem.journal.Streams;
import dev.tandem.outbox.Mail;
import dev.tandem.outbox.MailAddress;
import dev.tandem.outbox.Message;
import dev.tandem.outbox.MessageId;
import dev.tandem.outbox.Outbox;
import dev.tandem.platform.SiteId;

/** The open streams of messages: what is sent from here stands in them before anybody is told that it will be. */
@Component(service = {Outbox.class, OutboxStreams.class})
public final class OutboxStreams implements Outbox {
    private final Journal journal;
    private final Sealer sealer;
    private final MailServer server;
    private final Clock clock;
    private final MessageTable table;
    private final AtomicReference<Runnable> queued = new AtomicReference<>(() -> {});
    private final Streams<MailState, MailFact> streams;

    @Activate
    public OutboxStreams(
            @Reference Journal journal,
            @Reference Database database,
            @Reference Sealer sealer,
            @Reference MailServer server,
            @Reference Clock clock) {
        this.journal = journal;
        this.sealer = sealer;
        this.server = server;
        this.clock = clock;
        this.table = new MessageTable(database);
        table.migrate();
        this.streams = journal.open(new MailKind(() -> queued.get().run()));
    }

    @Deactivate
    public void close() {
        streams.close();
    }

    /** Who is told that there is something to hand over. */
    void onQueued(Runnable listener) {
        queued.set(listener);
    }

    MessageTable table() {
        return table;
    }

    @Override
    public boolean ready() {
        return server.server().isPresent();
    }

    @Override
    public Answer<MessageId> send(SiteId site, UUID command, Mail mail) {
        var fault = MailAddress.fault(mail.to());
        if (fault.isPresent()) {
            return new Answer.Refused<>(fault.get());
        }
        // The command's own id, so that a repeat finds the same message.
        var id = new MessageId(command);
        var to = sealer.seal(mail.person(), MailAddress.ascii(mail.to()).orElseThrow());
        var subject = sealer.seal(mail.person(), mail.subject());
        var text = sealer.seal(mail.person(), mail.text());
        var html = sealer.seal(mail.person(), mail.html());
        return streams.execute(
                new Command<>(site, id.value(), command, "system", MessageId.class),
                (state, now) -> withRows(
                        MailRules.queue(
                                state,
                                new MailFact.Queued(
                                        now,
                                        to.ref(),
                                        subject.ref(),
                                        text.ref(),
                                        html.ref(),
                                        mail.language().toLanguageTag(),
                                        messageId(id),
                                        mail.about(),
                                        now.plus(MailRules.PATIENCE)),
                                id),
                        List.of(to, subject, text, html)));
    }

    private static Decision<MailFact, MessageId> withRows(Decision<MailFact, MessageId> decision, List<Personal> rows) {
        if (decision instanceof Decision.Accepted<MailFact, MessageId> accepted
                && !accepted.events().isEmpty()) {
            return new Decision.Accepted<>(accepted.events(), accepted.answer(), accepted.deadlines(), rows);
        }
        return decision;
    }

    /** Under the name of who sends; it only has to be the only one of its kind (RFC 5322). */
    private String messageId(MessageId id) {
        var from = server.server().map(known -> known.from().getAddress()).orElse("@tandem.invalid");
        return "<" + id + from.substring(from.lastIndexOf('@')).toLowerCase(Locale.ROOT) + ">";
    }

    @Override
    public Optional<Message> find(SiteId site, MessageId message) {
        var state = load(site, message.value());
        return state.letter()
                .map(letter -> new Message(
                        message,
                        state.state(),
                        journal.personal(site, letter.to()),
                        state.problem(),
                        state.made(),
                        letter.at(),
                        state.next(),
                        letter.about()));
    }

    @Override
    public Answer<None> again(SiteId site, MessageId message, String actor, UUID command) {
        return execute(new Command<>(site, message.value(), command, actor, None.class), MailRules::again);
    }

    @Override
    public Answer<None> cancel(SiteId site, MessageId message, String actor, UUID command) {
        return execute(
                new Command<>(site, message.value(), command, actor, None.class),
                (state, now) -> MailRules.cancel(state));
    }

    MailState load(SiteId site, UUID message) {
        return streams.load(site, message).state();
    }

    Answer<None> execute(Command<None> command, Streams.Decider<MailState, MailFact, None> decider) {
        return streams.execute(command, decider);
    }

    /** What is to be carried; empty once it has been erased. */
    Optional<Letter> letter(SiteId site, MailFact.Queued queued) {
        var to = journal.personal(site, queued.to());
        var subject = journal.personal(site, queued.subject());
        var text = journal.personal(site, queued.text());
        var html = journal.personal(site, queued.html());
        return to.isEmpty() || subject.isEmpty() || text.isEmpty() || html.isEmpty()
                ? Optional.empty()
                : Optional.of(new Letter(
                        to.get(),
                        queued.language(),
                        subject.get(),
                        text.get(),
                        html.get(),
                        queued.messageId(),
                        queued.at()));
    }

    Instant now() {
        return clock.instant();
    }
}
