// expect: showfloor.evil requires java.net.http, which is not among what a domain may require
// descriptor: requires java.net.http;
package showfloor.evil;

final class RequiresAnHttpClient {
  Object client = java.net.http.HttpClient.newHttpClient();
}
