package dev.tandem.filetransfer.internal.store;

import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;

import org.junit.Test;

import dev.tandem.filetransfer.FileStore.NoRoomException;

public class NoRoomTest {
    @Test
    public void aFullDiskIsToldFromABrokenOne() {
        assertTrue(
                NoRoom.of(new FileSystemException("/a", null, "No space left on device")) instanceof NoRoomException);
        assertTrue(NoRoom.of(new IOException("Disk quota exceeded")) instanceof NoRoomException);
        var broken = new IOException("Input/output error");
        assertSame(broken, NoRoom.of(broken));
        var silent = new IOException();
        assertSame(silent, NoRoom.of(silent));
    }
}
