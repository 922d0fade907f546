package dev.tandem.webacd.internal.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.journal.Personal;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.config.Routing;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkDesk;
import dev.tandem.webacd.internal.work.WorkFact.Submitted;

/** What is still known of what was asked for, so that rules can judge it anew. */
@Component(service = Facts.class)
public final class Facts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};
    /** The attribute that names the queue by whose entry somebody came. */
    private static final String ENTRY = "entry";

    private final WorkBook book;

    @Activate
    public Facts(@Reference WorkBook book) {
        this.book = book;
    }

    /** How it began. */
    Optional<Submitted> submitted(SiteId site, WorkItemId item) {
        return book.submitted(site, item);
    }

    /** What rules can make of it. */
    sealed interface Known {
        /** All that was said, by an entry. @param entry the short name of its queue */
        record Told(String entry, Submitted submitted, Map<String, String> answers, Map<String, String> attributes)
                implements Known {
            Routing.Asked asked(Routing routing) {
                return new Routing.Asked(
                        submitted.source(),
                        routing.bySlug(entry).map(Routing.Queue::id),
                        submitted.company().orElseGet(() -> answers.getOrDefault(WorkDesk.COMPANY, "")),
                        submitted.language(),
                        answers,
                        attributes);
            }
        }

        /** The person was forgotten. */
        record Gone() implements Known {}

        /** An agent or a program has said where it goes: no rule was asked. */
        record Fixed() implements Known {}
    }

    Known known(SiteId site, Submitted submitted) {
        if (submitted.by().isPresent() || submitted.queue().isEmpty()) {
            return new Known.Fixed();
        }
        var attributes = texts(site, submitted.attributes());
        var answers = texts(site, submitted.answers());
        if (attributes.isEmpty() || answers.isEmpty()) {
            return new Known.Gone();
        }
        return Optional.ofNullable(attributes.get().get(ENTRY))
                .<Known>map(entry -> new Known.Told(entry, submitted, answers.get(), attributes.get()))
                .orElseGet(Known.Fixed::new);
    }

    /** Empty if there was something that cannot be read any more. */
    private Optional<Map<String, String>> texts(SiteId site, Optional<Personal.Ref> ref) {
        return ref.isEmpty() ? Optional.of(Map.of()) : book.text(site, ref).map(Facts::parsed);
    }

    private static Map<String, String> parsed(String json) {
        try {
            return JSON.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written as an object is none", e);
        }
    }
}
