package showfloor.embeddedpostgres;

/// Where the running server answers, and as whom.
///
/// @param host always the loopback address
/// @param port chosen at the first start; another one later only if it was taken
/// @param database the application's database, owned by the role `showfloor_owner`
/// @param user a login that is no superuser, owns nothing, and may `SET ROLE showfloor_owner`
/// @param password generated when the data were made
public record Endpoint(String host, int port, String database, String user, String password) {

  /// The same without the password: this text may be logged.
  @Override
  public String toString() {
    return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
  }
}
