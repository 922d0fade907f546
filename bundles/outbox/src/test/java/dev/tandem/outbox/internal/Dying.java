package dev.tandem.outbox.internal;

import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** Carries by SMTP, and stands still at the last line: before it, or when the server has it. */
final class Dying implements Carrier {
    final CountDownLatch there = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);
    private final Smtp smtp = new Smtp();
    private final boolean before;

    Dying(boolean before) {
        this.before = before;
    }

    @Override
    public Outcome carry(SmtpServer server, Letter letter, BooleanSupplier handing) {
        var outcome = smtp.carry(server, letter, () -> {
            if (before) {
                pause();
            }
            return handing.getAsBoolean();
        });
        pause();
        return outcome;
    }

    private void pause() {
        there.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        smtp.close();
    }
}
