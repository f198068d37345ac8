package showfloor.httpapi.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  @Test
  void tellsIpv4AddressesApart() {
    assertThat(Network.of("192.0.2.1")).isNotEqualTo(Network.of("192.0.2.2"));
    assertThat(Network.of("::ffff:192.0.2.1")).isEqualTo(Network.of("192.0.2.1"));
  }

  @Test
  void takesTheAddressesOfOneIpv6PrefixForOneNetwork() {
    assertThat(Network.of("2001:db8:0:1::1")).isEqualTo(Network.of("2001:db8:0:1:ffff::9"));
    assertThat(Network.of("2001:db8:0:1::1")).isNotEqualTo(Network.of("2001:db8:0:2::1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "evil\nlog line", "1.2.3.4.5", "::1%eth0; drop"})
  void countsWhatIsNoAddressAsOneNetwork(String address) {
    assertThat(Network.of(address).name()).isEqualTo("unknown");
  }
}
