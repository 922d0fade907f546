package dev.tandem.openapi.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.core.EntityTag;
import javax.ws.rs.core.Request;
import javax.ws.rs.core.Response;

import org.junit.Test;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

public class OpenApiResourceTest {
    private final SortedMap<String, Class<?>> served = new TreeMap<>();
    private final OpenApiResource resource = new OpenApiResource(
            () -> Collections.unmodifiableSortedMap(new TreeMap<>(served)), new ObjectMapper(), "1");

    @Path("/")
    public static class Hello {
        @GET
        public int hello() {
            return 1;
        }
    }

    @Test
    public void listsWhatIsServedNow() {
        served.put("/one", Hello.class);
        assertTrue(text("http://here").contains("\"/one\""));
        served.put("/two", Hello.class);
        assertTrue(text("http://here").contains("\"/two\""));
        served.remove("/one");
        assertFalse(text("http://here").contains("\"/one\""));
    }

    @Test
    public void namesTheServerAsThePublicReachesIt() {
        assertTrue(text("https://help.example").contains("\"servers\":[{\"url\":\"https://help.example/api\"}]"));
    }

    @Test
    public void theTagChangesWithTheContentOnly() {
        served.put("/one", Hello.class);
        var first = tag("http://here");
        assertEquals(first, tag("http://here"));
        served.put("/two", Hello.class);
        assertNotEquals(first, tag("http://here"));
        served.remove("/two");
        assertEquals(first, tag("http://here"));
        assertEquals(304, answer("http://here", Optional.of(first)).getStatus());
    }

    @Test
    public void strangersAreToldToSignIn() {
        var problem = new Problem(401, "sign-in-needed", "");
        var call = (Call) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Call.class}, (proxy, method, arguments) -> {
                    throw new ProblemException(problem);
                });
        assertEquals(
                problem,
                assertThrows(ProblemException.class, () -> resource.document(call, null))
                        .problem());
    }

    private String text(String publicUrl) {
        return new String((byte[]) answer(publicUrl, Optional.empty()).getEntity(), StandardCharsets.UTF_8);
    }

    private EntityTag tag(String publicUrl) {
        return answer(publicUrl, Optional.empty()).getEntityTag();
    }

    private Response answer(String publicUrl, Optional<EntityTag> known) {
        var call = (Call) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Call.class},
                (proxy, method, arguments) -> method.getName().equals("publicUrl") ? URI.create(publicUrl) : null);
        var request = (Request) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Request.class}, (proxy, method, arguments) -> known.filter(
                                arguments[0]::equals)
                        .map(Response::notModified)
                        .orElse(null));
        return resource.document(call, request);
    }
}
