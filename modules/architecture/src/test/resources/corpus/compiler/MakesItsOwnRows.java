// expect: not allowed to extend sealed class
package showfloor.evil;

abstract class MakesItsOwnRows implements showfloor.dbapi.Row {}
