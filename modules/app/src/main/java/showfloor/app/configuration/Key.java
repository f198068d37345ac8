package showfloor.app.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One setting.
///
/// @param name as in the file: `server.max-file-size`
/// @param environment the variables that override the file, the one made from the name first
/// @param ifAbsent its text in production when nothing gives it; empty: it is absent
/// @param ifAbsentInDevelopment the same in development
/// @param secret its value is never shown
record Key<T>(
    String name,
    List<String> environment,
    Kind<T> kind,
    String ifAbsent,
    String ifAbsentInDevelopment,
    boolean secret) {

  /// A setting with one default; its variable is its name in capitals: `SERVER_PORT`.
  static <T> Key<T> of(String name, Kind<T> kind, String ifAbsent) {
    String variable = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    return new Key<>(name, List.of(variable), kind, ifAbsent, ifAbsent, false);
  }

  /// The same with another default in development.
  Key<T> inDevelopment(String text) {
    return new Key<>(name, environment, kind, ifAbsent, text, secret);
  }

  /// The same, also read from the variable that other systems use for it.
  Key<T> alsoFrom(String variable) {
    List<String> variables = new ArrayList<>(environment);
    variables.add(variable);
    return new Key<>(name, List.copyOf(variables), kind, ifAbsent, ifAbsentInDevelopment, secret);
  }

  Key<T> asSecret() {
    return new Key<>(name, environment, kind, ifAbsent, ifAbsentInDevelopment, true);
  }

  String ifAbsentIn(Mode mode) {
    return mode == Mode.PRODUCTION ? ifAbsent : ifAbsentInDevelopment;
  }
}
