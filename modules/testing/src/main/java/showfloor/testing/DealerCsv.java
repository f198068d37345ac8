package showfloor.testing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// Large files of dealers that do not exist: the same rows for the same seed, on every machine.
///
/// Names are of many words and spellings, as in real lists; each row differs from all others in its
/// number, so that none is a duplicate unless asked for.
public final class DealerCsv {
  private static final String HEADER =
      "Company Name,Contact Name,Email,Phone,City,State,Zip,Country,Address,Buying Group,Status\n";
  private static final String[] STEMS =
      ("Al Bar Cor Del Ell Fir Gra Hol Ing Jor Kel Lan Mor Nor Ost Pel Quin Ros Sil Tor Ulm Ver Wes"
              + " Yor Zan Bren Clay Dray Fenn Gar")
          .split(" ");
  private static final String[] ENDINGS =
      "ton field worth son man berg ville ford ham wick dale mere stone wood land".split(" ");
  private static final String[] TRADES =
      ("Furniture Hardware Lighting Motors Marine Garden Sports Optics Music Tiles Paint Tools"
              + " Bakery Bikes Toys Audio Glass Fashion Jewelry Pets")
          .split(" ");
  private static final String[] FORMS = "LLC,Inc,& Sons,Co,Group,Ltd,Brothers,Supply".split(",");
  private static final String[] FIRST =
      "Ann Bob Cleo Dan Eva Finn Gina Hugo Ida Jon Kim Lea Max Nina Otto Pia Rob Sue Tom Uma"
          .split(" ");

  private final Random random;

  private DealerCsv(long seed) {
    this.random = new Random(seed);
  }

  /// Writes a file, as the build does for the README's tour: its path, then the number of rows.
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    if (Files.notExists(file)) {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        write(out, Integer.parseInt(arguments[1]), 1);
      }
    }
  }

  /// Writes a header and `rows` rows in UTF-8.
  public static void write(OutputStream out, int rows, long seed) {
    DealerCsv csv = new DealerCsv(seed);
    try {
      out.write(HEADER.getBytes(StandardCharsets.UTF_8));
      for (int row = 1; row <= rows; row++) {
        out.write(csv.row(row).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String row(int number) {
    String last = name();
    String first = pick(FIRST);
    String company = "%s %s %s".formatted(name(), pick(TRADES), pick(FORMS));
    return "\"%s\",%s %s,%s.%s%d@example.com,+1 555 %03d %04d,%sville,%s,%05d,USA,\"%d %s St\",%s,%s\n"
        .formatted(
            company,
            first,
            last,
            first.toLowerCase(java.util.Locale.ROOT),
            last.toLowerCase(java.util.Locale.ROOT),
            number,
            number / 10_000 % 1_000,
            number % 10_000,
            name(),
            "AR",
            random.nextInt(100_000),
            1 + random.nextInt(9_999),
            name(),
            "Group " + random.nextInt(12),
            random.nextInt(3) == 0 ? "Active" : "Prospect");
  }

  private String name() {
    return pick(STEMS) + pick(ENDINGS);
  }

  private String pick(String[] words) {
    return words[random.nextInt(words.length)];
  }
}
