package dev.tandem.web.internal.admin;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.AgentSignIn;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics;
import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.Fakes;
import dev.tandem.web.internal.modules.ModuleExtender;
import dev.tandem.web.internal.modules.Words;

public class FeaturesTest {
    private static final Map<String, String> CHAT_WORDS = Map.of(
            "static/messages/en.json",
            "{\"feature.title\":\"Chat\",\"feature.help\":\"Talk.\"}",
            "static/messages/nl.json",
            "{\"feature.title\":\"Praten\"}");

    private final Slices.Say web = new Slices.Say(1, "dev.tandem.web", Map.of());
    private final Slices.Say chat = new Slices.Say(2, "dev.tandem.chat", CHAT_WORDS);
    private final Slices.Say platform = new Slices.Say(3, "dev.tandem.reference.platform", Map.of());
    private final Slices.Say foreign = new Slices.Say(
            4, "org.example.notes", Map.of("OSGI-INF/notes.xml", "<property name=\"tandem.rest.path\"/>"));
    private final Slices.Say karaf = new Slices.Say(5, "org.apache.karaf.shell.core", Map.of());

    private final List<ComponentConfigurationDTO> configurations = new ArrayList<>();
    private final ComponentDescriptionDTO component = new ComponentDescriptionDTO();
    private Features features;
    private int changes;

    @Before
    public void start() throws InvalidSyntaxException {
        platform.services = List.of(service(Map.of("objectClass", new String[] {AgentSignIn.class.getName()})));
        chat.services =
                List.of(service(Map.of("objectClass", new String[] {"java.lang.Object"}, "tandem.rest.path", "/chat")));
        foreign.headers = Map.of("Service-Component", "OSGI-INF/notes.xml", "Bundle-Name", "Notes by Example");
        var context = Slices.context(web.bundle(), chat.bundle(), platform.bundle(), foreign.bundle(), karaf.bundle());
        var runtime =
                Slices.proxy(ServiceComponentRuntime.class, (self, method, arguments) -> switch (method.getName()) {
                    case "getComponentDescriptionDTOs" -> ((Bundle[]) arguments[0])
                                    [0].getSymbolicName()
                                    .equals(chat.name)
                            ? List.of(component)
                            : List.of();
                    case "getComponentConfigurationDTOs" -> configurations;
                    default -> null;
                });
        features = new Features(context, runtime, new ModuleExtender(Slices.context()), new Words());
        features.onChange(() -> changes++);
    }

    private static ServiceReference<?> service(Map<String, Object> properties) {
        return Slices.proxy(
                ServiceReference.class,
                (self, method, arguments) ->
                        method.getName().equals("getProperty") ? properties.get((String) arguments[0]) : null);
    }

    private Feature find(String name) {
        return features.all().stream()
                .filter(feature -> feature.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    public void oursAndWhoBringsARestPathAreListedTheSpineFirst() {
        assertEquals(
                List.of("dev.tandem.web", "dev.tandem.reference.platform", "dev.tandem.chat", "org.example.notes"),
                features.all().stream().map(Feature::name).toList());
        foreign.state = Bundle.RESOLVED;
        assertEquals(
                "while it is stopped too",
                Feature.State.STOPPED,
                find("org.example.notes").state());
    }

    @Test
    public void eachSaysInItsOwnWordsWhatItIsAndWhatItBrings() {
        var feature = find("dev.tandem.chat");
        assertEquals("Chat", feature.titles().get("en"));
        assertEquals("Praten", feature.titles().get("nl"));
        assertEquals("Chat", feature.titles().get("fr"));
        assertEquals("Talk.", feature.helps().get("en"));
        assertEquals(List.of("/chat"), feature.paths());
        assertEquals("0.1.0", feature.version());
        assertEquals("Notes by Example", find("org.example.notes").titles().get("it"));
        chat.state = Bundle.RESOLVED;
        var stopped = find("dev.tandem.chat");
        assertEquals("Chat", stopped.titles().get("en"));
        assertEquals(List.of(), stopped.paths());
    }

    @Test
    public void aSliceStopsAndStarts() {
        features.stop("dev.tandem.chat", "agent:anna");
        assertEquals(Feature.State.STOPPED, find("dev.tandem.chat").state());
        features.start("dev.tandem.chat", "agent:anna");
        assertEquals(Feature.State.ACTIVE, find("dev.tandem.chat").state());
        assertTrue("open pages hear of it", changes >= 2);
    }

    @Test
    public void whatOthersStandOnIsLeftAlone() {
        for (var name : List.of("dev.tandem.web", "dev.tandem.reference.platform")) {
            assertEquals("feature-needed", refused(() -> features.stop(name, "agent:anna"), 409));
        }
        assertEquals("unknown", refused(() -> features.stop(karaf.name, "agent:anna"), 404));
        assertEquals("unknown", refused(() -> features.start("org.example.nothing", "agent:anna"), 404));
        assertEquals(Bundle.ACTIVE, web.state);
        assertEquals(Bundle.ACTIVE, karaf.state);
    }

    @Test
    public void oneThatDoesNotStartSaysWhy() {
        chat.state = Bundle.RESOLVED;
        chat.failure = Optional.of("no room left");
        assertEquals("feature-failed", refused(() -> features.start("dev.tandem.chat", "agent:anna"), 409));
        var feature = find("dev.tandem.chat");
        assertEquals(Feature.State.FAILED, feature.state());
        assertEquals(List.of(new Feature.Reason("fails", List.of("no room left"))), feature.reasons());
        chat.failure = Optional.empty();
        features.start("dev.tandem.chat", "agent:anna");
        assertEquals(List.of(), find("dev.tandem.chat").reasons());
    }

    @Test
    public void oneThatRunsAndWaitsSaysForWhat() {
        component.references = new ReferenceDTO[] {reference("sessions", "dev.tandem.session.SupportSessions")};
        var waiting = new ComponentConfigurationDTO();
        waiting.state = ComponentConfigurationDTO.UNSATISFIED_REFERENCE;
        var missing = new UnsatisfiedReferenceDTO();
        missing.name = "sessions";
        waiting.unsatisfiedReferences = new UnsatisfiedReferenceDTO[] {missing};
        configurations.add(waiting);
        var feature = find("dev.tandem.chat");
        assertEquals(Feature.State.WAITING, feature.state());
        assertEquals(
                List.of(new Feature.Reason("waits", List.of("dev.tandem.session.SupportSessions"))), feature.reasons());
    }

    @Test
    public void oneWhosePartFailedSaysWhy() {
        var failed = new ComponentConfigurationDTO();
        failed.state = ComponentConfigurationDTO.FAILED_ACTIVATION;
        failed.failure = "java.lang.IllegalStateException: no table\n\tat somewhere";
        configurations.add(failed);
        var feature = find("dev.tandem.chat");
        assertEquals(Feature.State.FAILED, feature.state());
        assertEquals(List.of(new Feature.Reason("fails", List.of("no table"))), feature.reasons());
    }

    @Test
    public void onlyAdministratorsHearOfFeatures() {
        var topics = new FeatureTopics(features, Fakes.config("", "'none'", "acme"), Clock.systemUTC());
        var view = (LiveTopics.Delivery.Snapshot) topics.after(Fakes.ANNA, "all", 0);
        assertTrue(((FeatureTopics.View) view.state().body()).mayChange());
        var agent = new Caller.OfAgent(new Agent(Fakes.ACME, new AgentId("ben"), "Ben", Set.of(Agent.Role.AGENT)));
        refused(() -> topics.after(agent, "all", 0), 404);
        refused(() -> topics.after(Fakes.MARIE, "all", 0), 404);
        refused(() -> topics.after(Fakes.ANNA, "other", 0), 404);
        var elsewhere = new FeatureTopics(features, Fakes.config("", "'none'", "main"), Clock.systemUTC());
        view = (LiveTopics.Delivery.Snapshot) elsewhere.after(Fakes.ANNA, "all", 0);
        assertEquals(false, ((FeatureTopics.View) view.state().body()).mayChange());
    }

    private static ReferenceDTO reference(String name, String type) {
        var reference = new ReferenceDTO();
        reference.name = name;
        reference.interfaceName = type;
        return reference;
    }

    private static String refused(Runnable what, int status) {
        var failure = assertThrows(ProblemException.class, what::run);
        assertEquals(status, failure.problem().status());
        return failure.problem().code();
    }
}
