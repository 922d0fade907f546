package dev.tandem.filetransfer.clamav.internal;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Takes one connection and does with it what the test wants. */
final class OddClamd implements Closeable {
    interface Part {
        void play(DataInputStream in, OutputStream out) throws Exception;
    }

    private final ServerSocket server;
    private final CompletableFuture<Void> played = new CompletableFuture<>();
    private final Thread thread;

    OddClamd(Part part) throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        thread = new Thread(() -> {
            try (Socket socket = server.accept()) {
                part.play(new DataInputStream(socket.getInputStream()), socket.getOutputStream());
                played.complete(null);
            } catch (Exception e) {
                played.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Throws what went wrong on this side. */
    void played() throws Exception {
        played.get();
    }

    static String command(DataInputStream in) throws IOException {
        var said = new StringBuilder();
        for (var one = in.readByte(); one != 0; one = in.readByte()) {
            said.append((char) one);
        }
        return said.toString();
    }

    /** The bytes of all pieces, up to the one that ends them. */
    static byte[] pieces(DataInputStream in) throws IOException {
        var all = new ByteArrayOutputStream();
        for (var length = in.readInt(); length != 0; length = in.readInt()) {
            all.write(in.readNBytes(length));
        }
        return all.toByteArray();
    }

    static Part saying(String answer) {
        return (in, out) -> {
            command(in);
            pieces(in);
            out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
        };
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
