package showfloor.dealers.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Text;

/// What is read from badges and cards, and that nothing on one breaks the reader.
class CardTest {

  @Test
  void aVcardOfVersion3() {
    String text =
        """
        BEGIN:VCARD\r
        VERSION:3.0\r
        N:Ruiz;Ana;Maria;Dr.;\r
        FN:Ana Ruiz\r
        ORG:Lumina Lighting\\, LLC;Sales\r
        TITLE:Buyer\r
        item1.TEL;TYPE=WORK,FAX:+1 555 010 9999\r
        TEL;TYPE=WORK,VOICE:+1 (555) 010-4477\r
        EMAIL;TYPE=INTERNET:Ana@Lumina.example\r
        ADR;TYPE=WORK:;Suite 4;12 Congress\r
          Ave;Austin;TX;78701;USA\r
        URL:https://lumina.example\r
        PHOTO;ENCODING=b;TYPE=JPEG:TEL\r
        END:VCARD\r
        FN:Somebody Else\r
        """;
    assertThat(read(text))
        .isEqualTo(
            "companyName=Lumina Lighting, LLC; contactName=Ana Ruiz; email=ana@lumina.example;"
                + " phone=+1 (555) 010-4477; city=Austin; state=TX; zip=78701; country=USA;"
                + " address=12 Congress Ave, Suite 4; title=Buyer; website=https://lumina.example");
    assertThat(Card.read(text).phones()).containsExactly("5550104477");
    assertThat(Card.read(text).format()).isEqualTo(Card.Format.VCARD);
  }

  @Test
  void aVcardOfVersion21InQuotedPrintable() {
    String text =
        """
        begin:vcard
        VERSION:2.1
        N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg
        ORG;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Caf=E9 =
        Stra=DFe
        TEL;CELL:5550104477
        END:VCARD
        """;
    assertThat(read(text))
        .isEqualTo(
            "companyName=Caf\u00e9 Stra\u00dfe; contactName=J\u00f6rg M\u00fcller; phone=5550104477");
  }

  @Test
  void aVcardOfVersion4WithAddressesAsUris() {
    String text =
        """
        BEGIN:VCARD
        VERSION:4.0
        FN:Ana Ruiz
        TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+1-555-010-4477;ext=5
        EMAIL:mailto:ana@lumina.example
        END:VCARD
        """;
    assertThat(read(text))
        .isEqualTo("contactName=Ana Ruiz; email=ana@lumina.example; phone=+1-555-010-4477");
  }

  @Test
  void aMecard() {
    String text =
        "MECARD:N:Ruiz,Ana;ORG:Lumina\\; Co;TEL:+15550104477;EMAIL:ana@lumina.example;"
            + "ADR:,,12 Congress Ave,Austin,TX,78701,USA;NOTE:x;;";
    assertThat(read(text))
        .isEqualTo(
            "companyName=Lumina; Co; contactName=Ana Ruiz; email=ana@lumina.example;"
                + " phone=+15550104477; city=Austin; state=TX; zip=78701; country=USA;"
                + " address=12 Congress Ave");
  }

  @Test
  void theLinesOfABusinessCard() {
    String text =
        """
        LUMINA LIGHTING LLC
        Ana Ruiz
        Purchasing Manager
        12 Congress Ave, Suite 4
        Austin, TX 78701-1234
        Tel: (555) 010-4477
        Fax: (555) 010-9999
        Email: Ana@Lumina.example
        www.lumina.example
        """;
    assertThat(read(text))
        .isEqualTo(
            "companyName=LUMINA LIGHTING LLC; contactName=Ana Ruiz; email=ana@lumina.example;"
                + " phone=(555) 010-4477; city=Austin; state=TX; zip=78701-1234;"
                + " address=12 Congress Ave, Suite 4; title=Purchasing Manager;"
                + " website=www.lumina.example");
  }

  @Test
  void theFieldsOfABadge() {
    assertThat(read("100234|Ana Ruiz|Lumina|ana@lumina.example"))
        .isEqualTo("companyName=Lumina; contactName=Ana Ruiz; email=ana@lumina.example");
    assertThat(read("Bolt & Sons")).isEqualTo("companyName=Bolt & Sons");
    assertThat(Card.read("One Name\nTwo Name\nThree").names())
        .containsExactly("Two Name", "One Name", "Three");
  }

  @Property
  void whateverIsOnACardWhatIsReadFitsADealer(@ForAll("cards") String text) {
    Card card = Card.read(text);
    for (Map.Entry<CardField, String> field : card.fields().entrySet()) {
      assertThat(field.getValue()).isNotBlank();
      assertThat(Text.storable(field.getValue())).isTrue();
      assertThat(Text.longerThan(field.getValue(), field.getKey().max())).isFalse();
      assertThat(field.getValue().strip()).isEqualTo(field.getValue());
    }
    assertThat(card.emails()).allMatch(Text::emailShaped).hasSizeLessThanOrEqualTo(5);
    assertThat(card.phones()).allMatch(phone -> phone.matches("[0-9]{7,10}"));
    assertThat(card.names()).hasSizeLessThanOrEqualTo(4);
  }

  /// Pieces of real cards and any signs, in any order.
  @Provide
  Arbitrary<String> cards() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "BEGIN:VCARD\n",
            "MECARD:",
            "N:",
            ";",
            "ENCODING=QUOTED-PRINTABLE:",
            "=00=D8=\n",
            "=C3",
            "TEL;TYPE=\"",
            "tel:",
            "ADR:",
            "EMAIL:a@b",
            "\\",
            "\r\n",
            "+1 (555) 010-4477",
            "Austin, TX 78701",
            "Ana Ruiz",
            "\ud83d",
            " ",
            "9999999999999999",
            "www.");
    Arbitrary<String> any = Arbitraries.strings().ofMaxLength(40);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(3, pieces), net.jqwik.api.Tuple.of(1, any))
        .list()
        .ofMaxSize(40)
        .map(list -> String.join("", list));
  }

  @Test
  void theLongestTextsAreReadInNoTime() {
    int most = Limits.NOTE.value();
    for (String text :
        new String[] {
          "1".repeat(most),
          "1 ".repeat(most / 2),
          "A ".repeat(most / 2),
          "a@".repeat(most / 2),
          "BEGIN:VCARD\n" + " ".repeat(most),
          "BEGIN:VCARD\nN" + ";".repeat(most),
          "MECARD:N:" + "\\".repeat(most),
          "st ave ".repeat(most / 7)
        }) {
      long start = System.nanoTime();
      Card.read(text);
      assertThat((System.nanoTime() - start) / 1_000_000)
          .as(text.substring(0, 14))
          .isLessThan(1_000);
    }
  }

  private static String read(String text) {
    return Card.read(text).fields().entrySet().stream()
        .map(field -> field.getKey().member() + "=" + field.getValue())
        .collect(Collectors.joining("; "));
  }
}
