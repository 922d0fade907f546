package dev.tandem.reference.platform.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

import dev.tandem.journal.Answer;
import dev.tandem.platform.Agent;
import dev.tandem.platform.Interaction;
import dev.tandem.web.Secrets;

/** Lets calls and chats of made-up customers arrive. */
@Component(service = Simulator.class, configurationPid = "dev.tandem.reference.platform")
@Designate(ocd = Simulator.Config.class)
public final class Simulator {

    /** What a node can set. */
    @ObjectClassDefinition(
            name = "Tandem reference platform",
            description = "The small contact-center platform on which Tandem is tried out.")
    public @interface Config {
        @AttributeDefinition(
                name = "Ring time",
                description = "How long a call or chat rings before it ends unanswered, in seconds, at least 5. Takes"
                        + " effect for the next one that arrives.")
        long ringSeconds() default 120;
    }

    /** Numbers kept for fiction by the French, British and American regulators. */
    private record Person(String name, String telephone) {}

    private static final List<Person> PEOPLE = List.of(
            new Person("Marie Dupont", "+33 1 99 00 42 17"),
            new Person("James Whitfield", "+44 20 7946 0182"),
            new Person("Giulia Conti", "+33 1 99 00 73 05"),
            new Person("Sanne de Vries", "+44 20 7946 0913"),
            new Person("Omar Haddad", "+33 1 99 00 15 88"),
            new Person("Grace Okafor", "+1 202 555 0147"),
            new Person("Lukas Brandt", "+44 20 7946 0456"),
            new Person("Inès Moreau", "+33 1 99 00 61 30"));

    private static final String HMAC = "HmacSHA256";

    private final CustomerInteractions interactions;
    private final SecretKeySpec key;
    private volatile Duration ring;

    @Activate
    public Simulator(@Reference CustomerInteractions interactions, @Reference Secrets secrets, Config config) {
        this.interactions = interactions;
        this.key = new SecretKeySpec(secrets.key("platform.customer"), HMAC);
        configure(config);
    }

    @Modified
    void configure(Config config) {
        ring = Duration.ofSeconds(Math.max(5, config.ringSeconds()));
    }

    /**
     * Lets one arrive. It rings for the agent who asked, if available, and for everybody of the site otherwise.
     *
     * @param name the customer's; empty for one of our regulars
     * @param words the customer's first words, in a chat
     */
    Answer<InteractionState.Arrival> arrive(
            Agent agent,
            boolean available,
            Interaction.Kind kind,
            Optional<String> name,
            Optional<String> words,
            UUID command) {
        var person = name.flatMap(Simulator::regular)
                .or(() -> name.map(this::made))
                .orElseGet(() -> PEOPLE.get(Math.floorMod(command.hashCode(), PEOPLE.size())));
        var address = kind == Interaction.Kind.CALL ? person.telephone() : mail(person.name());
        var subject = "customer:" + HexFormat.of().formatHex(proof(agent.site() + "/" + person.name()), 0, 12);
        var arriving = new CustomerInteractions.Arriving(
                kind,
                available ? Optional.of(agent.id()) : Optional.empty(),
                subject,
                new Interaction.Contact(person.name(), address),
                words);
        return interactions.arrive(agent.site(), arriving, ring, command, "agent:" + agent.id());
    }

    private static Optional<Person> regular(String name) {
        return PEOPLE.stream().filter(person -> person.name().equals(name)).findFirst();
    }

    /** The same number at each call of the same person. */
    private Person made(String name) {
        var digits = Math.floorMod(
                java.nio.ByteBuffer.wrap(proof("telephone/" + name)).getInt(), 10_000);
        return new Person(name, String.format(Locale.ROOT, "+33 1 99 00 %02d %02d", digits / 100, digits % 100));
    }

    private static String mail(String name) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
        var local = plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".").replaceAll("^\\.|\\.$", "");
        return (local.isEmpty() ? "customer" : local) + "@example.com";
    }

    private byte[] proof(String text) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
