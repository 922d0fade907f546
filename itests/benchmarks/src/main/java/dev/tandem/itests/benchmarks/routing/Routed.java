package dev.tandem.itests.benchmarks.routing;

import java.util.Arrays;
import javax.sql.DataSource;

/** WebACD: an agent is offered an item by the router, accepts, finishes it, and another one is submitted. */
final class Routed implements Contestant {
    private final String name;
    private final RouterSite site;

    Routed(String name, DataSource source) {
        this.name = name;
        this.site = new RouterSite(source, Arrays.stream(WORKERS).boxed().toList());
        site.route();
        for (int crew : WORKERS) {
            for (int i = 0; i < 2 * crew + 16; i++) {
                site.submit(crew);
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double rate(int workers, long nanos) throws Exception {
        return Loops.rate(
                number -> () -> {
                    site.take(site.awaitOffer(workers, number), workers, number);
                    site.submit(workers);
                },
                workers,
                nanos);
    }

    @Override
    public void close() {
        site.close();
    }
}
