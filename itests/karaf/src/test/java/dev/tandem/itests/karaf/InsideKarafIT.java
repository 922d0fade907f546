package dev.tandem.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;

import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** What only the inside of a running Karaf shows. One container for all tests of the class. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class InsideKarafIT {
    private static final String PORT = "tandem.itests.port";
    private static final String ODD = "tandem.odd";
    private static final String S3 = "tandem.s3proxy";
    private static final String VERSION = "tandem.version";
    private static final List<String> OURS = List.of(
            "platform",
            "journal",
            "web",
            "ui",
            "outbox",
            "session",
            "chat",
            "screen",
            "recording",
            "call",
            "device",
            "webacd",
            "filetransfer",
            "openapi");

    @Inject
    private BundleContext context;

    @Inject
    private ServiceComponentRuntime components;

    @Inject
    private ConfigurationAdmin configurations;

    private final HttpClient client = HttpClient.newHttpClient();

    @Configuration
    public Option[] container() throws IOException {
        var http = free();
        var repository = System.getProperty("tandem.repository");
        return new Option[] {
            karafDistributionConfiguration()
                    .frameworkUrl("file:" + System.getProperty("tandem.distribution"))
                    .karafVersion("4.4.10")
                    .name("Tandem")
                    .unpackDirectory(new File(System.getProperty("tandem.work"), "exam"))
                    .useDeployFolder(false),
            keepRuntimeFolder(),
            configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
            systemProperty(PORT).value(http),
            systemProperty(ODD).value(System.getProperty(ODD)),
            systemProperty(S3).value(System.getProperty(S3)),
            systemProperty(VERSION).value(System.getProperty(VERSION)),
            editConfigurationFilePut("etc/org.ops4j.pax.web.cfg", "org.osgi.service.http.port", http),
            // Pax Exam's own bundles come from where Maven has put them; nothing is fetched.
            editConfigurationFilePut(
                    "etc/org.ops4j.pax.url.mvn.cfg",
                    "org.ops4j.pax.url.mvn.defaultRepositories",
                    "file:${karaf.home}/${karaf.default.repository}@id=system.repository@snapshots, file:" + repository
                            + "@id=maven@snapshots"),
            editConfigurationFilePut("etc/org.ops4j.pax.url.mvn.cfg", "org.ops4j.pax.url.mvn.repositories", ""),
        };
    }

    @Before
    public void healthy() {
        await("health", () -> status("/health") == 200);
    }

    @Test
    public void allBundlesAreActiveAndAllComponentsSatisfied() {
        var faults = new ArrayList<String>();
        for (var bundle : context.getBundles()) {
            boolean fragment = bundle.getHeaders().get("Fragment-Host") != null;
            if (!fragment && bundle.getState() != Bundle.ACTIVE) {
                faults.add(bundle.getSymbolicName() + " is in state " + bundle.getState());
            }
        }
        for (var description : components.getComponentDescriptionDTOs(ours())) {
            for (var instance : components.getComponentConfigurationDTOs(description)) {
                if (instance.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE
                        || instance.state == ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION
                        || instance.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                    faults.add(
                            description.implementationClass + " is in state " + instance.state + " " + instance.failure
                                    + Arrays.stream(instance.unsatisfiedReferences)
                                            .map(r -> r.name)
                                            .toList());
                }
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    @Test
    public void BX7_resourceOfAnIntegratorIsServedWhileItsServiceIsThere() throws Exception {
        assertEquals(404, status("/api/greeting"));
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("tandem.rest.path", "/greeting");
        var registration = context.registerService(Object.class, new Greeting(), properties);
        try {
            await("the resource", () -> status("/api/greeting") == 200);
            assertTrue(body("/api/greeting").contains("hello"));
        } finally {
            registration.unregister();
        }
        await("its end", () -> status("/api/greeting") == 404);
        assertTrue(answer("/api/greeting")
                .headers()
                .firstValue("content-type")
                .orElse("")
                .startsWith("application/problem+json"));
    }

    @Test
    public void BX6_eachSliceHasAJavaServiceWhileItIsInstalled() throws Exception {
        var services = Map.of(
                "session", "dev.tandem.session.SupportSessions",
                "chat", "dev.tandem.chat.Conversations",
                "screen", "dev.tandem.screen.ScreenSharing",
                "recording", "dev.tandem.recording.Recordings",
                "call", "dev.tandem.call.Calls",
                "webacd", "dev.tandem.webacd.WorkItems",
                "filetransfer", "dev.tandem.filetransfer.FileTransfers");
        for (var one : services.entrySet()) {
            var slice = bundle(one.getKey());
            assertTrue(one.getValue(), published(one.getValue()));
            slice.stop();
            assertFalse(one.getValue(), published(one.getValue()));
            slice.start();
            // Also those that need what was stopped.
            for (var service : services.values()) {
                await(service, () -> published(service));
            }
        }
        await("health", () -> status("/health") == 200);
    }

    @Test
    public void stoppedSliceTakesItsPathsAlongAndOthersKeepAnswering() throws Exception {
        for (var name : List.of("chat", "screen", "filetransfer", "webacd")) {
            var slice = bundle(name);
            var others = states(name);
            try (var load =
                    new Load(client, uri("/health"), uri("/api/sessions?interaction=x"), uri("/api/platform/me"))) {
                load.awaitAnswers(50);
                assertTrue(serves(name));
                slice.stop();
                await(name + " to be gone", () -> !serves(name));
                load.awaitAnswers(50);
                slice.start();
                await(name + " to be back", () -> serves(name));
                load.awaitAnswers(50);
                assertEquals("", load.faults(List.of(200, 401)));
            }
            assertEquals("no other bundle was touched", others, states(name));
        }
    }

    @Test
    public void uninstalledSliceComesBackByInstallation() throws Exception {
        var slice = bundle("chat");
        var location = slice.getLocation();
        int level = slice.adapt(org.osgi.framework.startlevel.BundleStartLevel.class)
                .getStartLevel();
        var others = states("chat");
        try (var load = new Load(client, uri("/health"), uri("/api/sessions?interaction=x"), uri("/api/platform/me"))) {
            slice.uninstall();
            await("chat to be gone", () -> !serves("chat"));
            load.awaitAnswers(50);
            var again = context.getBundle(0).getBundleContext().installBundle(location);
            again.adapt(org.osgi.framework.startlevel.BundleStartLevel.class).setStartLevel(level);
            again.start();
            await("chat to be back", () -> serves("chat"));
            load.awaitAnswers(50);
            assertEquals("", load.faults(List.of(200, 401)));
        }
        assertEquals("no other bundle was touched", others, states("chat"));
    }

    @Test
    public void BX7_sliceOfAThirdPartyComesAndGoesWithoutTouchingAnotherBundle() throws Exception {
        var others = states("");
        try (var load = new Load(client, uri("/health"), uri("/api/sessions?interaction=x"), uri("/api/platform/me"))) {
            var odd = context.getBundle(0).getBundleContext().installBundle("file:" + System.getProperty(ODD));
            odd.start();
            await("its path", () -> serves("odd-coin"));
            load.awaitAnswers(50);
            odd.uninstall();
            await("its path to be gone", () -> !serves("odd-coin"));
            load.awaitAnswers(50);
            assertEquals("", load.faults(List.of(200, 401)));
        }
        assertEquals("no other bundle was touched", others, states(""));
    }

    @Test
    public void configurationTakesEffectWithoutARestart() throws Exception {
        var before = header("/join", "content-security-policy");
        assertTrue(before, before.contains("frame-ancestors 'none'"));
        var configuration = configurations.getConfiguration("dev.tandem.web", "?");
        var old = configuration.getProperties();
        var changed = old == null ? new Hashtable<String, Object>() : copy(old);
        changed.put("frameAncestors", "https://platform.example");
        configuration.update(changed);
        try {
            await("the new policy", () -> header("/join", "content-security-policy")
                    .contains("frame-ancestors https://platform.example"));
        } finally {
            if (old == null) {
                configuration.delete();
            } else {
                configuration.update(old);
            }
        }
        await("the old policy", () -> header("/join", "content-security-policy").contains("frame-ancestors 'none'"));
    }

    /** With the AWS SDK that its bundle carries, on what this Karaf has: XML, TLS, logging. */
    @Test
    public void filesCanBeKeptInABucket() throws Exception {
        var others = states("");
        var installed = new ArrayList<Bundle>();
        for (var name : List.of("filetransfer", "filetransfer-s3")) {
            var known = Arrays.stream(context.getBundles())
                    .anyMatch(b -> b.getSymbolicName().equals("dev.tandem." + name.replace('-', '.')));
            if (!known) {
                installed.add(context.getBundle(0)
                        .getBundleContext()
                        .installBundle("mvn:dev.tandem/tandem-" + name + "/" + System.getProperty(VERSION)));
            }
        }
        var configuration = configurations.getConfiguration("dev.tandem.filetransfer.s3", "?");
        try {
            for (var bundle : installed) {
                bundle.start();
            }
            try (var there = new FilesInS3(java.nio.file.Path.of(System.getProperty(S3)))) {
                await("a check", () -> checked().contains("No bucket is configured"));
                configuration.update(new Hashtable<>(Map.of(
                        "endpoint",
                        there.endpoint(),
                        "bucket",
                        "files",
                        "accessKey",
                        "x",
                        "secretKey",
                        "y",
                        "partMegabytes",
                        "5")));
                await("the bucket", () -> checked().contains("Files can be kept in S3"));
                var reference = context.getAllServiceReferences(
                                "dev.tandem.filetransfer.FileStore", "(component.name=*S3Store)")[0];
                there.goesThereAndComesBack(context.getService(reference));
                context.ungetService(reference);
            }
        } finally {
            configuration.delete();
            for (var bundle : installed) {
                bundle.uninstall();
            }
        }
        assertEquals("no other bundle was touched", others, states(""));
    }

    /** What the health check says; nothing while there is none. */
    private String checked() {
        try {
            var found = context.getAllServiceReferences("org.apache.felix.hc.api.HealthCheck", "(hc.name=files-s3)");
            if (found == null) {
                return "";
            }
            var check = context.getService(found[0]);
            return check == null
                    ? ""
                    : check.getClass().getMethod("execute").invoke(check).toString();
        } catch (InvalidSyntaxException | ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    public void secretsAreReadableByTheirOwnerOnly() throws Exception {
        var etc = java.nio.file.Path.of(System.getProperty("karaf.etc"));
        for (var name : List.of("tandem.secret", "tandem-sign-ins.txt")) {
            var rights = java.nio.file.Files.getPosixFilePermissions(etc.resolve(name));
            assertEquals(name, "rw-------", java.nio.file.attribute.PosixFilePermissions.toString(rights));
        }
    }

    private Bundle[] ours() {
        return Arrays.stream(context.getBundles())
                .filter(b -> b.getSymbolicName().startsWith("dev.tandem."))
                .toArray(Bundle[]::new);
    }

    private boolean published(String service) {
        try {
            return context.getAllServiceReferences(service, null) != null;
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private Bundle bundle(String name) {
        return Arrays.stream(context.getBundles())
                .filter(b -> b.getSymbolicName().equals("dev.tandem." + name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no bundle " + name + " among " + OURS));
    }

    /** State and last change of every bundle but one. */
    private List<String> states(String butName) {
        return Arrays.stream(context.getBundles())
                .filter(b -> !b.getSymbolicName().equals("dev.tandem." + butName))
                .filter(b -> !b.getSymbolicName().startsWith("PAXEXAM"))
                .map(b -> b.getSymbolicName() + " " + b.getState() + " " + b.getLastModified())
                .sorted()
                .toList();
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + System.getProperty(PORT) + path);
    }

    private HttpResponse<String> answer(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private int status(String path) {
        try {
            return answer(path).statusCode();
        } catch (java.io.UncheckedIOException notYet) {
            return 0;
        }
    }

    /** No slice takes a PUT there: 405 if it is installed, 404 if nobody serves the path. */
    private boolean serves(String slice) {
        var path = Map.of("screen", "screen/x/start", "filetransfer", "filetransfer/x/transfers", "webacd", "webacd/me")
                .getOrDefault(slice, slice + "/x");
        var put = HttpRequest.newBuilder(uri("/api/" + path))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        return send(put).statusCode() == 405;
    }

    private String body(String path) {
        return answer(path).body();
    }

    private String header(String path, String name) {
        return String.join(" ", answer(path).headers().allValues(name));
    }

    private static Hashtable<String, Object> copy(Dictionary<String, Object> old) {
        var table = new Hashtable<String, Object>();
        java.util.Collections.list(old.keys()).forEach(key -> table.put(key, old.get(key)));
        return table;
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        var never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            assertFalse("waited in vain for " + what, System.nanoTime() > end);
            try {
                never.await(30, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    private static String free() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
