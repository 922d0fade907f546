package dev.tandem.screen.internal;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

import dev.tandem.web.MediaChannel.Receiver;

/**
 * What one page sends, handed to its stream.
 *
 * @param largestFrame most bytes of a frame
 */
record LineReceiver(int largestFrame, Consumer<ByteBuffer> frames, Consumer<String> texts, Runnable end)
        implements Receiver {
    @Override
    public void binary(ByteBuffer frame) {
        frames.accept(frame);
    }

    @Override
    public void text(String json) {
        texts.accept(json);
    }

    @Override
    public void closed() {
        end.run();
    }
}
