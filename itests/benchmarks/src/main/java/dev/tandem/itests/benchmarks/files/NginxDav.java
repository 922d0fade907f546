package dev.tandem.itests.benchmarks.files;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import dev.tandem.itests.harness.Folders;
import dev.tandem.itests.harness.Ports;

/** The machine's nginx with its WebDAV module: a PUT goes into a file beside and is renamed. It syncs nothing. */
final class NginxDav implements FileServer {
    private final Path folder;
    private final URI base;
    private final AtomicLong numbers = new AtomicLong();
    private Process process;

    private NginxDav(Path folder, URI base) throws IOException {
        this.folder = folder;
        this.base = base;
        start();
    }

    static NginxDav start(Path folder) throws IOException {
        Folders.delete(folder);
        Files.createDirectories(folder.resolve("data"));
        var port = Ports.free(1).get(0);
        Files.writeString(
                folder.resolve("nginx.conf"),
                """
                user %1$s;
                daemon off;
                worker_processes auto;
                pid %2$s/nginx.pid;
                error_log %2$s/error.log;
                events { worker_connections 1024; }
                http {
                  access_log off;
                  sendfile on;
                  client_body_temp_path %2$s/body;
                  proxy_temp_path %2$s/proxy;
                  fastcgi_temp_path %2$s/fastcgi;
                  uwsgi_temp_path %2$s/uwsgi;
                  scgi_temp_path %2$s/scgi;
                  server {
                    listen 127.0.0.1:%3$d;
                    root %2$s/data;
                    client_max_body_size 0;
                    dav_methods PUT DELETE;
                  }
                }
                """
                        .formatted(System.getProperty("user.name"), folder, port));
        return new NginxDav(folder, URI.create("http://127.0.0.1:" + port));
    }

    private void start() throws IOException {
        var program = Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx")
                .filter(name -> Files.isExecutable(Path.of(name)))
                .findFirst()
                .orElseThrow(() -> new IOException("no nginx here"));
        process = new ProcessBuilder(
                        program,
                        "-p",
                        folder + "/",
                        "-c",
                        folder.resolve("nginx.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        Http.awaitDoor(base, process);
    }

    @Override
    public String name() {
        return "nginx (WebDAV)";
    }

    @Override
    public String promises() {
        return "nothing";
    }

    @Override
    public Request place(long size) {
        return new Request("PUT", base.resolve("/f" + numbers.incrementAndGet()), Map.of());
    }

    @Override
    public Optional<Tus> tus() {
        return Optional.empty();
    }

    @Override
    public Request fetch(URI uploaded) {
        return new Request("GET", uploaded, Map.of());
    }

    @Override
    public long offset(URI upload) {
        return 0;
    }

    @Override
    public void forget(URI uploaded) throws IOException {
        Http.send("DELETE", uploaded, Map.of());
    }

    @Override
    public List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    @Override
    public void killAndStart() throws IOException {
        close();
        start();
    }

    @Override
    public void close() {
        processes().forEach(ProcessHandle::destroyForcibly);
        processes().forEach(one -> one.onExit().join());
    }
}
