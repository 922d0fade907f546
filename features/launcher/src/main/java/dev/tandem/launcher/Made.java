package dev.tandem.launcher;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A certificate made on this machine, for trying things out and for networks whose browsers are told to trust it. It is
 * kept from start to start, so that whoever has trusted it need not do so again, and made anew when it runs out or lacks a
 * name.
 */
final class Made {
    private static final Duration HOLDS = Duration.ofDays(397); // browsers take no longer ones
    private static final Duration IN_TIME = Duration.ofDays(30);
    private static final int MOST_ADDRESSES = 20;

    private final Stored stored;
    private final Clock clock;

    Made(Stored stored, Clock clock) {
        this.stored = stored;
        this.clock = clock;
    }

    /** @return whether a new one was made */
    boolean ensure(Collection<String> names) throws IOException, Refused {
        var old = stored.certificate();
        if (old.isPresent() && holds(old.get()) && names(old.get()).containsAll(canonical(names))) {
            return false;
        }
        make(names);
        return true;
    }

    private boolean holds(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant().isAfter(clock.instant().plus(IN_TIME))
                && !certificate.getNotBefore().toInstant().isAfter(clock.instant());
    }

    private void make(Collection<String> names) throws IOException, Refused {
        stored.prepare();
        var fresh = stored.folder().resolve("tandem.p12.new");
        Files.deleteIfExists(fresh);
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var alternatives = names.stream()
                .map(name -> (isAddress(name) ? "ip:" : "dns:") + name)
                .collect(Collectors.joining(","));
        var builder = new ProcessBuilder(List.of(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        Stored.ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-sigalg",
                        "SHA256withECDSA",
                        "-validity",
                        Long.toString(HOLDS.toDays()),
                        "-dname",
                        "CN=Tandem on this machine",
                        "-ext",
                        "san=" + alternatives,
                        "-ext",
                        "eku=serverAuth",
                        "-ext",
                        "ku:critical=digitalSignature",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        fresh.toString(),
                        "-storepass:env",
                        "TANDEM_STORE"))
                .redirectErrorStream(true);
        builder.environment().put("TANDEM_STORE", stored.password()); // not on a command line that others can see
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new Refused("The certificate could not be made by " + keytool + ": " + said.strip());
        }
        Files.setPosixFilePermissions(fresh, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        Files.move(fresh, stored.file(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** This machine's own names, and the IPv4 addresses of its networks. (Those of IPv6 change from day to day.) */
    static Set<String> namesOfThisMachine() {
        var names = new TreeSet<>(Set.of("localhost", "127.0.0.1", "::1"));
        try {
            var host = InetAddress.getLocalHost().getHostName();
            if (host.matches("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")) {
                names.add(host);
            }
        } catch (IOException e) {
            // a machine that does not know its own name has its addresses
        }
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance)
                    .filter(address -> !address.isLinkLocalAddress())
                    .limit(MOST_ADDRESSES)
                    .map(InetAddress::getHostAddress)
                    .forEach(names::add);
        } catch (IOException e) {
            // none that can be told
        }
        return names;
    }

    /** What a certificate is for, in the spelling of {@link #canonical}. */
    static Set<String> names(X509Certificate certificate) throws Refused {
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            var names = new HashSet<String>();
            for (var alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (alternative.get(1) instanceof String name) {
                    names.add(name);
                }
            }
            return canonical(names);
        } catch (CertificateParsingException e) {
            throw new Refused("The certificate's names cannot be read: " + e.getMessage(), e);
        }
    }

    static Set<String> canonical(Collection<String> names) {
        return names.stream().map(Made::canonical).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String canonical(String name) {
        try {
            // An address is read and no name looked up.
            return isAddress(name)
                    ? InetAddress.getByName(name).getHostAddress()
                    : name.toLowerCase(java.util.Locale.ROOT);
        } catch (IOException e) {
            return name;
        }
    }

    static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.matches("[0-9.]+");
    }
}
