package dev.tandem.web.internal.admin;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.execution.HealthCheckExecutionOptions;
import org.apache.felix.hc.api.execution.HealthCheckExecutionResult;
import org.apache.felix.hc.api.execution.HealthCheckExecutor;
import org.apache.felix.hc.api.execution.HealthCheckMetadata;
import org.apache.felix.hc.api.execution.HealthCheckSelector;
import org.junit.Test;
import org.osgi.framework.ServiceReference;

import dev.tandem.web.Secrets;
import dev.tandem.web.internal.FakeCluster;
import dev.tandem.web.internal.admin.HealthChecks.Status;

/** What is made of checks, ours and those of others, and of nodes whose secrets differ. */
public class HealthChecksTest {
    private final List<HealthCheckExecutionResult> results = new ArrayList<>();
    private int asked;

    private HealthChecks.Report report() {
        return new HealthChecks(new Felix()).report();
    }

    private void wellBut(HealthCheckExecutionResult... others) {
        Stream.of("journal", "start", "database")
                .map(name -> made(name, Result.Status.OK, "well", false))
                .forEach(results::add);
        results.addAll(List.of(others));
    }

    @Test
    public void aNodeIsAsWellAsItsWorstCheck() {
        wellBut(made("clock", Result.Status.OK, "right", false));
        assertEquals(Status.UP, report().status());
        results.add(made("leases", Result.Status.WARN, "nobody", false));
        assertEquals(Status.WARN, report().status());
        results.add(made("of.somebody.else", Result.Status.HEALTH_CHECK_ERROR, "broken", false));
        assertEquals(Status.DOWN, report().status());
        assertEquals(
                List.of("start", "database", "journal", "clock", "leases", "of.somebody.else"),
                report().checks().stream().map(HealthChecks.Check::name).toList());
        assertEquals(List.of("broken"), report().checks().get(5).messages());
    }

    @Test
    public void aCheckThatIsNotThereIsNotWell() {
        results.add(made("start", Result.Status.OK, "well", false));
        results.add(made("journal", Result.Status.OK, "well", false));
        var missing = report().checks().get(1);
        assertEquals("database", missing.name());
        assertEquals(Status.DOWN, missing.status());
        assertEquals(Status.DOWN, report().status());
    }

    @Test
    public void withoutAnAnswerInTimeTheDatabaseIsDownAndTheRestIsLookedAt() {
        wellBut(made("features", Result.Status.WARN, "timeout", true));
        assertEquals(Status.WARN, report().status());
        results.removeIf(made -> made.getHealthCheckMetadata().getName().equals("database"));
        results.add(made("database", Result.Status.WARN, "timeout", true));
        assertEquals(Status.DOWN, report().status());
    }

    @Test
    public void manyQuestionsAreOne() {
        wellBut();
        var health = new HealthChecks(new Felix());
        for (int i = 0; i < 50; i++) {
            health.report();
        }
        assertEquals(1, asked);
    }

    private static Secrets secret(String master) {
        return purpose -> (master + purpose + "-".repeat(32)).substring(0, 32).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    public void theNodeThatCameLaterWithAnotherSecretIsDown() {
        var cluster = new FakeCluster();
        var first = cluster.join("a");
        var a = new Fingerprint(first, secret("one"));
        assertTrue(a.execute().isOk());
        var second = cluster.join("b");
        assertTrue("it has not said yet", a.execute().isOk());
        var same = new Fingerprint(second, secret("one"));
        assertTrue(a.execute().isOk() && same.execute().isOk());

        var third = cluster.join("c");
        var other = new Fingerprint(third, secret("two"));
        assertEquals(Result.Status.CRITICAL, other.execute().getStatus());
        assertTrue(other.execute().iterator().next().getMessage().contains("that of node a"));
        for (var right : List.of(a, same)) {
            assertEquals(Result.Status.WARN, right.execute().getStatus());
            assertTrue(right.execute().iterator().next().getMessage().contains("that of c"));
        }
        assertTrue(a.differs(third.self()));
        assertFalse(a.differs(second.self()));
        third.die();
        assertTrue(a.execute().isOk());
    }

    private static HealthCheckExecutionResult made(String name, Result.Status status, String said, boolean late) {
        var properties = Map.<String, Object>of(HealthCheck.NAME, name, "service.id", 1L);
        var reference = (ServiceReference<?>) Proxy.newProxyInstance(
                HealthChecksTest.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, values) -> method.getName().equals("getProperty")
                        ? properties.get(values[0])
                        : method.getReturnType() == long.class ? 1L : null);
        var metadata = new HealthCheckMetadata(reference);
        return new HealthCheckExecutionResult() {
            @Override
            public Result getHealthCheckResult() {
                return new Result(status, said);
            }

            @Override
            public long getElapsedTimeInMs() {
                return 1;
            }

            @Override
            public Date getFinishedAt() {
                return new Date(0);
            }

            @Override
            public boolean hasTimedOut() {
                return late;
            }

            @Override
            public HealthCheckMetadata getHealthCheckMetadata() {
                return metadata;
            }
        };
    }

    private final class Felix implements HealthCheckExecutor {
        @Override
        public List<HealthCheckExecutionResult> execute(HealthCheckSelector selector) {
            return execute(selector, new HealthCheckExecutionOptions());
        }

        @Override
        public List<HealthCheckExecutionResult> execute(
                HealthCheckSelector selector, HealthCheckExecutionOptions options) {
            assertEquals(List.of("tandem"), List.of(selector.tags()));
            asked++;
            return List.copyOf(results);
        }
    }
}
