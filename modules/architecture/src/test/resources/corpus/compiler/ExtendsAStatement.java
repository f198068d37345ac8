// expect: cannot inherit from final
package showfloor.evil;

final class ExtendsAStatement extends showfloor.dbapi.Sql {}
