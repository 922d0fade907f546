package dev.tandem.filetransfer.internal.verify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A look at one file while its bytes go by. For one thread. Holds the beginning of the file, 64 KB, and no more. */
public final class Look {
    private final Types types;
    private final String name;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final TextCheck text = new TextCheck();

    Look(Types types, String name) {
        this.types = types;
        this.name = name;
    }

    /** The next bytes of the file, from position to limit; both stay as they are. */
    public void update(ByteBuffer bytes) {
        var length = Math.min(bytes.remaining(), Types.HEAD - head.size());
        if (length > 0) {
            var first = new byte[length];
            bytes.get(bytes.position(), first);
            head.writeBytes(first);
        }
        text.update(bytes);
    }

    /**
     * What it is. All bytes have gone by.
     *
     * @param content of which containers want a few places read again: up to 1 MB, mostly at the end
     * @throws IOException if these cannot be read
     */
    public Found found(Content content) throws IOException {
        return types.judge(name, head.toByteArray(), text.isText(), content);
    }
}
