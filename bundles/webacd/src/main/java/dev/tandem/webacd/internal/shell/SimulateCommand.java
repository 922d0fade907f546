package dev.tandem.webacd.internal.shell;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.table.ShellTable;

import dev.tandem.platform.SiteId;
import dev.tandem.webacd.internal.simulator.Measured;
import dev.tandem.webacd.internal.simulator.Request;
import dev.tandem.webacd.internal.simulator.RequestJson;
import dev.tandem.webacd.internal.simulator.SimulationView;
import dev.tandem.webacd.internal.simulator.Simulations;

/** {@code tandem:simulate}: traffic with other rules, agents or hours, side by side. */
@Service
@Command(
        scope = "tandem",
        name = "simulate",
        description = "Runs recorded or made-up traffic through the router's engine with other queues, rules or agents",
        detailedDescription = "classpath:dev/tandem/webacd/internal/shell/simulate.txt")
public final class SimulateCommand implements Action {
    private static final Duration PACE = Duration.ofMillis(500);

    @Reference
    Simulations simulations;

    @Reference
    Clock clock;

    @Reference
    Session session;

    @Argument(index = 0, name = "SITE", required = true, description = "The site, such as main.")
    String site;

    @Option(
            name = "--from",
            valueToShowInHelp = "INSTANT",
            description = "Such as 2026-11-20T00:00:00Z; a day before --to if missing.")
    String from;

    @Option(name = "--to", valueToShowInHelp = "INSTANT", description = "Now if missing.")
    String to;

    @Option(name = "--file", valueToShowInHelp = "FILE", description = "Traffic and scenarios as JSON.")
    @Completion(FileCompleter.class)
    String file;

    @Option(name = "--generated", description = "Makes traffic up that is like what was recorded.")
    boolean generated;

    @Option(name = "--queues", description = "Shows each queue, too.")
    boolean queues;

    @Override
    public Object execute() throws Exception {
        var of = new SiteId(site);
        var request = request(of);
        var id = UUID.randomUUID();
        Told.done(() -> simulations.begin(of, id, Told.by(of, session).actor(), request));
        SimulationView view;
        try {
            view = watch(of, id);
        } catch (InterruptedException e) {
            simulations.end(of, id);
            session.getConsole().println();
            session.getConsole().println("Cancelled.");
            return null;
        }
        print(view);
        return null;
    }

    private Request request(SiteId of) throws Exception {
        var end = instant(to).orElseGet(clock::instant);
        var begin = instant(from).orElse(end.minus(Duration.ofDays(1)));
        var asked = Told.told(() -> file == null
                ? plain(begin, end)
                : RequestJson.read(Files.readString(Path.of(file), StandardCharsets.UTF_8)));
        var traffic = asked.traffic();
        if (file != null && (from != null || to != null)) {
            traffic = new Request.Traffic(
                    traffic.kind(),
                    instant(from).orElse(traffic.from()),
                    instant(to).orElse(traffic.to()),
                    traffic.seed(),
                    traffic.queues(),
                    traffic.always());
        }
        if (generated) {
            traffic = madeUp(of, traffic);
        }
        return new Request(
                traffic,
                asked.serviceLevelSeconds(),
                asked.answerSeconds(),
                asked.declines(),
                asked.noAnswers(),
                asked.returnSeconds(),
                asked.scenarios());
    }

    private static Request plain(Instant from, Instant to) {
        var traffic = new Request.Traffic(
                Request.Kind.RECORDED, from, to, Optional.empty(), Optional.empty(), Optional.empty());
        var asItIs = new Request.Scenario(
                "As it is",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new Request(
                traffic,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(asItIs));
    }

    private Request.Traffic madeUp(SiteId of, Request.Traffic like) throws Exception {
        var summary = Told.told(() -> simulations.recorded(of, like.from(), like.to()));
        var all = summary.queues().stream()
                .filter(queue -> queue.perHour().filter(rate -> rate > 0).isPresent())
                .map(queue -> new Request.OfQueue(
                        queue.queue().toString(),
                        queue.perHour().get(),
                        queue.handlingSeconds().orElse(300.0),
                        queue.patienceSeconds()))
                .toList();
        if (all.isEmpty()) {
            throw new IllegalArgumentException("Nothing was recorded in that time.");
        }
        return new Request.Traffic(
                Request.Kind.GENERATED, like.from(), like.to(), like.seed(), Optional.of(all), Optional.empty());
    }

    private static Optional<Instant> instant(String text) {
        return Optional.ofNullable(text).map(Instant::parse);
    }

    /** Ctrl+C interrupts it. */
    private SimulationView watch(SiteId of, UUID id) throws InterruptedException {
        var out = session.getConsole();
        boolean terminal = session.getTerminal() != null;
        while (true) {
            var view = simulations.find(of, id).orElseThrow(() -> new InterruptedException("forgotten"));
            if (terminal) {
                out.print("\r" + progress(view) + "   ");
                out.flush();
            }
            if (view.state().over()) {
                if (terminal) {
                    out.println();
                }
                return view;
            }
            simulations.await(PACE);
        }
    }

    private static String progress(SimulationView view) {
        return switch (view.state()) {
            case WAITING -> "Another simulation runs";
            case RUNNING -> "Scenario " + (view.scenario() + 1) + " of "
                    + view.request().scenarios().size() + ": " + view.done()
                    + view.items().map(all -> " of " + all).orElse("");
            case DONE -> "Done: " + view.items().orElse(0L) + " items a scenario";
            case CANCELLED -> "Cancelled";
            case FAILED -> "Failed: " + view.problem().orElse("");
        };
    }

    private void print(SimulationView view) {
        var out = session.getConsole();
        if (view.state() != SimulationView.State.DONE) {
            out.println(progress(view));
        }
        if (view.scenarios().isEmpty()) {
            return;
        }
        table(view, "All queues", SimulationView.OfScenario::totals);
        if (queues) {
            for (var queue : view.scenarios().get(0).queues()) {
                table(view, queue.name(), scenario -> scenario.queues().stream()
                        .filter(one -> one.queue().equals(queue.queue()))
                        .findFirst()
                        .orElseThrow()
                        .measured());
            }
        }
        for (var scenario : view.scenarios()) {
            if (scenario.rerouted() > 0 || scenario.unknown() > 0) {
                out.println(scenario.name() + ": " + scenario.rerouted() + " routed otherwise, " + scenario.unknown()
                        + " left as they were since what they had said is forgotten");
            }
        }
    }

    private void table(SimulationView view, String name, Function<SimulationView.OfScenario, Measured> of) {
        var table = new ShellTable();
        table.column(name);
        view.scenarios().forEach(scenario -> table.column(scenario.name()).alignRight());
        var all = view.scenarios().stream().map(of).toList();
        row(table, "Arrived", all, one -> Long.toString(one.arrived()));
        row(table, "Refused", all, one -> Long.toString(one.refused()));
        row(table, "Answered", all, one -> Long.toString(one.answered()));
        row(table, "Abandoned", all, one -> Long.toString(one.abandoned()));
        row(table, "Expired", all, one -> Long.toString(one.expired()));
        row(table, "Left at the end", all, one -> Long.toString(one.left()));
        row(table, "Overflowed", all, one -> Long.toString(one.overflowed()));
        row(table, "Service level", all, one -> percent(one.serviceLevel()));
        row(table, "Speed of answer", all, one -> seconds(one.answerSeconds()));
        row(table, "Longest wait", all, one -> seconds(one.longestSeconds()));
        row(table, "Abandon rate", all, one -> percent(one.abandonRate()));
        row(table, "Occupancy", all, one -> percent(one.occupancy()));
        row(table, "Estimated wait, bias", all, one -> seconds(one.estimate().biasSeconds()));
        row(
                table,
                "Estimated wait, mean error",
                all,
                one -> seconds(one.estimate().meanErrorSeconds()));
        row(
                table,
                "Estimated wait, 90 % within",
                all,
                one -> seconds(one.estimate().p90ErrorSeconds()));
        table.print(session.getConsole());
    }

    private static void row(ShellTable table, String name, List<Measured> all, Function<Measured, String> what) {
        var row = table.addRow();
        row.addContent(name);
        all.forEach(one -> row.addContent(what.apply(one)));
    }

    private static String percent(Optional<Double> part) {
        return part.map(one -> String.format(Locale.ROOT, "%.1f %%", one * 100)).orElse("-");
    }

    private static String seconds(Optional<Double> time) {
        return time.map(one -> String.format(Locale.ROOT, "%.1f s", one)).orElse("-");
    }
}
