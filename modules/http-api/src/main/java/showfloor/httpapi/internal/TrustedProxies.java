package showfloor.httpapi.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which peers may say for whom they speak.
public final class TrustedProxies {
  private final List<Network> networks = new ArrayList<>();

  /// From addresses and networks in CIDR notation. What is neither is an
  /// `IllegalArgumentException`.
  public TrustedProxies(List<String> entries) {
    for (String entry : entries) {
      networks.add(Network.parse(entry.strip()));
    }
  }

  /// Whether this peer is one of them.
  boolean trusts(SocketAddress peer) {
    return !networks.isEmpty()
        && peer instanceof InetSocketAddress inet
        && trusts(inet.getAddress());
  }

  /// The client's address: the peer's, or, where the peer is trusted, the last address in
  /// `X-Forwarded-For` that is not trusted itself. Only trusted peers append to what they forward,
  /// so what stands further left may be a lie.
  String client(SocketAddress peer, List<String> forwardedFor) {
    if (!(peer instanceof InetSocketAddress inet)) {
      return "unknown";
    }
    InetAddress client = inet.getAddress();
    if (!trusts(client)) {
      return client.getHostAddress();
    }
    List<String> hops = new ArrayList<>();
    for (String line : forwardedFor) {
      hops.addAll(List.of(line.split(",", -1)));
    }
    for (int i = hops.size() - 1; i >= 0 && trusts(client); i--) {
      InetAddress hop = literal(withoutPort(hops.get(i).strip()));
      if (hop == null) {
        break;
      }
      client = hop;
    }
    return client.getHostAddress();
  }

  private boolean trusts(InetAddress address) {
    for (Network network : networks) {
      if (network.holds(address.getAddress())) {
        return true;
      }
    }
    return false;
  }

  /// Some proxies write `1.2.3.4:5678`, `[::1]:80` or quotes.
  private static String withoutPort(String hop) {
    String text = hop.length() > 1 && hop.startsWith("\"") ? hop.substring(1) : hop;
    text = text.endsWith("\"") ? text.substring(0, text.length() - 1) : text;
    int colon = text.indexOf(':');
    if (text.startsWith("[") && text.indexOf(']') > 0) {
      return text.substring(1, text.indexOf(']'));
    }
    return colon > 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
  }

  private static @Nullable InetAddress literal(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static final class Network {
    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
      this.address = address;
      this.bits = bits;
    }

    private static Network parse(String text) {
      int slash = text.indexOf('/');
      byte[] address =
          InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
      int all = address.length * 8;
      int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > all) {
        throw new IllegalArgumentException("no network: " + text);
      }
      return new Network(address, bits);
    }

    private boolean holds(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit & 7);
        if ((address[bit >> 3] & mask) != (other[bit >> 3] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
