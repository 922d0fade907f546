package dev.tandem.web.internal.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import javax.ws.rs.GET;
import javax.ws.rs.Path;

import org.apache.cxf.transport.http.DestinationRegistry;
import org.apache.cxf.transport.http.HTTPTransportFactory;
import org.junit.After;
import org.junit.Test;

import dev.tandem.web.internal.Callers;
import dev.tandem.web.internal.Fakes;

public class RestHubTest {
    private final RestBus bus = new RestBus();
    private final DestinationRegistry registry = ((HTTPTransportFactory) bus.bus()
                    .getExtension(org.apache.cxf.transport.DestinationFactoryManager.class)
                    .getDestinationFactoryForUri("/x"))
            .getRegistry();
    private final Served list = new Served();
    private final RestHub hub =
            new RestHub(bus, list, new Callers(Fakes.config("", "'none'", "main")), Fakes.config("", "'none'", "main"));

    @After
    public void stop() {
        hub.deactivate();
        bus.deactivate();
    }

    @Path("/")
    public static class Greeting {
        @GET
        public String hello() {
            return "hello";
        }
    }

    private void add(String path, Object resource) {
        hub.add(resource, Map.of("tandem.rest.path", path));
    }

    private void remove(String path, Object resource) {
        hub.remove(resource, Map.of("tandem.rest.path", path));
    }

    private boolean served(String path) {
        return registry.checkRestfulRequest(path) != null;
    }

    @Test
    public void aResourceIsServedWhileItIsThere() {
        var greeting = new Greeting();
        add("/greeting", greeting);
        assertTrue(served("/greeting"));
        assertTrue(served("/greeting/below"));
        assertFalse("another word", served("/greetings"));
        remove("/greeting", greeting);
        assertFalse(served("/greeting"));
    }

    @Test
    public void othersStayWhenOneGoes() {
        var one = new Greeting();
        add("/one", one);
        add("/two", new Greeting());
        var before = registry.getDestinationForPath("/two");
        remove("/one", one);
        assertEquals("not even made anew", before, registry.getDestinationForPath("/two"));
    }

    @Test
    public void theSecondOfAPathWaitsForTheFirstToGo() {
        var first = new Greeting();
        var second = new Greeting();
        add("/greeting", first);
        add("/greeting", second);
        var destination = registry.getDestinationForPath("/greeting");
        remove("/greeting", first);
        assertTrue(served("/greeting"));
        assertFalse(destination == registry.getDestinationForPath("/greeting"));
        remove("/greeting", second);
        assertFalse(served("/greeting"));
    }

    @Test
    public void theSecondMayGoWithoutBeingServed() {
        var first = new Greeting();
        var second = new Greeting();
        add("/greeting", first);
        add("/greeting", second);
        var destination = registry.getDestinationForPath("/greeting");
        remove("/greeting", second);
        assertTrue(destination == registry.getDestinationForPath("/greeting"));
        remove("/greeting", first);
        assertFalse(served("/greeting"));
    }

    @Test
    public void whatCannotBeServedDisturbsNobody() {
        add("/good", new Greeting());
        add("/bad", "a text is no resource");
        for (var path : List.of("", "/", "bad", "/Bad", "/a b", "/../x", "/x/")) {
            add(path, new Greeting());
        }
        assertTrue(served("/good"));
        assertFalse(served("/a b"));
        add("/more", new Greeting());
        assertTrue(served("/more"));
    }

    @Test
    public void theListSaysWhatAnswersNow() {
        var first = new Greeting();
        var second = new Other();
        add("/greeting", first);
        add("/greeting", second);
        add("/bad", "a text is no resource");
        add("/list.json", new Other());
        assertEquals(Map.of("/greeting", Greeting.class, "/list.json", Other.class), list.resources());
        var before = list.resources();
        remove("/greeting", first);
        assertEquals(Other.class, list.resources().get("/greeting"));
        assertEquals("what was handed out stays as it was", Greeting.class, before.get("/greeting"));
        remove("/greeting", second);
        assertFalse(list.resources().containsKey("/greeting"));
    }

    @Test
    public void onlyWhoSaysSoReadsBodiesByItself() {
        add("/greeting", new Greeting());
        var first = new Greeting();
        hub.add(first, Map.of("tandem.rest.path", "/files", "tandem.rest.streams", true));
        hub.add(new Other(), Map.of("tandem.rest.path", "/files", "tandem.rest.streams", false));
        for (var path : List.of("/files", "/files/", "/files/0123/part")) {
            assertTrue(path, list.streams(path));
        }
        for (var path : List.of("/greeting", "/filesystem", "/", "", "/files-of-others", "/x/files")) {
            assertFalse(path, list.streams(path));
        }
        assertFalse(list.streams(null));
        remove("/files", first);
        assertFalse("the next one does not", list.streams("/files"));
    }

    @Test
    public void onlyWhatIsDeclaredIsToBeSavedWithATicket() {
        var files = new Greeting();
        hub.add(files, Map.of("tandem.rest.path", "/files", "tandem.rest.downloads", new String[] {"{file}", "{s}/zip"
        }));
        add("/greeting", new Other());
        for (var path : List.of("/files/0a1", "/files/0a1/zip")) {
            assertTrue(path, list.downloads(path));
        }
        for (var path : List.of(
                "/files",
                "/files/",
                "/files/0a1/other",
                "/files/a/zip/b",
                "/files//zip",
                "/greeting/1",
                "/x/files/1")) {
            assertFalse(path, list.downloads(path));
        }
        remove("/files", files);
        assertFalse(list.downloads("/files/0a1"));
    }

    @Path("/")
    public static class Other {
        @GET
        public String other() {
            return "other";
        }
    }
}
