package showfloor.httpapi;

import java.util.Locale;

/// Every limit of the API, in one table. The API description quotes it as `${limit.json-body}`.
public enum Limits {
  /// Bytes of a JSON body.
  JSON_BODY(1 << 20),
  /// Bytes of a JSON body that anyone may send.
  PUBLIC_BODY(64 << 10),
  /// Bytes of a bulk JSON body.
  BULK_BODY(8 << 20),
  /// Names, values and brackets of a JSON body: a tree is many times larger than its text.
  JSON_TOKENS(20_000),
  PUBLIC_TOKENS(1_000),
  /// Enough for the rows of a bulk import with all their members.
  BULK_TOKENS(600_000),
  /// Bytes of an event that a payment provider sends.
  WEBHOOK_BODY(256 << 10),
  /// Bytes of a CSV.
  IMPORT_BODY(128 << 20),
  /// Bytes of an archive that is restored: more than a company's files come to.
  ARCHIVE_BODY(64L << 30),
  /// Bytes of a row in an archive.
  ARCHIVE_ROW(1 << 20),
  /// Rows of one import.
  IMPORT_ROWS(200_000),
  /// Rows of one bulk import in JSON.
  BULK_ROWS(20_000),
  /// Rows which an import's report lists.
  IMPORT_REPORT(1_000),
  /// Failed rows of an import that are kept to be mended, and their bytes.
  IMPORT_REJECTED(20_000),
  IMPORT_REJECTED_BYTES(4 << 20),
  /// Dealers that one request links to a show, or unlinks.
  BULK_LINKS(1_000),
  /// Fields that a company adds to its dealers.
  CUSTOM_FIELDS(50),
  /// Options of one such field.
  CUSTOM_OPTIONS(100),
  /// Rows of a page.
  PAGE_MAX(200),
  PAGE_DEFAULT(50),
  /// Characters: a person's, company's or group's name.
  NAME(200),
  EMAIL(254),
  PHONE(50),
  /// City, state, country, status.
  WORD(100),
  ZIP(20),
  ADDRESS(500),
  NOTE(10_000),
  /// Less than a note: a list of thousands holds each of them.
  DESCRIPTION(2_000),
  SEARCH(200),
  /// Users of one company.
  USERS(500),
  PASSWORD_MIN(8),
  PASSWORD_MAX(128),
  IDEMPOTENCY_KEY(255),
  REQUEST_ID(64);

  private final long value;

  Limits(long value) {
    this.value = value;
  }

  /// Of all but an archive.
  public int value() {
    return Math.toIntExact(value);
  }

  /// Of those that count bytes.
  public long bytes() {
    return value;
  }

  /// The name that the API description uses.
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
