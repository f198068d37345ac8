// expect: showfloor.evil requires java.desktop, which is not among what a domain may require
// descriptor: requires java.desktop;
package showfloor.evil;

final class RequiresBeans {
  Object encoder = new java.beans.XMLDecoder(java.io.InputStream.nullInputStream());
}
