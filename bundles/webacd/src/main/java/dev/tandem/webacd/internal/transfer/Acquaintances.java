package dev.tandem.webacd.internal.transfer;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.EventSubscriber;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Secrets;
import dev.tandem.webacd.WorkEvent;
import dev.tandem.webacd.WorkItem;
import dev.tandem.webacd.WorkRequest;
import dev.tandem.webacd.internal.config.QueueConfig.FormField;
import dev.tandem.webacd.internal.config.RoutingBook;
import dev.tandem.webacd.internal.work.Plans;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkDesk;

/**
 * Who has helped a customer last. A customer is recognised by the answer to the one question of a form that an administrator has
 * marked for it, such as the e-mail address; without such a question nobody is. Kept for {@link #KEPT}: the answer as a keyed
 * hash of its own for each site, and the agent.
 */
@Component(service = {Acquaintances.class, EventSubscriber.class})
public final class Acquaintances implements EventSubscriber {
    /** So long a customer is remembered. */
    static final Duration KEPT = Duration.ofDays(90);

    private static final String HMAC = "HmacSHA256";
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final SupportSessions sessions;
    private final RoutingBook routing;
    private final Plans plans;
    private final WorkBook book;
    private final WorkDesk work;
    private final Clock clock;
    private final SecretKeySpec key;

    @Activate
    public Acquaintances(
            @Reference SupportSessions sessions,
            @Reference RoutingBook routing,
            @Reference Plans plans,
            @Reference WorkBook book,
            @Reference WorkDesk work,
            @Reference Secrets secrets,
            @Reference Clock clock) {
        this.sessions = sessions;
        this.routing = routing;
        this.plans = plans;
        this.book = book;
        this.work = work;
        this.clock = clock;
        this.key = new SecretKeySpec(secrets.key("webacd.known"), HMAC);
    }

    /** Who has helped the customer last who gives these answers; only who still gets work. */
    Optional<AgentId> helper(SiteId site, List<FormField> form, Map<String, String> answers) {
        return customer(site, form, answers)
                .flatMap(hash -> book.known().helper(site, hash, clock.instant().minus(KEPT)))
                .map(AgentId::new)
                .filter(plans.agents(site)::containsKey);
    }

    @Override
    public String name() {
        return "webacd.known";
    }

    @Override
    public void on(Published published) {
        if (published.event() instanceof WorkEvent.Assigned assigned
                && assigned.source().equals(SessionSource.KIND)
                && published.at().isAfter(clock.instant().minus(KEPT))) {
            work.find(assigned.site(), assigned.item()).ifPresent(item -> helped(item, assigned.agent(), published));
        }
    }

    private void helped(WorkItem item, AgentId agent, Published published) {
        var request = item.request();
        var form = form(request);
        customer(request.site(), form, request.answers())
                .ifPresent(hash -> subject(request).ifPresent(subject -> {
                    book.known().helped(request.site(), hash, agent.value(), subject, published.at());
                }));
    }

    /** The form by which the customer has come in, as it is now. */
    private List<FormField> form(WorkRequest request) {
        return Optional.ofNullable(request.attributes().get(EntryDesk.ENTRY))
                .flatMap(routing.of(request.site())::bySlug)
                .map(queue -> queue.config().entry().fields())
                .orElse(List.of());
    }

    /** Whose erasure takes the answers away takes this away, too. */
    private Optional<String> subject(WorkRequest request) {
        return sessions.find(request.site(), SessionSource.session(request.sourceId()))
                .flatMap(session -> session.assisted().or(() -> session.participants().stream()
                        .filter(one -> one.role() == Participant.Role.CUSTOMER)
                        .map(Participant::id)
                        .findFirst()))
                .map(customer -> "customer:" + customer);
    }

    private Optional<String> customer(SiteId site, List<FormField> form, Map<String, String> answers) {
        return form.stream()
                .filter(FormField::recognises)
                .flatMap(field -> Optional.ofNullable(answers.get(field.key()))
                        .map(Acquaintances::plain)
                        .filter(answer -> !answer.isEmpty())
                        .map(answer -> hash(site + "\n" + field.key() + "\n" + answer))
                        .stream())
                .findFirst();
    }

    /** People type the same in several ways. */
    private static String plain(String answer) {
        var text = Normalizer.normalize(answer, Normalizer.Form.NFKC).strip();
        return BLANKS.matcher(text).replaceAll(" ").toLowerCase(Locale.ROOT);
    }

    private String hash(String text) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }
}
