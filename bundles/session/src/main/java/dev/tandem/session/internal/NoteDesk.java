package dev.tandem.session.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.None;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Sealer;
import dev.tandem.platform.Agent;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Outcome;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.internal.SessionState.Person;
import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;

import io.swagger.v3.oas.annotations.media.Schema;

/** What agents note of their sessions, and the form that customers give afterwards (WX9). */
@Component(service = NoteDesk.class)
public final class NoteDesk {
    /** The longest notes, in code points. */
    public static final int LONGEST_TEXT = 4000;

    /** The longest comment, in code points. */
    public static final int LONGEST_COMMENT = 1000;

    private final SessionStreams streams;
    private final Views views;
    private final FormKeys keys;
    private final Sealer sealer;

    /** What customers have said afterwards. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Form(
            UUID participant,
            @Schema(description = "1 (bad) to 5 (good).") Optional<Integer> rating,
            String comment,
            Instant at) {}

    /** What is noted of a session. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Notes(
            @Schema(description = "Null as long as nobody has noted anything.") Optional<Outcome> outcome,
            @Schema(description = "Empty if there is none, or it was erased.") String text,
            @Schema(description = "Which participant has noted it.") Optional<UUID> by,
            Optional<Instant> at,
            @Schema(description = "What the customers have said afterwards.") List<Form> forms) {}

    @Activate
    public NoteDesk(
            @Reference SessionStreams streams,
            @Reference Views views,
            @Reference FormKeys keys,
            @Reference Sealer sealer) {
        this.streams = streams;
        this.views = views;
        this.keys = keys;
        this.sealer = sealer;
    }

    /** @param text at most {@value #LONGEST_TEXT} code points; empty for none */
    public Notes note(Agent agent, UUID session, Outcome outcome, String text, UUID command) {
        var state = state(agent.site(), session);
        var me = own(agent, state).id();
        var sealed = seal(about(state, agent), text);
        execute(agent, session, command, me, outcome, sealed);
        return notes(agent, session);
    }

    private void execute(Agent agent, UUID session, UUID command, UUID me, Outcome outcome, Optional<Personal> text) {
        var actor = new Caller.OfAgent(agent).actor();
        streams.execute(
                        new Command<>(agent.site(), session, command, actor, None.class),
                        (state, now) -> NoteRules.note(state, now, me, outcome, text))
                .orElseThrow(ProblemException::refused);
    }

    /** For agents who are or were in the session, and for the site's supervisors and administrators. */
    public Notes notes(Agent agent, UUID session) {
        var state = state(agent.site(), session);
        if (state.origin().isEmpty() || !oversees(agent)) {
            own(agent, state);
        }
        return new Notes(
                state.remarks().note().map(Remarks.Note::outcome),
                views.name(agent.site(), state.remarks().note().flatMap(Remarks.Note::text)),
                state.remarks().note().map(Remarks.Note::by),
                state.remarks().note().map(Remarks.Note::at),
                state.remarks().forms().stream()
                        .map(f -> new Form(f.participant(), f.rating(), views.name(agent.site(), f.comment()), f.at()))
                        .toList());
    }

    private static boolean oversees(Agent agent) {
        return agent.has(Agent.Role.SUPERVISOR) || agent.has(Agent.Role.ADMINISTRATOR);
    }

    /**
     * A customer gives the form.
     *
     * @param comment at most {@value #LONGEST_COMMENT} code points; empty for none
     * @return empty for a key that admits to none (any more)
     */
    public Optional<None> give(String key, Optional<Integer> rating, String comment, UUID command) {
        return keys.recognise(key).flatMap(place -> {
            var customer = place.participant();
            var sealed = seal("customer:" + customer, comment);
            var answer = streams.execute(
                    new Command<>(place.site(), place.session(), command, "customer:" + customer, None.class),
                    (state, now) -> NoteRules.form(state, now, customer, rating, sealed));
            if (answer instanceof Answer.Refused<None> refused
                    && refused.refusal().equals(NoteRules.FORM_REFUSED)) {
                return Optional.empty();
            }
            return Optional.of(answer.orElseThrow(ProblemException::refused));
        });
    }

    /** Notes are about the customer who is or was helped last: erasing that person erases them. */
    private static String about(SessionState state, Agent agent) {
        var customers =
                state.people().stream().filter(p -> p.role() == Role.CUSTOMER).map(Person::id);
        return state.control()
                .assisted()
                .or(() -> customers.reduce((earlier, later) -> later))
                .map(id -> "customer:" + id)
                .orElse("agent:" + agent.id());
    }

    private Optional<Personal> seal(String subject, String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(sealer.seal(subject, text));
    }

    private SessionState state(SiteId site, UUID session) {
        return streams.load(site, session).state();
    }

    private static Person own(Agent agent, SessionState state) {
        return state.agent(agent.id()).orElseThrow(Views::unknown);
    }
}
