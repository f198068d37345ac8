package showfloor.stripe;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Parameters as Stripe reads them: `metadata[companyId]=…`, as a form or a query. Not thread-safe.
final class Form {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private final StringBuilder encoded = new StringBuilder();

  Form with(String name, String value) {
    encoded.append(encoded.isEmpty() ? "" : "&");
    encoded.append(encode(name)).append('=').append(encode(value));
    return this;
  }

  @Override
  public String toString() {
    return encoded.toString();
  }

  private static String encode(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (UNRESERVED.indexOf(b) >= 0) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX.toHexDigits(b));
      }
    }
    return out.toString();
  }
}
