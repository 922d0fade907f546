package dev.tandem.recording.internal.webm;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Folders on the disk. */
public final class Folders {
    private Folders() {}

    /** Brings a folder's names to the disk, where the system can do that. */
    public static void sync(Path folder) {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no folders; there a rename is on the disk by itself.
        }
    }
}
