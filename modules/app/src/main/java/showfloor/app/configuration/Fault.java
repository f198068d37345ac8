package showfloor.app.configuration;

/// One thing that is wrong with the configuration.
///
/// @param origin where the value stands: `config/application.yaml line 12`, `environment PORT`
/// @param message what is wrong and what is allowed; holds no secret
public record Fault(String key, String origin, String message) {
  @Override
  public String toString() {
    return key + " (" + origin + "): " + message;
  }
}
