package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.tandem.journal.Database;
import dev.tandem.journal.Decision;
import dev.tandem.journal.EventTypes;
import dev.tandem.journal.None;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Sql;
import dev.tandem.journal.StreamKind;
import dev.tandem.platform.SiteId;

/** A small slice to test the journal with: an account with a read model, a reminder and personal notes. */
final class Ledger implements StreamKind<Ledger.Account, Ledger.Event> {
    /** The projection cannot take it. */
    static final long UNPROJECTABLE = 666;
    /** The projection loses a deadlock the first two times. */
    static final long UNLUCKY = 668;
    /** The projection gives a value that has no text. */
    static final long UNBINDABLE = 669;
    /** The decision throws. */
    static final long UNDECIDABLE = 667;

    sealed interface Event {
        record Paid(long amount, Optional<Personal.Ref> note) implements Event {}

        record Reminded(String deadline) implements Event {}
    }

    record Account(long balance, int reminders, Optional<Personal.Ref> note) {}

    /** What others hear. */
    record Payment(long amount, long balance) {}

    static final EventTypes<Event> EVENTS = EventTypes.<Event>none()
            .with("ledger.paid.v2", Event.Paid.class)
            .with("ledger.reminded.v1", Event.Reminded.class)
            .formerly("ledger.paid.v1", "ledger.paid.v2", json -> {
                json.set("amount", json.remove("cents"));
                return json;
            })
            .formerly("ledger.paid.v0", "ledger.paid.v1", json -> {
                json.set("cents", json.remove("pence"));
                return json;
            });

    final List<Recorded<Event>> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger unlucky = new AtomicInteger(2);
    private final String name;
    private final Optional<Personal> copied;

    Ledger() {
        this("ledger", Optional.empty());
    }

    /** @param copied a personal row whose text the read model copies */
    Ledger(String name, Optional<Personal> copied) {
        this.name = name;
        this.copied = copied;
    }

    static void tables(Database database) {
        database.migrate("ledger", Ledger.class, List.of("001_ledger.sql"));
    }

    /** A payment; an account never goes below zero. Answers the balance. */
    static Decision<Event, Balance> pay(Account account, long amount) {
        if (amount == UNDECIDABLE) {
            throw new UnsupportedOperationException("cannot decide");
        }
        var balance = account.balance() + amount;
        return balance < 0
                ? Decision.refuse(Refusal.Reason.CONFLICT, "too-poor", "There is only " + account.balance() + ".")
                : Decision.accept(List.of(new Event.Paid(amount, Optional.empty())), new Balance(balance));
    }

    record Balance(long value) {}

    @Override
    public String name() {
        return name;
    }

    @Override
    public EventTypes<Event> events() {
        return EVENTS;
    }

    @Override
    public Account initial() {
        return new Account(0, 0, Optional.empty());
    }

    @Override
    public Account evolve(Account state, Event event) {
        if (event instanceof Event.Paid paid) {
            return new Account(
                    state.balance() + paid.amount(),
                    state.reminders(),
                    paid.note().or(state::note));
        }
        return new Account(state.balance(), state.reminders() + 1, state.note());
    }

    @Override
    public void project(Sql sql, Recorded<Event> event, Account after) throws SQLException {
        var text = copied.map(Personal::text);
        sql.later(
                event.stream(),
                "INSERT INTO ledger_account (site, id, balance, copied, subject) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (site, id) DO UPDATE SET balance = excluded.balance",
                event.site(),
                event.stream(),
                after.balance(),
                text,
                copied.map(Personal::subject));
        if (event.event() instanceof Event.Paid paid && paid.amount() == UNLUCKY && unlucky.getAndDecrement() > 0) {
            throw new SQLException("deadlock detected", "40P01");
        }
        if (event.event() instanceof Event.Paid paid && paid.amount() == UNPROJECTABLE) {
            sql.later(
                    event.stream(),
                    "INSERT INTO ledger_account (site, id, balance) VALUES (?, ?, NULL)",
                    event.site(),
                    "x");
        }
        if (event.event() instanceof Event.Paid paid && paid.amount() == UNBINDABLE) {
            sql.later(event.stream(), "UPDATE ledger_account SET copied = ? WHERE site = ?", new Unbindable(), "x");
        }
    }

    private static final class Unbindable {
        @Override
        public String toString() {
            throw new UnsupportedOperationException("no text");
        }
    }

    @Override
    public void erase(Sql sql, SiteId site, String subject) throws SQLException {
        if (copied.isPresent()) {
            sql.update(
                    "UPDATE ledger_account SET copied = NULL, subject = NULL WHERE site = ? AND subject = ?",
                    site,
                    subject);
        }
    }

    @Override
    public Decision<Event, None> due(Account state, String deadline, Instant now) {
        if (deadline.equals("broken")) {
            throw new UnsupportedOperationException("cannot be due");
        }
        var reminded = Decision.<Event>accept(List.of(new Event.Reminded(deadline)));
        return deadline.equals("again") && state.reminders() < 2
                ? reminded.wake("again", now.plus(Duration.ofMinutes(1)))
                : reminded;
    }

    @Override
    public List<Object> publish(Recorded<Event> event, Account after) {
        return event.event() instanceof Event.Paid paid
                ? List.of(new Payment(paid.amount(), after.balance()))
                : List.of();
    }

    @Override
    public void committed(Recorded<Event> event, Account after) {
        heard.add(event);
        if (event.event() instanceof Event.Paid paid && paid.amount() == 13) {
            throw new IllegalStateException("a listener that fails");
        }
    }
}
