package showfloor.dealers.bulkimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import showfloor.dealers.csv.DealerColumn;
import showfloor.dealers.customfields.CustomColumns;
import showfloor.httpapi.Problem;

/// How files of other people are read.
class CsvRowsTest {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  @Test
  void headersAreKnownByTheirUsualNamesInAnyCase() throws IOException {
    List<ImportRow> rows =
        rows("BUSINESS NAME,Postal Code,tel,E-Mail,Street Address,Group\nA,1,2,x@y,4,5\n");
    assertThat(rows.getFirst().values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                DealerColumn.COMPANY_NAME, "A",
                DealerColumn.ZIP, "1",
                DealerColumn.PHONE, "2",
                DealerColumn.EMAIL, "x@y",
                DealerColumn.ADDRESS, "4",
                DealerColumn.BUYING_GROUP, "5"));
  }

  @Test
  void ofTwoColumnsForOneFieldTheBetterNameWinsWhereItIsNotEmpty() throws IOException {
    List<ImportRow> rows = rows("Business Name,Company Name\nOther,Best\nOther, \n");
    assertThat(names(rows)).containsExactly("Best", "Other");
  }

  @Test
  void semicolonAndTabSeparateWhenTheHeaderUsesThem() throws IOException {
    assertThat(names(rows("Company;City\n\"A; Inc\";X\n"))).containsExactly("A; Inc");
    assertThat(names(rows("Company\tCity\nA, Inc\tX\n"))).containsExactly("A, Inc");
    assertThat(names(rows("\"Company\",\"City; Town\"\nA,X\n"))).containsExactly("A");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheHeader() throws IOException {
    assertThat(names(rows("\uFEFFCompany\nA\n"))).containsExactly("A");
  }

  @Test
  void windows1252IsReadFromItsFirstByteOn() throws IOException {
    assertThat(names(rows("Company\nPlain\nCaf\u00e9 \u201cRoyal\u201d\n".getBytes(WINDOWS))))
        .containsExactly("Plain", "Caf\u00e9 \u201cRoyal\u201d");
    assertThat(names(rows("Company\nCaf\u00e9".getBytes(WINDOWS)))).containsExactly("Caf\u00e9");
  }

  @Test
  void encodingsThatChangeWithinTheFileAreRefusedWithTheLine() {
    byte[] first = "Company\nCaf\u00e9\nB\nC\n".getBytes(StandardCharsets.UTF_8);
    byte[] last = "Gr\u00fcn\n".getBytes(WINDOWS);
    byte[] both = new byte[first.length + last.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(last, 0, both, first.length, last.length);
    assertRefused(both, "CSV_ENCODING", "Line 5");
    assertRefused("Company\nA\n".getBytes(StandardCharsets.UTF_16), "CSV_ENCODING", "UTF-16");
  }

  @Test
  void aStrayByteDoesNotTurnTheUtf8BehindItIntoOtherLetters() {
    for (String later :
        List.of("Caf\u00e9", "it\u2019s", "\u0411\u043e\u043b\u0442", "\u5317\u4eac")) {
      for (int gap : new int[] {0, 1, 40_000}) {
        byte[] file = joined("Company\nO\u2019Neil\n".getBytes(WINDOWS), "x\n".repeat(gap), later);
        assertRefused(file, "CSV_ENCODING", "Line " + (3 + gap));
      }
    }
  }

  @Test
  void behindAByteOrderMarkEveryByteIsUtf8() {
    byte[] stray = "O\u2019Neil\n".getBytes(WINDOWS);
    byte[] mark = "\uFEFFCompany\n".getBytes(StandardCharsets.UTF_8);
    byte[] file = Arrays.copyOf(mark, mark.length + stray.length);
    System.arraycopy(stray, 0, file, mark.length, stray.length);
    assertRefused(file, "CSV_ENCODING", "Line 2");
  }

  @Test
  void windows1252ThatLooksABitLikeUtf8IsReadAllTheSame() throws IOException {
    String[] names = {
      "Caf\u00e9",
      "NESTL\u00c9\u00ae",
      "ANDR\u00c9\u2019S",
      "VOIL\u00c0\u00a0\u00bb",
      "\u00e0\u00a0\u00abB"
    };
    String file = "Company\n" + String.join("\n", names);
    assertThat(names(rows(file.getBytes(WINDOWS)))).containsExactly(names);
  }

  @Test
  void anAddressIsMeasuredAsItIsKept() throws IOException {
    List<ImportRow> rows =
        rows("Company,Email\nA,%s@example.com\n".formatted("\u0130".repeat(200)));
    assertThat(rows).extracting(ImportRowsCode::of).containsExactly("TOO_LONG");
  }

  @Test
  void blankLinesBeforeTheHeaderChangeNothing() throws IOException {
    for (String separator : List.of(",", ";", "\t")) {
      String file = "\r\n \r\nXX\r\nCompany;City;Zip, Code\r\nA;X\r\n".replace("XX", ";;");
      List<ImportRow> rows = rows(file.replace(";", separator));
      assertThat(names(rows)).as("'%s'", separator).containsExactly("A");
      assertThat(rows.getFirst().line()).isEqualTo(5);
    }
  }

  @Test
  void lettersAcrossTheBordersOfBuffersStayWhole() throws IOException {
    for (int shift = 0; shift < 4; shift++) {
      String name = "x".repeat(shift) + "\uD83D\uDE00\u00e9".repeat(20);
      String file =
          "Company\n"
              + IntStream.range(0, 3_000).mapToObj(i -> name).collect(Collectors.joining("\n"));
      assertThat(names(rows(file))).hasSize(3_000).containsOnly(name);
    }
  }

  @Test
  void blankLinesAreNoRowsAndLinesKeepTheirNumbers() throws IOException {
    List<ImportRow> rows = rows("Company,City\r\n\r\nA,\"two\r\nlines\"\r\n,,\r\n \t,\r\nB,X\r\n");
    assertThat(rows).extracting(ImportRow::line).containsExactly(3, 7);
    assertThat(rows.getFirst().values()).containsEntry(DealerColumn.CITY, "two\r\nlines");
  }

  @Test
  void shortRowsAreFineAndLongOnesFailAlone() throws IOException {
    List<ImportRow> rows = rows("Company,City,Zip\nA\nB,X,1,,\nC, Inc,X,1\nD,Y,2\n");
    assertThat(rows).extracting(ImportRowsCode::of).containsExactly("", "", "TOO_MANY", "");
  }

  @Test
  void lettersBehindAClosingQuoteSpoilNothing() throws IOException {
    assertThat(rows("Company,City\n\"Acme\" Inc,X\nB,Y\n")).hasSize(2);
  }

  @Test
  void aFaultyCellFailsItsRowWithAReason() throws IOException {
    List<ImportRow> rows =
        rows(
            "Company,Email,Rating,Created At\n"
                + ",a@b,,\n"
                + "A,nobody,,\n"
                + "A,,6,\n"
                + "A,,,yesterday\n"
                + "A\u0000,,,\n"
                + "%s,,,\n".formatted("x".repeat(201))
                + "A,A@B.example,5,2026-11-23\n");
    assertThat(rows)
        .extracting(ImportRowsCode::of)
        .containsExactly(
            "REQUIRED",
            "INVALID_EMAIL",
            "OUT_OF_RANGE",
            "INVALID_INSTANT",
            "INVALID_TEXT",
            "TOO_LONG",
            "");
    assertThat(rows.getLast().values())
        .containsEntry(DealerColumn.EMAIL, "a@b.example")
        .containsEntry(DealerColumn.CREATED_AT, "2026-11-23T00:00:00Z");
  }

  @Test
  void whatNobodyCouldReadIsRefusedWithAName() {
    assertRefused("", "CSV_EMPTY", "empty");
    assertRefused("\n\n", "CSV_EMPTY", "empty");
    assertRefused("City,Phone\nX,1\n", "CSV_HEADER", "Company Name");
    assertRefused("Company,City\nA,X\nB,\"open\nC,Y\n", "CSV_SYNTAX", "after line 2");
    assertRefused("Company\nA\n" + "x".repeat(100_001) + "\n", "CSV_SYNTAX", "after line 2");
    assertRefused("Company" + ",x".repeat(600) + "\nA\n", "CSV_SYNTAX", "500 columns");
    assertRefused("Company\n\"" + "x\n".repeat(3_000_000), "CSV_SYNTAX", "after line 1");
  }

  @Test
  void rowsBeyondTheLimitAreRefused() {
    String file = "Company\n" + "A\n".repeat(200_001);
    assertRefused(file, "CSV_TOO_MANY_ROWS", "200000 rows");
  }

  @Test
  void unknownColumnsAreNamed() throws IOException {
    CsvRows rows =
        CsvRows.read(bytes("Company,Licensed For,,Since\nA,x,y,z\n"), CustomColumns.NONE);
    assertThat(rows.ignoredColumns()).containsExactly("Licensed For", "Since");
    assertThat(rows.next().values()).containsOnlyKeys(DealerColumn.COMPANY_NAME);
  }

  /// The code of a row's fault, empty for none.
  private static final class ImportRowsCode {
    static String of(ImportRow row) {
      return row.fault() == null ? "" : row.fault().code();
    }
  }

  private static void assertRefused(String file, String code, String words) {
    assertRefused(file.getBytes(StandardCharsets.UTF_8), code, words);
  }

  private static void assertRefused(byte[] file, String code, String words) {
    assertThatThrownBy(() -> rows(file))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(code);
              assertThat(problem.detail()).contains(words);
            });
  }

  private static List<String> names(List<ImportRow> rows) {
    return rows.stream().map(row -> row.values().get(DealerColumn.COMPANY_NAME)).toList();
  }

  private static List<ImportRow> rows(String file) throws IOException {
    return rows(file.getBytes(StandardCharsets.UTF_8));
  }

  private static List<ImportRow> rows(byte[] file) throws IOException {
    List<ImportRow> rows = new ArrayList<>();
    CsvRows.read(new ByteArrayInputStream(file), CustomColumns.NONE).forEachRemaining(rows::add);
    return rows;
  }

  private static ByteArrayInputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] joined(byte[] first, String... others) {
    byte[] rest = String.join("", others).getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(first, first.length + rest.length);
    System.arraycopy(rest, 0, all, first.length, rest.length);
    return all;
  }
}
