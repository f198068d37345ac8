package showfloor.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test class that uses a [TestServer]. After each of its tests every pool must be whole: no
/// lease held, nobody waiting. There is no way to opt out.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(NoLeaks.class)
public @interface DatabaseTest {}
