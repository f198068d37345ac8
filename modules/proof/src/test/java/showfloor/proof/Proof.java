package showfloor.proof;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// One proof of the suite. Its test takes a [Trials], and so gets a row in the table.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Table.class)
@interface Proof {
  /// `P6`.
  String id();

  /// What is done, and what must hold then.
  String what();
}
