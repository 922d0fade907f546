package dev.tandem.filetransfer.internal.receive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.TransferId;
import dev.tandem.filetransfer.internal.book.TransferBook;
import dev.tandem.filetransfer.internal.desk.Settings;

/** What still comes does not expire: the book is told so, but not for every block. */
final class Prolonging {
    private static final int MOST = 10_000;
    private static final Duration OFTEN = Duration.ofMinutes(5);
    private static final int PARTS = 4;

    private final TransferBook book;
    private final Settings settings;
    private final Clock clock;
    private final Map<TransferId, Instant> told = new ConcurrentHashMap<>();

    Prolonging(TransferBook book, Settings settings, Clock clock) {
        this.book = book;
        this.settings = settings;
        this.clock = clock;
    }

    void bytesCame(FileTransfer transfer) {
        var now = clock.instant();
        var last = told.getOrDefault(transfer.id(), transfer.at());
        if (last.plus(pace(transfer)).isAfter(now)) {
            return;
        }
        if (told.size() >= MOST) {
            told.clear();
        }
        told.put(transfer.id(), now);
        book.prolong(transfer.site(), transfer.id(), UUID.randomUUID());
    }

    private Duration pace(FileTransfer transfer) {
        var part = settings.expiry(transfer.site()).dividedBy(PARTS);
        return part.compareTo(OFTEN) < 0 ? part : OFTEN;
    }
}
