package showfloor.uploads.files;

import java.util.Optional;
import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

/// Where the bytes of files are: pieces under the number that they have in their file. The database
/// keeps them; a store of objects would keep one under `company/file/number`. Called outside of any
/// lease. Thread-safe.
///
/// What belongs to no file any more is the store's to remove: here the foreign key does it.
public interface FileBytes {
  /// Bytes of each piece but the last. Also what one upload or download holds in memory.
  int PIECE = 256 << 10;

  /// Keeps a piece. Durable when it returns.
  ///
  /// @throws showfloor.dbapi.DatabaseException.ConstraintViolated when the file is gone
  void put(UUID companyId, UUID file, int number, byte[] piece);

  /// `length` bytes of a piece from `start` on; empty when there is no such piece.
  Optional<byte[]> read(UUID file, int number, int start, int length);

  /// Keeps them in rows of 256 KiB, behind row-level security, in the backup like all else.
  static FileBytes in(Database database) {
    return new Rows(database);
  }

  /// One statement and one lease for each piece.
  record Rows(Database database) implements FileBytes {
    private static final Sql PUT_PIECE =
        Sql.of(
            "uploads.put_piece",
            """
            INSERT INTO uploads.chunks (company_id, file_id, number, bytes)
            VALUES (:company_id, :file_id, :number, :bytes)
            """);

    private static final Sql READ_PIECE =
        Sql.of(
            "uploads.read_piece",
            """
            SELECT substr(c.bytes, :start + 1, :length) AS bytes
            FROM uploads.chunks c
            WHERE c.file_id = :file_id AND c.number = :number
            """);

    @Override
    public void put(UUID companyId, UUID file, int number, byte[] piece) {
      database.execute(
          PUT_PIECE.with(
              "company_id", companyId, "file_id", file, "number", number, "bytes", piece));
    }

    @Override
    public Optional<byte[]> read(UUID file, int number, int start, int length) {
      return database.find(
          READ_PIECE.with("file_id", file, "number", number, "start", start, "length", length),
          row -> row.bytes("bytes"));
    }
  }
}
