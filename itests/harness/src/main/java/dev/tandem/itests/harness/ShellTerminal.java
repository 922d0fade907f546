package dev.tandem.itests.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelShell;

/** Karaf's shell over SSH as a person has it: with a terminal, in which keys are pressed while a command runs. */
public final class ShellTerminal implements AutoCloseable {
    private static final byte CTRL_C = 3;

    private final SshClient client;
    private final ChannelShell channel;
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    ShellTerminal(SshClient client, ChannelShell channel) throws IOException {
        this.client = client;
        this.channel = channel;
        channel.setOut(screen);
        channel.setErr(screen);
        channel.open().verify(Shell.LONGEST);
    }

    /** A line, and Enter. */
    public ShellTerminal type(String line) {
        return press((line + "\r").getBytes(StandardCharsets.UTF_8));
    }

    /** Ctrl+C. */
    public ShellTerminal interrupt() {
        return press(new byte[] {CTRL_C});
    }

    private ShellTerminal press(byte[] keys) {
        try {
            channel.getInvertedIn().write(keys);
            channel.getInvertedIn().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(screen(), e);
        }
        return this;
    }

    /** Everything that was written to it, in the order in which it came, without colours. */
    public String screen() {
        return Shell.plain(screen.toString(StandardCharsets.UTF_8));
    }

    /** Waits until that is written to it. */
    public ShellTerminal shows(String text, Duration longest) {
        try {
            Await.until(text, longest, () -> screen().contains(text));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + screen(), e);
        }
        return this;
    }

    @Override
    public void close() {
        client.stop();
    }
}
