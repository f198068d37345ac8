// expect: keeps a handle in its field sql
package showfloor.evil;

record KeepsAWriterInARecord(showfloor.dbapi.SqlWriter sql) {}
