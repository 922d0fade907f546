package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.strings;

import java.util.List;
import java.util.UUID;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.quicktheories.core.Gen;

import dev.tandem.journal.Database.Dialect;
import dev.tandem.platform.SiteId;

/** Whatever was written and forgotten, a move brings it over row by row, and both sides verify alike. */
public class MoveModelTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** A payment with a note, or, where {@code forget}, the erasure of whom that subject's notes are about. */
    private record Step(int site, int account, int subject, String note, boolean forget) {}

    private static Gen<Step> steps() {
        return integers()
                .between(0, 2)
                .zip(
                        integers().between(0, 4),
                        integers().between(0, 5),
                        strings().betweenCodePoints(1, 0x1F9FF).ofLengthBetween(0, 40),
                        integers().between(0, 9),
                        (site, account, subject, note, dice) -> new Step(site, account, subject, note, dice == 0));
    }

    @Test
    public void anyJournalSurvives() {
        qt().withExamples(15)
                .withShrinkCycles(20)
                .forAll(lists().of(steps()).ofSizeBetween(0, 60))
                .checkAssert(this::check);
    }

    private void check(List<Step> steps) {
        try (var moving = new Moving(folder.getRoot().toPath())) {
            for (var step : steps) {
                var site = new SiteId("site-" + step.site());
                if (step.forget()) {
                    moving.runtime.journal().erase(site, "customer:" + step.subject());
                } else {
                    moving.note(site, step.account(), "customer:" + step.subject(), step.note());
                    moving.pay(site, step.account() + 10, new UUID(3, step.account()), step.account() - 2L);
                }
            }
            var before = Moving.content(moving.from, Dialect.SQLITE);
            var moved = moving.move(new Course());
            assertEquals(before, Moving.content(moving.to, Dialect.POSTGRESQL));
            try (var there = JournalRuntime.open(moving.to, moving.clock)) {
                for (var end : moved.chains().ends()) {
                    assertEquals(
                            moving.runtime.journal().verify(end.site()),
                            there.journal().verify(end.site()));
                }
            }
        }
    }
}
