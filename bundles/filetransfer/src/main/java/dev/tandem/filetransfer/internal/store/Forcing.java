package dev.tandem.filetransfer.internal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** How written bytes are brought to the disk: tests have disks that fail. */
interface Forcing {
    Forcing REAL = channel -> channel.force(false);

    /** What was written is on the disk when it returns. */
    void force(FileChannel channel) throws IOException;
}
