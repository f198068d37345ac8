// expect: cannot inherit from final
package showfloor.evil;

final class ExtendsABoundStatement extends showfloor.dbapi.BoundSql {}
