package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.journal.Decision;
import dev.tandem.journal.Personal;
import dev.tandem.journal.internal.Ledger.Balance;
import dev.tandem.journal.internal.Ledger.Event;

/** What the journal promises of persons and of the chain, on every database. */
@SuppressWarnings("try") // Subscriptions are held open, not used.
public class JournalChainTest extends JournalContract {
    // Persons

    private Personal note(String subject, String text) {
        var seal = runtime.sealer().seal(subject, text);
        streams.execute(command(account, UUID.randomUUID()), (state, now) -> Decision.<Event, Balance>accept(
                        List.of(new Event.Paid(1, Optional.of(seal.ref()))), new Balance(state.balance() + 1))
                .with(seal));
        return seal;
    }

    @Test
    public void anErasedPersonIsForgottenAndTheChainStillVerifies() {
        var anna = note("customer:anna", "Anna lives in Rome");
        var more = note("customer:anna", "and likes figs");
        var bert = note("customer:bert", "Bert lives in Oslo");
        assertEquals(Optional.of("Anna lives in Rome"), runtime.journal().personal(SITE, anna.ref()));
        assertEquals(2, runtime.journal().erase(SITE, "customer:anna"));
        assertEquals(Optional.empty(), runtime.journal().personal(SITE, anna.ref()));
        assertEquals(Optional.empty(), runtime.journal().personal(SITE, more.ref()));
        assertEquals(Optional.of("Bert lives in Oslo"), runtime.journal().personal(SITE, bert.ref()));
        assertEquals(0, runtime.journal().erase(SITE, "customer:anna"));
        assertEquals(0, count("SELECT COUNT(*) FROM journal_personal WHERE subject = 'customer:anna'"));
        assertEquals(0, count("SELECT COUNT(*) FROM journal_event WHERE payload LIKE '%Rome%'"));
        assertVerifies(3);
    }

    @Test
    public void erasureReachesTheCopiesOfKindsThatAreOpenNowOrLater() {
        var seal = runtime.sealer().seal("customer:anna", "Anna");
        var copies = "SELECT COUNT(*) FROM ledger_account WHERE copied = 'Anna'";
        var kind = new Ledger("copying", Optional.of(seal));
        var copying = runtime.journal().open(kind);
        pay(copying, UUID.randomUUID(), UUID.randomUUID(), 1);
        assertEquals(1, count(copies));
        runtime.journal().erase(SITE, "customer:anna");
        assertEquals(0, count(copies));

        pay(copying, UUID.randomUUID(), UUID.randomUUID(), 1);
        copying.close();
        runtime.journal().erase(SITE, "customer:anna");
        assertEquals("its slice is not there", 1, count(copies));
        reopen();
        runtime.journal().open(kind);
        assertEquals(0, count(copies));
        assertEquals(0, count("SELECT COUNT(*) FROM journal_erasure"));
    }

    @Test
    public void aPersonalTextThatWasChangedIsNotShown() {
        var anna = note("customer:anna", "Anna lives in Rome");
        sql("UPDATE journal_personal SET text = ?", (Object) "Anna lives in Bonn".getBytes());
        assertEquals(Optional.empty(), runtime.journal().personal(SITE, anna.ref()));
        assertTrue(fault(), fault().contains(anna.ref().id().toString()));
    }

    // Verification

    private void tenPayments() {
        for (int i = 1; i <= 10; i++) {
            pay(UUID.randomUUID(), UUID.randomUUID(), i);
            pay(i);
        }
        assertVerifies(20);
    }

    @Test
    public void aTamperedRowIsFound() {
        tenPayments();
        for (var change : List.of(
                "payload = '{\"amount\":9999}'",
                "actor = 'agent:eve'",
                "at = at + 1",
                "command = 'x'",
                "id = 'x'",
                "name = 'ledger.paid.v1'",
                "hash = batch_hash")) {
            var column = change.substring(0, change.indexOf(' '));
            runtime.database().write(s -> {
                s.update("CREATE TABLE keep AS SELECT * FROM journal_event WHERE position = 7");
                return s.update("UPDATE journal_event SET " + change + " WHERE position = 7");
            });
            assertTrue(change + ": " + fault(), fault().startsWith("event 7 ("));
            runtime.database().write(s -> {
                s.update("UPDATE journal_event SET " + column + " = (SELECT " + column
                        + " FROM keep) WHERE position = 7");
                return s.update("DROP TABLE keep");
            });
            assertVerifies(20);
        }
    }

    @Test
    public void aMissingRowIsFound() {
        tenPayments();
        sql("DELETE FROM journal_event WHERE position = 7");
        assertEquals("event 7 is missing", fault());
    }

    @Test
    public void aLostTailIsFound() {
        tenPayments();
        sql("DELETE FROM journal_event WHERE position > 17");
        assertEquals("events 18 to 20 are missing at the end", fault());
        sql("UPDATE journal_site SET position = 17");
        assertEquals("the end of the chain is not the one that was remembered", fault());
    }

    @Test
    public void aTailThatWasExchangedIsFound() {
        tenPayments();
        var hash = new byte[32];
        hash[5] = 1;
        sql("UPDATE journal_event SET batch_hash = ? WHERE position = 20", (Object) hash);
        assertEquals("the batch of events 20 to 20 does not fit its hash", fault());
        sql("UPDATE journal_event SET batch_hash = NULL WHERE position = 20");
        assertEquals("the last batch, from event 20 on, has no hash", fault());
    }
}
