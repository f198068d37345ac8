package showfloor.dealers.customfields;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import showfloor.dbapi.SqlReader;
import showfloor.dealers.csv.DealerColumn;

/// A company's own fields as columns of a CSV, in the order of their making.
public final class CustomColumns {
  /// A company without fields of its own.
  public static final CustomColumns NONE = new CustomColumns(List.of());

  private static final String BY_KEY = CustomFields.MEMBER + ".";

  // Nothing that would have to be quoted, or that a spreadsheet runs.
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _.()/%#&-]*");

  private final List<FieldDefinition> fields;
  private final Map<String, FieldDefinition> byWord = new HashMap<>();

  CustomColumns(Collection<FieldDefinition> fields) {
    this.fields = List.copyOf(fields);
    fields.forEach(field -> byWord.putIfAbsent(DealerColumn.normal(field.key()), field));
    fields.forEach(field -> byWord.putIfAbsent(DealerColumn.normal(field.name()), field));
  }

  /// Looks up what the company has defined.
  public static CustomColumns of(SqlReader sql) {
    return new CustomColumns(CustomFields.definitions(sql).values());
  }

  /// The field that a header's word means: `customFields.` and its key, or its key or name in any
  /// case. A word that is a column of every dealer means that one, so it is to be asked first.
  public Optional<FieldDefinition> find(String header) {
    String word = header.strip();
    return word.startsWith(BY_KEY)
        ? fields.stream().filter(field -> word.equals(BY_KEY + field.key())).findFirst()
        : Optional.ofNullable(byWord.get(DealerColumn.normal(word)));
  }

  /// What the header says: a field's name where an import finds the field by it, else its key.
  public List<String> titles() {
    return fields.stream().map(this::title).toList();
  }

  /// In the order of [#titles].
  public List<String> keys() {
    return fields.stream().map(FieldDefinition::key).toList();
  }

  private String title(FieldDefinition field) {
    String name = field.name();
    boolean found =
        PLAIN.matcher(name).matches()
            && DealerColumn.find(name).isEmpty()
            && find(name).filter(field::equals).isPresent();
    return found ? name : BY_KEY + field.key();
  }
}
