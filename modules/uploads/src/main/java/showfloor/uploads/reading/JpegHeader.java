package showfloor.uploads.reading;

import java.nio.charset.StandardCharsets;

/// What has to be known of a JPEG before it is decoded.
///
/// @param orientation how it is to be turned, 1 to 8 as in EXIF: a re-made picture says nothing of
///   it any more
/// @param inOneScan whether its lines can be decoded one after the other; otherwise all of it is in
///   memory at once
/// @param scans how many there are; each passes over the whole picture
record JpegHeader(int orientation, boolean inOneScan, int scans) {
  private static final int START_OF_SCAN = 0xda;
  private static final int EXIF = 0xe1;
  private static final int ORIENTATION = 0x0112;

  static JpegHeader of(byte[] file) {
    int orientation = 1;
    int components = 0;
    boolean sequential = false;
    boolean together = false;
    int at = 2;
    while (at + 4 <= file.length && byteAt(file, at) == 0xff) {
      int marker = byteAt(file, at + 1);
      if (marker == 0xff) {
        at++; // a fill byte
        continue;
      }
      int length = shortAt(file, at + 2, false);
      if (marker == EXIF) {
        orientation =
            orientation(file, at + 4, Math.min(file.length, at + 2 + length), orientation);
      } else if (isFrame(marker)) {
        sequential = marker <= 0xc1;
        components = byteAt(file, at + 9);
      } else if (marker == START_OF_SCAN) {
        together = byteAt(file, at + 4) == components;
        break;
      }
      at += 2 + length;
    }
    return new JpegHeader(orientation, sequential && together, scans(file));
  }

  /// Within the data of a picture 0xff is always followed by a zero, so these are real.
  private static int scans(byte[] file) {
    int scans = 0;
    for (int i = 0; i + 1 < file.length; i++) {
      if (byteAt(file, i) == 0xff && byteAt(file, i + 1) == START_OF_SCAN) {
        scans++;
      }
    }
    return scans;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  /// The entry of the first directory of the TIFF that EXIF is.
  private static int orientation(byte[] file, int from, int to, int ifAbsent) {
    int tiff = from + 6;
    if (tiff + 8 > to || !new String(file, from, 4, StandardCharsets.ISO_8859_1).equals("Exif")) {
      return ifAbsent;
    }
    boolean little = byteAt(file, tiff) == 'I';
    int directory = tiff + shortAt(file, little ? tiff + 4 : tiff + 6, little);
    int entries = shortAt(file, directory, little);
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + 12 * i;
      if (entry + 12 > to) {
        return ifAbsent;
      }
      if (shortAt(file, entry, little) == ORIENTATION) {
        int value = shortAt(file, entry + 8, little);
        return value >= 1 && value <= 8 ? value : ifAbsent;
      }
    }
    return ifAbsent;
  }

  private static int shortAt(byte[] file, int at, boolean little) {
    int first = byteAt(file, at);
    int second = byteAt(file, at + 1);
    return little ? (second << 8) + first : (first << 8) + second;
  }

  /// Zero behind the end: a header that is cut short says nothing.
  private static int byteAt(byte[] file, int at) {
    return at < file.length ? file[at] & 0xff : 0;
  }
}
