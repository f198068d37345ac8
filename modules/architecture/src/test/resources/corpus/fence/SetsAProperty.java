// expect: java.lang.System.setProperty: configuration is app's
package showfloor.evil;

final class SetsAProperty {
  Object set = System.setProperty("jdk.httpclient.keepalive.timeout", "1");
}
