package dev.tandem.itests.harness;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A screen of its own with two monitors side by side. Xvfb has only one; Xtigervnc makes as many as a VNC client asks for, so
 * this is such a client for a moment.
 */
public final class TwoMonitors implements AutoCloseable {
    /** The size of a monitor in pixels. */
    public record Size(int width, int height) {}

    private static final String VERSION = "RFB 003.008\n";
    private static final int NO_SECURITY = 1;
    private static final int INIT_LENGTH = 24;
    private static final int SET_ENCODINGS = 2;
    private static final int EXTENDED_DESKTOP_SIZE = -308;
    private static final int SET_DESKTOP_SIZE = 251;

    private final Display display;

    private TwoMonitors(Display display) {
        this.display = display;
    }

    public static TwoMonitors start(Size left, Size right) {
        int port = Ports.free(1).get(0);
        var display = Display.served(
                "apt-get install tigervnc-standalone-server",
                "Xtigervnc",
                "-rfbport",
                Integer.toString(port),
                "-localhost",
                "-SecurityTypes",
                "None",
                "-geometry",
                left.width() + "x" + left.height(),
                "-depth",
                "24",
                "-nolisten",
                "tcp");
        try {
            askFor(port, left, right);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("two monitors", Duration.ofSeconds(10), () -> monitors(display.name()) == 2);
        return new TwoMonitors(display);
    }

    public Display display() {
        return display;
    }

    @Override
    public void close() {
        display.close();
    }

    /** RFC 6143 up to the first messages, then the desktop's size with its monitors. */
    private static void askFor(int port, Size left, Size right) throws IOException {
        try (var socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            in.readFully(new byte[VERSION.length()]);
            out.write(VERSION.getBytes(StandardCharsets.US_ASCII));
            in.readFully(new byte[in.readUnsignedByte()]);
            out.writeByte(NO_SECURITY);
            if (in.readInt() != 0) {
                throw new IOException("Xtigervnc wants a password");
            }
            out.writeByte(1); // others may look too
            var init = new byte[INIT_LENGTH - Integer.BYTES];
            in.readFully(init);
            in.readFully(new byte[in.readInt()]);
            out.writeByte(SET_ENCODINGS);
            out.writeByte(0);
            out.writeShort(1);
            out.writeInt(EXTENDED_DESKTOP_SIZE);
            setDesktopSize(out, left, right);
            out.flush();
            socket.shutdownOutput();
            in.readAllBytes(); // until it has been taken
        }
    }

    private static void setDesktopSize(DataOutputStream out, Size left, Size right) throws IOException {
        out.writeByte(SET_DESKTOP_SIZE);
        out.writeByte(0);
        out.writeShort(left.width() + right.width());
        out.writeShort(Math.max(left.height(), right.height()));
        out.writeByte(2);
        out.writeByte(0);
        int id = 0;
        int x = 0;
        for (var monitor : List.of(left, right)) {
            out.writeInt(id++);
            out.writeShort(x);
            out.writeShort(0);
            out.writeShort(monitor.width());
            out.writeShort(monitor.height());
            out.writeInt(0);
            x += monitor.width();
        }
    }

    private static int monitors(String display) {
        try {
            var builder = new ProcessBuilder("xrandr", "--listmonitors").redirectErrorStream(true);
            builder.environment().put("DISPLAY", display);
            var said = new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return (int) said.lines()
                    .filter(line -> line.strip().matches("\\d+: .*"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
