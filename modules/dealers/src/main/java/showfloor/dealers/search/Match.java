package showfloor.dealers.search;

/// The rule by which a search found a dealer, the best first.
public enum Match {
  /// The company's name is the text.
  NAME("name"),
  /// The company's name begins with it.
  PREFIX("prefix"),
  /// Each word begins a word of the dealer.
  WORDS("words"),
  /// The digits are part of the phone number.
  PHONE("phone"),
  /// The letters are the name's initials.
  INITIALS("initials"),
  /// Each word is somewhere in the dealer.
  INSIDE("inside"),
  /// Each word is close to a word of the dealer.
  SIMILAR("similar");

  private final String word;

  Match(String word) {
    this.word = word;
  }

  /// What the API calls it.
  public String word() {
    return word;
  }

  static Match ofRank(int rank) {
    return values()[rank - 1];
  }
}
