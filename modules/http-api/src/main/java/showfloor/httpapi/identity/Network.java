package showfloor.httpapi.identity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Where a client comes from, as far as its tries are counted: an IPv4 address, or the 64-bit
/// prefix of an IPv6 address, of which one customer commonly has a whole network.
///
/// @param name fit for a log
public record Network(String name) {
  private static final int PREFIX_BYTES = 8;

  /// Takes the literal `address`; what is no literal counts as one network of its own.
  public static Network of(String address) {
    try {
      return switch (InetAddress.ofLiteral(address)) {
        case Inet6Address six ->
            new Network(
                HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(six.getAddress(), PREFIX_BYTES))
                    + "/64");
        case InetAddress four -> new Network(four.getHostAddress());
      };
    } catch (IllegalArgumentException e) {
      return new Network("unknown");
    }
  }
}
