package dev.tandem.launcher;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;

import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Certificates that are made, and those that are given. */
public class CertificatesTest {
    @ClassRule
    public static final TemporaryFolder PAIRS = new TemporaryFolder();

    private static Given ec;
    private static Given rsa;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Clock now = Clock.systemUTC();
    private Stored stored;

    @BeforeClass
    public static void pairs() throws Exception {
        ec = pair("EC", "desk.example");
        rsa = pair("RSA", "other.example");
    }

    @Before
    public void store() {
        stored = new Stored(root().resolve("etc/tls"));
    }

    @Test
    public void aMadeCertificateIsForThisMachineAndKept() throws Exception {
        var said = main(now, "make", stored.folder().toString(), "desk.example", "");
        assertTrue(said, said.startsWith("made on this machine, until "));
        var first = stored.certificate().orElseThrow();
        assertTrue(Made.names(first).containsAll(Set.of("localhost", "127.0.0.1", "desk.example")));
        assertTrue(Made.names(first).contains(InetAddress.getByName("::1").getHostAddress()));
        for (var file : List.of("tandem.p12", "tandem.password")) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(stored.folder().resolve(file))));
        }
        var again = main(now, "make", stored.folder().toString(), "desk.example");
        assertTrue(again, again.startsWith("of an earlier start, until "));
        assertEquals(first, stored.certificate().orElseThrow());
    }

    @Test
    public void itIsMadeAnewWhenANameIsMissingOrTimeRunsOutOrTheFileIsDamaged() throws Exception {
        var made = new Made(stored, now);
        assertTrue(made.ensure(Set.of("localhost", "10.0.0.7")));
        assertFalse(made.ensure(Set.of("LOCALHOST")));
        assertTrue(made.ensure(Set.of("localhost", "10.0.0.8")));
        var later = new Made(stored, Clock.offset(now, Duration.ofDays(370)));
        var before = stored.certificate().orElseThrow();
        assertTrue(later.ensure(Set.of("localhost", "10.0.0.8")));
        assertNotEquals(before, stored.certificate().orElseThrow());
        Files.writeString(stored.file(), "no keystore");
        assertTrue(made.ensure(Set.of("localhost")));
    }

    @Test
    public void pairsOfEveryCommonFormAreTaken() throws Exception {
        for (var pair : List.of(ec, rsa)) {
            for (var form : List.of(pkcs8(pair.key()), older(pair.key()))) {
                var key = write("key.pem", form);
                var said = main(
                        now, "take", stored.folder().toString(), pair.file().toString(), key.toString(), pair.host());
                assertTrue(said, said.contains("for " + pair.host()));
                assertEquals(pair.certificate(), stored.certificate().orElseThrow());
                assertEquals(secret(pair.key()), secret(keyOf(stored)));
            }
        }
    }

    private static BigInteger secret(PrivateKey key) {
        return key instanceof ECPrivateKey curve ? curve.getS() : ((RSAPrivateKey) key).getPrivateExponent();
    }

    @Test
    public void theKeysOwnCertificateComesFirst() throws Exception {
        var chain = write("chain.pem", Files.readString(rsa.file()) + Files.readString(ec.file()));
        var read = Pem.read(chain, write("key.pem", pkcs8(ec.key())));
        assertEquals(List.of(ec.certificate(), rsa.certificate()), read.chain());
    }

    @Test
    public void whatCannotBeUsedIsRefusedWithWhatToDo() throws Exception {
        var pair = ec;
        var key = write("key.pem", pkcs8(pair.key()));
        refused("does not belong", pair.file(), write("other.pem", pkcs8(another("EC"))), "");
        refused("does not belong", pair.file(), write("rsa.pem", pkcs8(another("RSA"))), "");
        refused("holds no certificate", key, key, "");
        refused("holds no private key", pair.file(), pair.file(), "");
        refused("cannot be read", root().resolve("missing.pem"), key, "");
        refused(
                "openssl pkcs8 -topk8 -nocrypt",
                pair.file(),
                write("locked.pem", pem("ENCRYPTED PRIVATE KEY", new byte[40])),
                "");
        refused("cannot be read", pair.file(), write("damaged.pem", pem("PRIVATE KEY", new byte[40])), "");
        refused("cannot be used", pair.file(), write("dsa.pem", pem("DSA PRIVATE KEY", new byte[40])), "");
        for (int length = 0; length < 40; length++) {
            var cut = Arrays.copyOf(bytesOfOlder(pair.key()), length);
            assertThrows(Refused.class, () -> Pem.read(pair.file(), write("cut.pem", pem("EC PRIVATE KEY", cut))));
        }
        refused("not for shop.example", pair.file(), key, "shop.example");
        var later = Clock.offset(now, Duration.ofDays(100));
        var out = assertThrows(
                Refused.class,
                () -> main(
                        later, "take", stored.folder().toString(), pair.file().toString(), key.toString(), ""));
        assertTrue(out.getMessage(), out.getMessage().contains("ran out"));
    }

    @Test
    public void aStarStandsForOneLabel() {
        assertTrue(Main.covers(Set.of("*.example.org"), "Desk.example.org"));
        assertFalse(Main.covers(Set.of("*.example.org"), "a.desk.example.org"));
        assertFalse(Main.covers(Set.of("*.example.org"), "example.org"));
        assertTrue(Main.covers(Set.of("10.0.0.7"), "10.0.0.7"));
        assertFalse(Main.covers(Set.of("*.0.0.7"), "10.0.0.7"));
    }

    @Test
    public void whereNothingCanListenIsToldBefore() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());
            assertThrows(Refused.class, () -> main(now, "listen", "127.0.0.1", port));
        }
        assertThrows("not of this machine", Refused.class, () -> main(now, "listen", "192.0.2.1", "0"));
        assertEquals("", main(now, "listen", "127.0.0.1", "0"));
    }

    private void refused(String why, Path certificate, Path key, String host) {
        var refused = assertThrows(
                Refused.class,
                () -> main(now, "take", stored.folder().toString(), certificate.toString(), key.toString(), host));
        assertTrue(refused.getMessage(), refused.getMessage().contains(why));
    }

    private static String main(Clock clock, String... args) throws Exception {
        return String.join("\n", new Main(clock).run(List.of(args)));
    }

    private Path root() {
        return folder.getRoot().toPath();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(root().resolve(name), text);
    }

    private static PrivateKey another(String algorithm) throws Exception {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
    }

    private record Given(String host, PrivateKey key, java.security.cert.X509Certificate certificate, Path file) {}

    /** A pair made by the JDK's own tool. */
    private static Given pair(String algorithm, String host) throws Exception {
        var made = new Stored(PAIRS.getRoot().toPath().resolve(host));
        made.prepare();
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        Stored.ALIAS,
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=x",
                        "-ext",
                        "san=dns:" + host,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        made.file().toString(),
                        "-storepass",
                        made.password())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(said, 0, process.waitFor());
        var certificate = made.certificate().orElseThrow();
        var file = Files.writeString(
                PAIRS.getRoot().toPath().resolve(host + ".pem"), pem("CERTIFICATE", certificate.getEncoded()));
        return new Given(host, keyOf(made), certificate, file);
    }

    private static PrivateKey keyOf(Stored stored) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(stored.file())) {
            store.load(in, stored.password().toCharArray());
        }
        return (PrivateKey) store.getKey(Stored.ALIAS, stored.password().toCharArray());
    }

    private static String pkcs8(PrivateKey key) {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** The form of OpenSSL's older commands: what PKCS#8 wraps. */
    private static String older(PrivateKey key) {
        return (key.getAlgorithm().equals("EC") ? pem("EC PARAMETERS", new byte[4]) : "")
                + pem(key.getAlgorithm() + " PRIVATE KEY", bytesOfOlder(key));
    }

    /** An EC key of this form names its curve itself; the JDK, which names it around it, leaves it out. */
    private static byte[] bytesOfOlder(PrivateKey key) {
        var whole = key.getEncoded();
        if (key.getAlgorithm().equals("RSA")) {
            return Arrays.copyOfRange(whole, 26, whole.length);
        }
        int at = whole.length - 2;
        while (!(whole[at] == 0x02 && whole[at + 1] == 0x01 && whole[at + 2] == 0x01)) {
            at--;
        }
        var secret = Arrays.copyOfRange(whole, at, whole.length);
        var oid = curve(whole);
        var key2 = new java.io.ByteArrayOutputStream();
        key2.write(0x30);
        key2.write(secret.length + 2 + oid.length);
        key2.writeBytes(secret);
        key2.write(0xA0);
        key2.write(oid.length);
        key2.writeBytes(oid);
        return key2.toByteArray();
    }

    /** The second OID of the algorithm. */
    private static byte[] curve(byte[] whole) {
        int first = 0;
        while (whole[first] != 0x06) {
            first++;
        }
        int second = first + 2 + whole[first + 1];
        return Arrays.copyOfRange(whole, second, second + 2 + whole[second + 1]);
    }

    private static String pem(String type, byte[] bytes) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(bytes)
                + "\n-----END " + type + "-----\n";
    }
}
