package dev.tandem.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Called by {@code ./tandem}. Says what was done in lines for people; what was refused on the error stream, with 1. */
public final class Main {
    private static final Duration LONGEST_START = Duration.ofSeconds(240);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Clock clock;

    Main(Clock clock) {
        this.clock = clock;
    }

    public static void main(String[] args) {
        try {
            new Main(Clock.systemUTC()).run(List.of(args)).forEach(System.out::println);
        } catch (Refused refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        } catch (IOException | GeneralSecurityException | InterruptedException e) {
            System.err.println(e);
            System.exit(1);
        }
    }

    /**
     * @param args {@code listen ADDRESS PORT}, {@code make FOLDER HOST}, {@code take FOLDER CERTIFICATE KEY HOST},
     *     {@code await FOLDER URL} or {@code restore ARCHIVE FOLDER}; HOST is that of the public URL or empty
     */
    List<String> run(List<String> args) throws Refused, IOException, GeneralSecurityException, InterruptedException {
        return switch (args.get(0)) {
            case "listen" -> listen(args.get(1), Integer.parseInt(args.get(2)));
            case "make" -> make(new Stored(Path.of(args.get(1))), args.subList(2, args.size()));
            case "take" -> take(
                    new Stored(Path.of(args.get(1))), Path.of(args.get(2)), Path.of(args.get(3)), args.get(4));
            case "await" -> await(new Stored(Path.of(args.get(1))), new URL(args.get(2)));
            case "restore" -> new Restore(Path.of(args.get(2)), clock).from(Path.of(args.get(1)));
            default -> throw new IllegalArgumentException(args.get(0));
        };
    }

    /** Whether a server could listen there. */
    private static List<String> listen(String address, int port) throws Refused {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as the web server does: a connection that has just ended does not hinder it
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return List.of();
        } catch (IOException e) {
            throw new Refused("nothing can listen at " + address + " port " + port + ": " + e.getMessage(), e);
        }
    }

    private List<String> make(Stored stored, List<String> more) throws Refused, IOException, GeneralSecurityException {
        var names = new TreeSet<>(Made.namesOfThisMachine());
        more.stream().filter(name -> !name.isEmpty()).forEach(names::add);
        boolean fresh = new Made(stored, clock).ensure(names);
        var certificate = stored.certificate().orElseThrow(() -> new Refused(stored.file() + " cannot be read back."));
        return List.of(
                (fresh ? "made on this machine" : "of an earlier start") + ", until "
                        + DAY.format(certificate.getNotAfter().toInstant()) + ", for " + String.join(", ", names),
                "SHA-256 " + fingerprint(certificate));
    }

    private List<String> take(Stored stored, Path certificates, Path key, String host)
            throws Refused, IOException, GeneralSecurityException {
        var pair = Pem.read(certificates, key);
        var own = pair.chain().get(0);
        var until = own.getNotAfter().toInstant();
        if (until.isBefore(clock.instant())) {
            throw new Refused(
                    "The certificate in " + certificates + " ran out on " + DAY.format(until) + ". Renew it.");
        }
        if (own.getNotBefore().toInstant().isAfter(clock.instant())) {
            throw new Refused("The certificate in " + certificates + " holds from "
                    + DAY.format(own.getNotBefore().toInstant()) + " only. Is this machine's clock right?");
        }
        var names = Made.names(own);
        if (!host.isEmpty() && !covers(names, host)) {
            throw new Refused("The certificate in " + certificates + " is for " + String.join(", ", names)
                    + " and not for " + host + ", the host of --public-url.");
        }
        stored.put(pair);
        return List.of(
                "of " + certificates + ", until " + DAY.format(until) + ", for " + String.join(", ", names),
                "SHA-256 " + fingerprint(own));
    }

    /** As browsers judge it: a star stands for one label. */
    static boolean covers(java.util.Set<String> names, String host) {
        var wanted = Made.canonical(List.of(host)).iterator().next();
        int dot = wanted.indexOf('.');
        return names.contains(wanted)
                || dot > 0 && !Made.isAddress(wanted) && names.contains("*" + wanted.substring(dot));
    }

    private static List<String> await(Stored stored, URL url)
            throws Refused, IOException, GeneralSecurityException, InterruptedException {
        var certificate = stored.certificate().orElseThrow(() -> new Refused(stored.file() + " cannot be read."));
        if (!new Health(certificate).await(url, LONGEST_START)) {
            throw new Refused(url + " did not answer.");
        }
        return List.of();
    }

    private static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
        var hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return String.join(
                ":",
                Arrays.asList(HexFormat.of().withUpperCase().formatHex(hash).split("(?<=\\G..)")));
    }
}
