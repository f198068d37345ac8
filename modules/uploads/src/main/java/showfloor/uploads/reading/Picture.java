package showfloor.uploads.reading;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStreamImpl;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import showfloor.uploads.files.FileType;

/// Makes pictures small. What a picture says of its size is looked at before anything is decoded,
/// and no more lines and columns are decoded than are needed: a small file can stand for gigabytes.
final class Picture {
  private static final int SIDE_MAX = 20_000;
  private static final long PIXELS_MAX = 64_000_000;

  /// Of a JPEG that is decoded as a whole, outside of the heap.
  private static final long WHOLE_PIXELS_MAX = 16_000_000;

  private static final int SCANS_MAX = 50;
  private static final float QUALITY = 0.8f;
  private static final int WHITE = 255;

  private Picture() {}

  static boolean isDecodable(FileType type) {
    return switch (type) {
      case JPEG, PNG, GIF -> true;
      case WEBP, WEBM, OGG, M4A, MP3, WAV -> false;
    };
  }

  /// A JPEG that fits into a square of `size`; empty where the picture fits already, is broken, or
  /// would take too much memory or time.
  static Optional<byte[]> small(byte[] file, FileType type, int size) {
    JpegHeader header = type == FileType.JPEG ? JpegHeader.of(file) : new JpegHeader(1, true, 1);
    if (header.scans() > SCANS_MAX) {
      return Optional.empty();
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName(type.name()).next();
    try (Bytes in = new Bytes(file)) {
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      long most = header.inOneScan() ? PIXELS_MAX : WHOLE_PIXELS_MAX;
      boolean fits = Math.max(width, height) <= size;
      if (fits || Math.max(width, height) > SIDE_MAX || (long) width * height > most) {
        return Optional.empty();
      }
      ImageReadParam sparse = reader.getDefaultReadParam();
      int step = Math.ceilDiv(Math.max(width, height), 2 * size);
      sparse.setSourceSubsampling(step, step, 0, 0);
      return Optional.of(jpeg(turned(shrunk(reader.read(0, sparse), size), header.orientation())));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // the decoder says no in many ways; nothing else runs in here
    } finally {
      reader.dispose();
    }
  }

  /// Each pixel is the mean of those that it stands for; what is transparent becomes white.
  private static BufferedImage shrunk(BufferedImage from, int size) {
    int most = Math.max(from.getWidth(), from.getHeight());
    int width = Math.max(1, from.getWidth() * size / most);
    int height = Math.max(1, from.getHeight() * size / most);
    BufferedImage to = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] line = new int[from.getWidth()];
    for (int y = 0; y < height; y++) {
      int top = y * from.getHeight() / height;
      int bottom = Math.max(top + 1, (y + 1) * from.getHeight() / height);
      long[] sums = new long[width * 3];
      for (int fromY = top; fromY < bottom; fromY++) {
        from.getRGB(0, fromY, line.length, 1, line, 0, line.length);
        addLine(line, sums, width);
      }
      for (int x = 0; x < width; x++) {
        int count =
            (bottom - top) * (rightOf(x, line.length, width) - leftOf(x, line.length, width));
        to.setRGB(x, y, rgb(sums, x, count));
      }
    }
    return to;
  }

  private static void addLine(int[] line, long[] sums, int width) {
    for (int x = 0; x < width; x++) {
      for (int i = leftOf(x, line.length, width); i < rightOf(x, line.length, width); i++) {
        int alpha = line[i] >>> 24;
        for (int c = 0; c < 3; c++) {
          int value = (line[i] >> (16 - 8 * c)) & 0xff;
          sums[3 * x + c] += (value * alpha + WHITE * (WHITE - alpha)) / WHITE;
        }
      }
    }
  }

  private static int leftOf(int x, int from, int to) {
    return x * from / to;
  }

  private static int rightOf(int x, int from, int to) {
    return Math.max(leftOf(x, from, to) + 1, (x + 1) * from / to);
  }

  private static int rgb(long[] sums, int x, int count) {
    int rgb = 0;
    for (int c = 0; c < 3; c++) {
      rgb = (rgb << 8) + (int) (sums[3 * x + c] / count);
    }
    return rgb;
  }

  /// Upright, as EXIF says that it was taken.
  private static BufferedImage turned(BufferedImage from, int orientation) {
    if (orientation == 1) {
      return from;
    }
    int right = from.getWidth() - 1;
    int bottom = from.getHeight() - 1;
    boolean lying = orientation >= 5;
    BufferedImage to =
        new BufferedImage(
            lying ? bottom + 1 : right + 1,
            lying ? right + 1 : bottom + 1,
            BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y <= bottom; y++) {
      for (int x = 0; x <= right; x++) {
        int rgb = from.getRGB(x, y);
        switch (orientation) {
          case 2 -> to.setRGB(right - x, y, rgb);
          case 3 -> to.setRGB(right - x, bottom - y, rgb);
          case 4 -> to.setRGB(x, bottom - y, rgb);
          case 5 -> to.setRGB(y, x, rgb);
          case 6 -> to.setRGB(bottom - y, x, rgb);
          case 7 -> to.setRGB(bottom - y, right - x, rgb);
          default -> to.setRGB(y, right - x, rgb);
        }
      }
    }
    return to;
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("JPEG").next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam quality = writer.getDefaultWriteParam();
      quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      quality.setCompressionQuality(QUALITY);
      writer.write(null, new IIOImage(image, null, null), quality);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /// Reads what is in memory; the streams of the library would copy it there once more.
  private static final class Bytes extends ImageInputStreamImpl {
    private final byte[] file;

    private Bytes(byte[] file) {
      this.file = file;
    }

    @Override
    public int read() {
      bitOffset = 0;
      return streamPos < file.length ? file[(int) streamPos++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      bitOffset = 0;
      int count = (int) Math.min(length, file.length - streamPos);
      if (count <= 0) {
        return length == 0 ? 0 : -1;
      }
      System.arraycopy(file, (int) streamPos, into, offset, count);
      streamPos += count;
      return count;
    }

    @Override
    public long length() {
      return file.length;
    }
  }
}
