package dev.tandem.filetransfer.internal.book;

import dev.tandem.filetransfer.FileTransfer;

/** Which way a transfer goes; limits are of one of them. */
public enum Direction {
    TO_CUSTOMER,
    FROM_CUSTOMER;

    /** Which way that one goes. */
    public static Direction of(FileTransfer transfer) {
        return transfer.to().isPresent() ? TO_CUSTOMER : FROM_CUSTOMER;
    }
}
