package dev.tandem.itests.benchmarks.routing;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import dev.tandem.webacd.internal.engine.Decision;

/** What JMH runs. An operation is a decision and all facts around it, so that the state stays the same. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgs = "-Xmx2g")
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class Routing {
    @Param({"100/1000", "1000/10000", "10000/100000"})
    public String agentsAndWaiting;

    private Crowd full;
    private Crowd idle;

    @Setup
    public void fill() {
        var parts = agentsAndWaiting.split("/");
        int agents = Integer.parseInt(parts[0]);
        full = new Crowd(agents, Integer.parseInt(parts[1]));
        idle = new Crowd(agents, 0);
        for (int i = 0; i < agents / 2; i++) {
            idle.submit();
        }
    }

    /** All are busy and many wait: one is done, is offered the next, accepts; another item comes. */
    @Benchmark
    public Decision agentBecomesFree() {
        var decision = full.finish();
        full.submit();
        return decision;
    }

    /** Half of the agents are idle and nobody waits: an item comes, is offered, accepted; somebody is done. */
    @Benchmark
    public Decision itemComes() {
        var decision = idle.submit();
        idle.finish();
        return decision;
    }
}
