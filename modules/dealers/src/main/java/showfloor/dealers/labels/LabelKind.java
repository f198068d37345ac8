package showfloor.dealers.labels;

import java.util.Locale;

/// What a name that a company gives its dealers stands for.
public enum LabelKind {
  GROUP("groups", "groups"),
  /// Something that dealers are interested in.
  PRODUCT("products", "products"),
  /// A purchasing group. A dealer is in at most one at a time, and its name stands in the dealer.
  BUYING_GROUP("buying-groups", "buyingGroups");

  private final String path;
  private final String member;

  LabelKind(String path, String member) {
    this.path = path;
    this.member = member;
  }

  /// As it is stored.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Its word in paths.
  String path() {
    return path;
  }

  /// Its word in answers.
  String member() {
    return member;
  }
}
