package dev.tandem.web.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.util.Optional;

import org.junit.Test;

import dev.tandem.journal.StorageException;

/** What a client hears of a failure of ours. */
public class ProblemsTest {
    private static final class Failed extends StorageException {
        private static final long serialVersionUID = 1L;

        Failed(boolean passing) {
            super("FATAL: role \"secret\"", new IllegalStateException(), passing);
        }
    }

    @Test
    public void databaseThatIsAwayIsWorthAnotherTry() {
        var problem = Problems.of(new IllegalStateException(new Failed(true)), false);
        assertEquals(503, problem.status());
        assertEquals("database-away", problem.code());
        assertEquals(Optional.of(1L), problem.retryAfterSeconds());
        assertFalse(problem.detail().contains("secret"));
    }

    @Test
    public void databaseThatRefusesAStatementIsOurFault() {
        var problem = Problems.of(new Failed(false), false);
        assertEquals(500, problem.status());
        assertFalse(problem.detail().contains("secret"));
    }
}
