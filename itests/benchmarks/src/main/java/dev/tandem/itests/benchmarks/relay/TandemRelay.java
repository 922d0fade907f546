package dev.tandem.itests.benchmarks.relay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.tandem.itests.benchmarks.Pair;
import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Karaf;

/** The distribution as it is shipped. */
final class TandemRelay implements Relay {
    static final String CUSTOMER = "Marie Dupont";

    private final Karaf karaf;
    private final Karaf.SignIn signIn;
    private final Api agent;
    private final Pair pair;

    /** As it is shipped, but that its bounds for honest senders are lifted by the node's configuration. */
    static TandemRelay unbounded(Path distribution, Path folder) {
        var karaf = Karaf.unpack(distribution, folder);
        karaf.configure(
                "dev.tandem.screen.cfg",
                Map.of("perSecond", "10000000", "senderWindow", "1000000", "viewerWindow", "4096"));
        return new TandemRelay(karaf.start());
    }

    /** With a session of its own on that node, which it closes. */
    TandemRelay(Karaf running) {
        karaf = running;
        var made = karaf.api()
                .as(karaf.administrator())
                .post(
                        "/platform/sites",
                        Map.of("site", "bench", "agents", List.of("Anna Bell"), "administrators", List.of()))
                .ok()
                .get("agents")
                .get(0);
        signIn =
                new Karaf.SignIn(made.get("user").asText(), made.get("password").asText());
        agent = karaf.api().as(signIn);
        pair = Pair.open(agent, karaf.api(), "bench", CUSTOMER).present();
    }

    @Override
    public String name() {
        return "Tandem";
    }

    @Override
    public void share() {
        customer().post("/screen/" + session() + "/start").ok();
    }

    @Override
    public Link open(String role) throws IOException {
        var api = role.equals("sender") ? pair.customer() : agent;
        var ticket = api.post("/tickets", Map.of("for", "media", "session", session(), "channel", "screen"))
                .ok()
                .get("ticket")
                .asText();
        var link = Link.open(karaf.uri(), "/media");
        link.text(Api.json(Map.of("op", "hello", "ticket", ticket, "role", role)));
        link.flush();
        return link;
    }

    @Override
    public long pid() {
        return karaf.pid();
    }

    Karaf karaf() {
        return karaf;
    }

    Karaf.SignIn signIn() {
        return signIn;
    }

    Api agent() {
        return agent;
    }

    Api customer() {
        return pair.customer();
    }

    String session() {
        return pair.session();
    }

    /** What the relay counted, for whoever wants to see that nothing was dropped. */
    long dropped() {
        return agent.get("/screen/" + session()).ok().path("dropped").asLong();
    }

    @Override
    public void close() {
        pair.close();
        karaf.close();
    }
}
