package dev.tandem.chat.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.chat.ChatMessage;
import dev.tandem.chat.Conversations;
import dev.tandem.chat.internal.ConversationEvent.MessagePosted;
import dev.tandem.chat.internal.ConversationEvent.NoticePosted;
import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Database;
import dev.tandem.journal.Decision;
import dev.tandem.journal.Journal;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Sealer;
import dev.tandem.journal.Streams;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Conversation;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.LiveChannel;

/** The conversations of this node's sites, open while the component is active. */
@Component(service = {Conversation.class, Conversations.class, ChatConversations.class})
public final class ChatConversations implements Conversation, Conversations {
    private static final String NOTE = "note";

    private final Journal journal;
    private final Database database;
    private final Sealer sealer;
    private final SupportSessions sessions;
    private final Streams<ConversationState, ConversationEvent> streams;

    @Activate
    public ChatConversations(
            @Reference Journal journal,
            @Reference Database database,
            @Reference Sealer sealer,
            @Reference SupportSessions sessions,
            @Reference LiveChannel live) {
        this.journal = journal;
        this.database = database;
        this.sealer = sealer;
        this.sessions = sessions;
        database.migrate("chat", ChatConversations.class, MessageTable.MIGRATIONS);
        this.streams = journal.open(new ConversationKind(live));
    }

    @Deactivate
    public void close() {
        streams.close();
    }

    @Override
    public Answer<Posted> say(SiteId site, SessionId session, ParticipantId from, String text, UUID command) {
        var found = sessions.find(site, session);
        var participant = found.flatMap(known -> known.participant(from))
                .filter(p -> p.state().present());
        if (participant.isEmpty()) {
            return refused(Refusal.Reason.UNKNOWN, "unknown", "There is no such participant in a session.");
        }
        if (found.get().state() == SupportSession.State.ENDED) {
            return refused(Refusal.Reason.CONFLICT, "session-ended", "The session has ended.");
        }
        if (!ChatActivity.open(found.get())) {
            return refused(
                    Refusal.Reason.CONFLICT,
                    "chat-stopped",
                    "The chat has ended with the change of control. The agent in control can start it again.");
        }
        var fault = Texts.fault(text);
        if (fault.isPresent()) {
            return refused(Refusal.Reason.INVALID, "invalid", fault.get());
        }
        var subject = subject(participant.get());
        var name = sealer.seal(subject, participant.get().name());
        var words = sealer.seal(subject, text);
        return append(
                site,
                session,
                command,
                subject,
                now -> new MessagePosted(from.value(), name.ref(), words.ref()),
                List.of(name, words));
    }

    @Override
    public Answer<Posted> note(
            SiteId site, SessionId session, Optional<ParticipantId> about, String text, UUID command) {
        var fault = Texts.fault(text);
        if (fault.isPresent()) {
            return refused(Refusal.Reason.INVALID, "invalid", fault.get());
        }
        return notice(site, session, new Happened(NOTE, about, Optional.of(text), Optional.empty()), command);
    }

    @Override
    public Answer<Posted> happened(
            SiteId site, SessionId session, String code, Optional<ParticipantId> about, String text, UUID command) {
        var fault = Texts.fault(text);
        if (fault.isPresent()) {
            return refused(Refusal.Reason.INVALID, "invalid", fault.get());
        }
        return notice(site, session, new Happened(code, about, Optional.of(text), Optional.empty()), command);
    }

    /**
     * Something that happened in a session.
     *
     * @param since when; empty for now
     */
    record Happened(String code, Optional<ParticipantId> about, Optional<String> text, Optional<Instant> since) {}

    Answer<Posted> notice(SiteId site, SessionId session, Happened what, UUID command) {
        var found = sessions.find(site, session);
        if (found.isEmpty()) {
            return refused(Refusal.Reason.UNKNOWN, "unknown", "There is no such session.");
        }
        var about = what.about().flatMap(found.get()::participant);
        var subject = about.map(ChatConversations::subject).orElse("session:" + session);
        var name = about.map(participant -> sealer.seal(subject, participant.name()));
        var text = what.text().map(words -> sealer.seal(subject, words));
        var rows = new ArrayList<Personal>();
        name.ifPresent(rows::add);
        text.ifPresent(rows::add);
        return append(
                site,
                session,
                command,
                "system",
                now -> new NoticePosted(
                        what.code(),
                        about.map(participant -> participant.id().value()),
                        name.map(Personal::ref),
                        text.map(Personal::ref),
                        what.since().orElse(now)),
                rows);
    }

    private Answer<Posted> append(
            SiteId site,
            SessionId session,
            UUID command,
            String actor,
            Function<Instant, ConversationEvent> event,
            List<Personal> rows) {
        return streams.execute(
                new Command<>(site, session.value(), command, actor, Posted.class),
                (state, now) -> new Decision.Accepted<>(
                        List.of(event.apply(now)), new Posted(state.lines() + 1), List.of(), rows));
    }

    @Override
    public Page after(SiteId site, SessionId session, long number, int most) {
        if (most < 1 || most > LONGEST_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + LONGEST_PAGE + " messages");
        }
        record Read(List<MessageTable.Line> lines, long last) {}
        var read = database.read(sql ->
                new Read(MessageTable.after(sql, site, session, number, most), MessageTable.last(sql, site, session)));
        // Outside of the transaction above, since the journal reads in one of its own.
        return new Page(read.lines().stream().map(line -> message(site, line)).toList(), read.last());
    }

    /** Looked for among so many lines more, since notices stand between. */
    @Override
    public List<Said> latest(SiteId site, SessionId session, int most) {
        long last = after(site, session, 0, 1).number();
        int window = Math.min(LONGEST_PAGE, most * 4);
        var said = after(site, session, Math.max(0, last - window), window).messages().stream()
                .filter(message -> message.kind() == ChatMessage.Kind.TEXT
                        && !message.text().isEmpty())
                .map(message -> new Said(message.at(), message.name(), message.text()))
                .toList();
        return said.subList(Math.max(0, said.size() - most), said.size());
    }

    private ChatMessage message(SiteId site, MessageTable.Line line) {
        var name = line.name().flatMap(ref -> journal.personal(site, ref));
        var text = line.text().flatMap(ref -> journal.personal(site, ref));
        var notice = line.notice().map(code -> new ChatMessage.Notice(code, name.orElse("")));
        return new ChatMessage(
                line.number(),
                notice.isPresent() ? ChatMessage.Kind.NOTICE : ChatMessage.Kind.TEXT,
                notice.isPresent() ? Optional.empty() : line.participant().map(ParticipantId::new),
                notice.isPresent() ? "" : name.orElse(""),
                text.orElse(""),
                notice,
                line.name().isPresent() && name.isEmpty() || line.text().isPresent() && text.isEmpty(),
                line.at());
    }

    /** Under which name a person is erased, and acts. */
    private static String subject(Participant participant) {
        return participant.agent().map(agent -> "agent:" + agent).orElse("customer:" + participant.id());
    }

    private static Answer<Posted> refused(Refusal.Reason reason, String code, String detail) {
        return new Answer.Refused<>(new Refusal(reason, code, detail));
    }
}
