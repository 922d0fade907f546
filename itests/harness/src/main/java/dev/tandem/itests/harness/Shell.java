package dev.tandem.itests.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.EnumSet;
import java.util.regex.Pattern;

import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/** Karaf's shell over SSH, with a key of its own that the distribution's {@code etc/keys.properties} admits. */
final class Shell {
    private static final String USER = "itests";
    static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private final String host;
    private final int port;
    private final KeyPair key;

    Shell(String host, int port) {
        this.host = host;
        this.port = port;
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            key = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    void admit(Path etc) throws IOException {
        var text = PublicKeyEntry.toString(key.getPublic());
        Files.writeString(
                etc.resolve("keys.properties"),
                "\n%s=%s,_g_:itestsgroup\n_g_\\:itestsgroup = group,admin,manager,viewer,systembundles,ssh\n"
                        .formatted(USER, text.split(" ")[1]),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static SshClient client() {
        var client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.start();
        return client;
    }

    private ClientSession signIn(SshClient client) throws IOException {
        var session = client.connect(USER, host, port).verify(LONGEST).getSession();
        session.addPublicKeyIdentity(key);
        session.auth().verify(LONGEST);
        return session;
    }

    /** As a person has it, with a terminal. */
    ShellTerminal terminal() {
        var client = client();
        try {
            return new ShellTerminal(client, signIn(client).createShellChannel());
        } catch (IOException e) {
            client.stop();
            throw new UncheckedIOException(e);
        }
    }

    String run(String command) {
        var output = new ByteArrayOutputStream();
        try (var client = client()) {
            try (var session = signIn(client)) {
                try (var channel = session.createExecChannel(command)) {
                    channel.setOut(output);
                    channel.setErr(output);
                    channel.open().verify(LONGEST);
                    var events = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), LONGEST);
                    if (events.contains(ClientChannelEvent.TIMEOUT)) {
                        throw new IOException("no end of: " + command);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(command + ": " + output.toString(StandardCharsets.UTF_8), e);
        }
        return plain(output.toString(StandardCharsets.UTF_8));
    }

    static String plain(String told) {
        return COLOUR.matcher(told).replaceAll("");
    }
}
