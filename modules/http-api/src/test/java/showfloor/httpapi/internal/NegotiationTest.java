package showfloor.httpapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What headers of clients and proxies are taken to mean.
class NegotiationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | true",
        "GZIP | true",
        "x-gzip | true",
        "br, gzip | true",
        "gzip;q=0.001 | true",
        "* | true",
        "*;q=0.5 | true",
        "gzip;q=1.0, identity;q=0.5 | true",
        "gzip;q=0 | false",
        "br | false",
        "identity | false",
        "*;q=0 | false",
        "gzip;q=0, * | false",
        "gzip;q=0.2, identity;q=0.8 | false",
        "gzip;q=x | false",
        "gzip;q=2 | false",
        ", ,; | false"
      })
  void gzipIsSentToThoseWhoWouldRatherHaveIt(String header, boolean accepted) {
    assertThat(Gzip.accepted(header)).isEqualTo(accepted);
  }

  private static String client(List<String> trusted, String peer, String... forwarded) {
    return new TrustedProxies(trusted).client(new InetSocketAddress(peer, 1), List.of(forwarded));
  }

  @Test
  void onlyTrustedPeersSpeakForOthers() {
    assertThat(client(List.of(), "192.0.2.1", "203.0.113.5")).isEqualTo("192.0.2.1");
    assertThat(client(List.of("192.0.2.0/24"), "192.0.2.1", "203.0.113.5"))
        .isEqualTo("203.0.113.5");
    assertThat(client(List.of("192.0.2.0/24"), "192.0.3.1", "203.0.113.5")).isEqualTo("192.0.3.1");
    assertThat(client(List.of("192.0.2.1"), "192.0.2.1", "6.6.6.6", "203.0.113.5, 192.0.2.1"))
        .isEqualTo("203.0.113.5");
    assertThat(client(List.of("2001:db8::/32"), "2001:db8::1", "2001:db9::2"))
        .isEqualTo("2001:db9:0:0:0:0:0:2");
    assertThat(client(List.of("192.0.2.1"), "192.0.2.1", "nonsense")).isEqualTo("192.0.2.1");
  }
}
