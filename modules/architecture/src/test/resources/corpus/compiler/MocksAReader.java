// expect: not allowed to extend sealed class
package showfloor.evil;

abstract class MocksAReader implements showfloor.dbapi.SqlReader {}
