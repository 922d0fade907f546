package dev.tandem.filetransfer.internal.store;

import java.io.IOException;

import dev.tandem.filetransfer.FileStore.NoRoomException;

/** Java has no exception of its own for a full disk. */
final class NoRoom {
    private NoRoom() {}

    /** The same failure, or what it means if the disk is full. */
    static IOException of(IOException e) {
        var said = String.valueOf(e.getMessage());
        return said.contains("No space left") || said.contains("Disk quota") || said.contains("not enough space")
                ? new NoRoomException(e)
                : e;
    }
}
