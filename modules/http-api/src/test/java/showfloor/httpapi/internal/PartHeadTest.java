package showfloor.httpapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients write of their files, and what is understood.
class PartHeadTest {
  private static Optional<PartHead> head(String parameters) {
    return PartHead.of("\r\nContent-Disposition: form-data" + parameters);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "; name=\"photo\"; filename=\"a b.jpg\" | a b.jpg",
        "; name=photo; filename=a.jpg | a.jpg",
        ";NAME = photo ;FileName = a.jpg; | a.jpg",
        "; filename=\"a;b=c\"; name=\"photo\" | a;b=c",
        "; name=photo; filename=\"Bäcker 1.jpg\" | Bäcker 1.jpg",
        "; name=photo; filename=\"名刺 🃏.jpg\" | 名刺 🃏.jpg",
        "; name=photo; filename=\"say %22cheese%22 100%.jpg\" | say \"cheese\" 100%.jpg",
        "; name=photo; filename=\"a%20b%2.jpg\" | a%20b%2.jpg",
        "; name=photo; filename=\"a \\\"b\\\" \\\\ c.jpg\" | a \"b\" \\ c.jpg",
        "; name=photo; filename=\"C:\\cards\\a.jpg\" | C:\\cards\\a.jpg",
        "; name=photo; filename=\"a.jpg\"; filename*=UTF-8''B%C3%A4cker%201.jpg | Bäcker 1.jpg",
        "; name=photo; filename*=utf-8'de'b.jpg; filename=a.jpg | b.jpg",
        "; name=photo; filename=a.jpg; filename*=UTF-8''%C3 | a.jpg",
        "; name=photo; filename=a.jpg; filename*=UTF-8''%zz | a.jpg",
        "; name=photo; filename=a.jpg; filename*=UTF-8'b | a.jpg",
        "; name=photo; filename=a.jpg; filename*=ISO-8859-1''%E4 | a.jpg",
        "; name=photo; filename=a.jpg; filename*= | a.jpg"
      })
  void aFileHasTheNameThatItsSenderMeant(String parameters, String fileName) {
    assertThat(head(parameters)).hasValue(new PartHead("photo", Optional.of(fileName)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"; name=photo", "; name=photo; filename=\"\"", "; name=photo; filename="})
  void aFileNeedsNoName(String parameters) {
    assertThat(head(parameters)).hasValue(new PartHead("photo", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "; ",
        "; filename=a.jpg",
        "; name",
        "; =photo",
        "; name=\"photo",
        "; name=\"photo\\\"",
        "; name=\"photo\"x",
        "; name=photo; name=other",
        "; name=photo; filename=a; filename=b"
      })
  void aPartThatIsNotNamedOnceIsNone(String parameters) {
    assertThat(head(parameters)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\nContent-Type: text/plain\r\ncontent-disposition:FORM-DATA ;name=a",
        "\r\nContent-Disposition: form-data;\r\n name=a",
        "\r\nContent-Disposition: form-data;\r\n\t  name=\"a\"\r\nno field"
      })
  void fieldsComeInAnyOrderCaseAndFold(String fields) {
    assertThat(PartHead.of(fields)).hasValue(new PartHead("a", Optional.empty()));
  }
}
