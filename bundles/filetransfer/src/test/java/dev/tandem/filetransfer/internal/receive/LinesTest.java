package dev.tandem.filetransfer.internal.receive;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Optional;

import org.junit.Test;

import dev.tandem.filetransfer.internal.receive.Lines.Line;
import dev.tandem.web.ProblemException;

public class LinesTest {
    private static void full(Lines lines, String caller) {
        var problem = assertThrows(
                        ProblemException.class, () -> lines.take(caller).close())
                .problem();
        assertEquals("503 too-many-files", problem.status() + " " + problem.code());
        assertEquals(Optional.of(1L), problem.retryAfterSeconds());
    }

    @Test
    public void customersHaveFewer() {
        var lines = new Lines(10, 3, 1, Clock.systemUTC());
        var taken = new ArrayList<Line>();
        taken.add(lines.take("customer:1"));
        full(lines, "customer:1");
        taken.add(lines.take("customer:2"));
        for (int i = 0; i < 3; i++) {
            taken.add(lines.take("agent:anna"));
        }
        full(lines, "agent:anna");
        taken.forEach(Line::close);
    }

    @Test
    public void onePersonLeavesLinesToOthers() {
        var lines = new Lines(3, 2, 2, Clock.systemUTC());
        var taken = new ArrayList<Line>();
        taken.add(lines.take("anna"));
        taken.add(lines.take("anna"));
        full(lines, "anna");
        taken.add(lines.take("marie"));
        full(lines, "marie");
        full(lines, "paul");
        taken.remove(0).close();
        taken.add(lines.take("paul"));
        taken.forEach(Line::close);
        for (int i = 0; i < 10; i++) {
            lines.take("anna").close();
        }
    }
}
