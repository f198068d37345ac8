package showfloor.uploads.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.Sql;
import showfloor.testing.Observer;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;
import showfloor.uploads.Calls;
import showfloor.uploads.files.FileType;

/// Small pictures: upright, made once, and never a reason to run out of memory.
class ThumbnailTest {
  private static final TestServer SERVER = Calls.server();
  private static final Sql DELETE =
      Sql.of("uploads.delete_in_test", "DELETE FROM uploads.files WHERE id = :id");

  private static final int RED = 0xff0000;
  private static final int BLUE = 0x0000ff;

  private final TestClient acme = SERVER.newCompany();
  private final String dealer = Calls.dealer(acme);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  /// Its left half red, its right half blue.
  private static BufferedImage halves(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 0xff000000 | (x < width / 2 ? RED : BLUE));
      }
    }
    return image;
  }

  private static byte[] encoded(BufferedImage image, String format, boolean progressive) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (progressive) {
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new AssertionError(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static byte[] photo(String format) {
    return encoded(halves(1_200, 800, BufferedImage.TYPE_INT_RGB), format, false);
  }

  private static BufferedImage decoded(byte[] bytes) {
    try {
      return ImageIO.read(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isNear(int rgb, int wanted) {
    for (int shift = 0; shift <= 16; shift += 8) {
      if (Math.abs(((rgb >> shift) & 0xff) - ((wanted >> shift) & 0xff)) > 40) {
        return false;
      }
    }
    return true;
  }

  @Test
  void aSmallPictureFitsIntoItsSquare() {
    for (String format : List.of("jpeg", "png", "gif")) {
      String photo = Calls.photo(acme, dealer, photo(format));
      for (int size : new int[] {128, 256, 512}) {
        Reply reply = acme.get(photo + "?size=" + size).expect(200);
        assertThat(reply.contentType()).isEqualTo("image/jpeg");
        BufferedImage small = decoded(reply.bytes());
        assertThat(small.getWidth()).isEqualTo(size);
        assertThat(small.getHeight()).isEqualTo(size * 2 / 3);
        assertThat(isNear(small.getRGB(5, 5), RED)).isTrue();
        assertThat(isNear(small.getRGB(size - 5, 5), BLUE)).isTrue();
      }
    }
    acme.get("/api/uploads/photo/" + dealer + "?size=100").expect(400);
  }

  @Test
  void itIsMadeOnceAndKept() {
    String photo = Calls.photo(acme, dealer, photo("jpeg"));
    Reply first = acme.get(photo + "?size=256").expect(200);
    assertThat(SERVER.statementsOf(() -> acme.get(photo + "?size=256"))).isEqualTo(1);
    assertThat(acme.get(photo + "?size=256").bytes()).isEqualTo(first.bytes());
    acme.get(photo + "?size=256", "If-None-Match", first.header("ETag").orElseThrow()).expect(304);
    try (TestServer other = Calls.server()) {
      TestClient there = other.client().withToken(acme.token());
      assertThat(there.get(photo + "?size=256").bytes()).isEqualTo(first.bytes());
    }
  }

  /// The file is still seen while its deletion has not committed, and is gone when it has.
  @Test
  void aFileThatIsDeletedWhileItsSmallPictureIsMadeTakesItAlong() throws Exception {
    String photo = Calls.photo(acme, dealer, photo("jpeg"));
    UUID id = UUID.fromString(photo.substring(photo.lastIndexOf('/') + 1));
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Reply> small =
          SERVER.in(
              Calls.company(acme),
              () ->
                  SERVER
                      .database()
                      .inTransaction(
                          sql -> {
                            sql.execute(DELETE.with("id", id));
                            var asked = executor.submit(() -> acme.get(photo + "?size=128"));
                            Observer.await(
                                "it is to be kept",
                                () -> Observer.sessions("wait_event_type = 'Lock'") > 0);
                            return asked;
                          }));
      small.get().expect(200);
    }
    acme.get(photo).expect(404);
    assertThat(Calls.rows(acme)).isZero();
  }

  @Test
  void manyWhoAskAtOnceGetTheSame() throws Exception {
    String photo = Calls.photo(acme, dealer, photo("jpeg"));
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> replies = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        replies.add(executor.submit(() -> acme.get(photo + "?size=128")));
      }
      for (Future<Reply> reply : replies) {
        assertThat(reply.get().expect(200).bytes()).isEqualTo(replies.get(0).get().bytes());
      }
    }
    assertThat(Calls.rows(acme, "thumbnails")).isEqualTo(1);
  }

  @Test
  void whatCannotBeMadeSmallIsAnsweredAsItIs() {
    byte[] webp = "RIFF....WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1);
    byte[] broken = Calls.jpeg(50_000, 1);
    byte[] tiny = encoded(halves(60, 40, BufferedImage.TYPE_INT_RGB), "png", false);
    for (byte[] bytes : List.of(webp, broken, tiny)) {
      String photo = Calls.photo(acme, dealer, bytes);
      for (int i = 0; i < 2; i++) {
        Reply reply = acme.get(photo + "?size=128").expect(200);
        assertThat(reply.bytes()).isEqualTo(bytes);
        assertThat(reply.header("Content-Location")).hasValue(photo);
      }
      assertThat(SERVER.statementsOf(() -> acme.get(photo + "?size=128"))).isEqualTo(2);
    }
  }

  @Test
  void whatIsTransparentIsWhite() {
    BufferedImage clear = new BufferedImage(300, 300, BufferedImage.TYPE_INT_ARGB);
    byte[] small = Picture.small(encoded(clear, "png", false), FileType.PNG, 128).orElseThrow();
    assertThat(isNear(decoded(small).getRGB(64, 64), 0xffffff)).isTrue();
  }

  /// Where the red half is once the picture is upright: x and y in percent.
  @Test
  void itIsTurnedAsTheCameraWasHeld() {
    int[][] red = {{10, 50}, {90, 50}, {90, 50}, {10, 50}, {50, 10}, {50, 10}, {50, 90}, {50, 90}};
    for (int orientation = 1; orientation <= 8; orientation++) {
      for (boolean little : new boolean[] {true, false}) {
        byte[] turned = withExif(photo("jpeg"), orientation, little);
        BufferedImage small = decoded(Picture.small(turned, FileType.JPEG, 128).orElseThrow());
        int[] at = red[orientation - 1];
        boolean lying = orientation >= 5;
        assertThat(small.getWidth() < small.getHeight()).as("%d", orientation).isEqualTo(lying);
        int x = small.getWidth() * at[0] / 100;
        int y = small.getHeight() * at[1] / 100;
        assertThat(isNear(small.getRGB(x, y), RED)).as("%d", orientation).isTrue();
      }
    }
  }

  private static byte[] withExif(byte[] jpeg, int orientation, boolean little) {
    ByteBuffer app = ByteBuffer.allocate(36);
    app.putShort((short) 0xffe1)
        .putShort((short) 34)
        .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    app.order(little ? java.nio.ByteOrder.LITTLE_ENDIAN : java.nio.ByteOrder.BIG_ENDIAN);
    app.put((little ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
    app.putShort((short) 42).putInt(8).putShort((short) 1);
    app.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.writeBytes(app.array());
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  /// Files of some kilobytes that stand for gigabytes of pixels, of profile, or for hours of work.
  @Test
  void bombsAreNotDecoded() throws Exception {
    byte[] wide = png(200_000, 200_000, new byte[0]);
    byte[] line = png(2_000_000_000, 1, new byte[0]);
    byte[] many = png(9_000, 9_000, new byte[0]);
    assertThat(Picture.small(png(9_000, 7_000, new byte[0]), FileType.PNG, 128)).isPresent();
    for (byte[] bomb : List.of(wide, line, many)) {
      assertThat(Picture.small(bomb, FileType.PNG, 128)).isEmpty();
    }
    byte[] scans = encoded(halves(1_000, 1_000, BufferedImage.TYPE_INT_RGB), "jpeg", true);
    assertThat(JpegHeader.of(scans).scans()).isBetween(2, 50);
    assertThat(JpegHeader.of(scans).inOneScan()).isFalse();
    assertThat(Picture.small(scans, FileType.JPEG, 128)).isPresent();
    byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 0, 0};
    ByteArrayOutputStream repeated = new ByteArrayOutputStream();
    repeated.write(scans, 0, scans.length - 2);
    for (int i = 0; i < 60; i++) {
      repeated.writeBytes(scan);
    }
    repeated.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd9});
    assertThat(Picture.small(repeated.toByteArray(), FileType.JPEG, 128)).isEmpty();
  }

  /// 300 MB of a colour profile in 300 kB of file: what is beside the pixels is not unpacked.
  @Test
  void whatIsBesideThePixelsIsNotUnpacked() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.writeBytes("p\0\0".getBytes(StandardCharsets.US_ASCII));
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      byte[] nothing = new byte[1 << 20];
      for (int i = 0; i < 300; i++) {
        deflater.write(nothing);
      }
    }
    byte[] bomb = png(300, 300, packed.toByteArray());
    long before = used();
    assertThat(Picture.small(bomb, FileType.PNG, 128)).isPresent();
    assertThat(used() - before).isLessThan(100L << 20);
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /// A grey PNG, with a colour profile if that has bytes. Black, and whole but where it is wider
  /// than any screen.
  private static byte[] png(int width, int height, byte[] profile) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
    byte[] header = new byte[13];
    ByteBuffer.wrap(header).putInt(width).putInt(height).put((byte) 8);
    chunk(out, "IHDR", header);
    if (profile.length > 0) {
      chunk(out, "iCCP", profile);
      chunk(out, "zTXt", profile);
    }
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(pixels)) {
      byte[] line = new byte[Math.min(width, 10_000) + 1];
      for (int y = 0; y < Math.min(height, 10_000); y++) {
        deflater.write(line);
      }
    }
    chunk(out, "IDAT", pixels.toByteArray());
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] named = new byte[4 + data.length];
    System.arraycopy(type.getBytes(StandardCharsets.US_ASCII), 0, named, 0, 4);
    System.arraycopy(data, 0, named, 4, data.length);
    CRC32 sum = new CRC32();
    sum.update(named);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(named);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }
}
