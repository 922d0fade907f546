package dev.tandem.itests.karaf;

import java.util.Map;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;

/** An integrator's resource: a plain object, published as a service. */
@Path("/")
public class Greeting {
    @GET
    @Produces("application/json")
    public Map<String, String> greet() {
        return Map.of("greeting", "hello");
    }
}
