package showfloor.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Two network namespaces of the kernel: one for a client, one for a router between it and this
/// machine. A router that stops forwarding says nothing to either side: a silent partition. A
/// second way, past the router, leads to the client, for those who ask it how it is.
///
/// Needs root, or the capabilities to make namespaces.
final class RoutedNetwork implements AutoCloseable {
  private final String id = "%05x".formatted(ThreadLocalRandom.current().nextInt(1 << 20));
  private final int net = ThreadLocalRandom.current().nextInt(1, 250);
  private final String router = "proof-router-" + id;
  private final String client = "proof-client-" + id;

  private RoutedNetwork() {}

  /// Makes it; an `IOException` says why this machine does not let us.
  static RoutedNetwork make() throws IOException {
    RoutedNetwork network = new RoutedNetwork();
    try {
      network.build();
      return network;
    } catch (IOException e) {
      network.close();
      throw e;
    }
  }

  private void build() throws IOException {
    ip("netns", "add", router);
    ip("netns", "add", client);
    // here <-> router <-> client, and here <-> client
    cable("pr" + id, "", here(), "pq" + id, router, address(1, 2));
    cable("ps" + id, router, address(2, 2), "pc" + id, client, address(2, 1));
    cable("pm" + id, "", address(3, 1), "pn" + id, client, direct());
    inside(client, "link", "set", "lo", "up");
    ip("route", "add", address(2, 0) + "/24", "via", address(1, 2));
    inside(client, "route", "add", address(1, 0) + "/24", "via", address(2, 2));
    heal();
  }

  private void cable(String one, String in, String address, String two, String there, String other)
      throws IOException {
    ip("link", "add", one, "type", "veth", "peer", "name", two);
    ip("link", "set", two, "netns", there);
    if (!in.isEmpty()) {
      ip("link", "set", one, "netns", in);
    }
    inside(in, "addr", "add", address + "/24", "dev", one);
    inside(in, "link", "set", one, "up");
    inside(there, "addr", "add", other + "/24", "dev", two);
    inside(there, "link", "set", two, "up");
  }

  private String address(int subnet, int host) {
    return "10.%d.%d.%d".formatted(net, subnet, host);
  }

  /// This machine, as the client reaches it through the router.
  String here() {
    return address(1, 1);
  }

  /// The network in which [#here] lies, for an access list.
  String clients() {
    return "10.%d.0.0/16".formatted(net);
  }

  /// The client, past the router.
  String direct() {
    return address(3, 2);
  }

  /// The command that runs another one as the client.
  List<String> asClient() {
    return List.of("ip", "netns", "exec", client);
  }

  /// From now on nothing passes, and nobody is told.
  void cut() throws IOException {
    forward("0");
  }

  void heal() throws IOException {
    forward("1");
  }

  private void forward(String value) throws IOException {
    run(
        List.of(
            "ip",
            "netns",
            "exec",
            router,
            "sh",
            "-c",
            "echo " + value + " >/proc/sys/net/ipv4/ip_forward"));
  }

  private static void inside(String namespace, String... arguments) throws IOException {
    List<String> all = new ArrayList<>();
    if (!namespace.isEmpty()) {
      all.addAll(List.of("-n", namespace));
    }
    all.addAll(List.of(arguments));
    ip(all.toArray(String[]::new));
  }

  private static void ip(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    run(command);
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("%s: %s".formatted(String.join(" ", command), output));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /// Takes it away; the cables go with their namespaces.
  @Override
  public void close() {
    for (String namespace : List.of(router, client)) {
      try {
        ip("netns", "del", namespace);
      } catch (IOException never) {
        assert never != null;
      }
    }
  }
}
