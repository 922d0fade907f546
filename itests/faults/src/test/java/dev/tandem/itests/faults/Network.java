package dev.tandem.itests.faults;

import java.util.List;

/**
 * A node's place in the network: a namespace of its own with two cables, one to the database and one to the clients. A
 * cable that is pulled swallows what is sent; nobody is told.
 */
final class Network implements AutoCloseable {
    private final String namespace;
    private final String databaseLink;
    private final String clientLink;
    private final String databases;
    private final String clients;

    private Network(String namespace, String databases, String clients) {
        this.namespace = namespace;
        this.databaseLink = namespace + "d";
        this.clientLink = namespace + "c";
        this.databases = databases;
        this.clients = clients;
    }

    /**
     * @param node a letter
     * @param net the first two numbers of addresses that nobody uses
     * @param third the third number of the first of two small nets
     */
    static Network make(String node, String net, int third) {
        var namespace = "tf" + Long.toString(ProcessHandle.current().pid(), 36) + node;
        var made = new Network(namespace, net + "." + third + ".", net + "." + (third + 1) + ".");
        Runtime.getRuntime().addShutdownHook(new Thread(made::close));
        Commands.run("ip", "netns", "add", namespace);
        Commands.run("ip", "-n", namespace, "link", "set", "lo", "up");
        made.cable(made.databaseLink, "db", made.databases);
        made.cable(made.clientLink, "cl", made.clients);
        return made;
    }

    private void cable(String here, String there, String net) {
        Commands.run("ip", "link", "add", here, "type", "veth", "peer", "name", there, "netns", namespace);
        Commands.run("ip", "addr", "add", net + "1/30", "dev", here);
        Commands.run("ip", "link", "set", here, "up");
        Commands.run("ip", "-n", namespace, "addr", "add", net + "2/30", "dev", there);
        Commands.run("ip", "-n", namespace, "link", "set", there, "up");
    }

    /** What starts a program in it. */
    List<String> within() {
        return List.of("ip", "netns", "exec", namespace);
    }

    /** Where the node finds the database. */
    String database() {
        return databases + "1";
    }

    /** Where clients find the node. */
    String node() {
        return clients + "2";
    }

    void cutFromDatabase() {
        Commands.run("ip", "link", "set", databaseLink, "down");
    }

    void cutFromClients() {
        Commands.run("ip", "link", "set", clientLink, "down");
    }

    void heal() {
        Commands.run("ip", "link", "set", databaseLink, "up");
        Commands.run("ip", "link", "set", clientLink, "up");
    }

    @Override
    public void close() {
        Commands.works("ip", "link", "del", databaseLink);
        Commands.works("ip", "link", "del", clientLink);
        Commands.works("ip", "netns", "del", namespace);
    }
}
