// expect: not allowed to extend sealed class
package showfloor.evil;

abstract class WrapsTheDatabase implements showfloor.dbapi.Database {}
