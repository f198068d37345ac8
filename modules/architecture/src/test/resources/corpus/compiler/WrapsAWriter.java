// expect: not allowed to extend sealed class
package showfloor.evil;

abstract class WrapsAWriter implements showfloor.dbapi.SqlWriter {}
