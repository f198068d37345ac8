// expect: package java.net.http is not visible
package showfloor.evil;

final class NamesAnHttpClient {
  Object client = java.net.http.HttpClient.newHttpClient();
}
