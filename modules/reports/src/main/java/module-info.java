/// What a company's data amounts to: the dashboard, the report of a show, and the archive of all.
@org.jspecify.annotations.NullMarked
module showfloor.reports {
  exports showfloor.reports;

  requires static transitive org.jspecify;
  requires transitive showfloor.dbapi; // ReportsDomain is made with the Database
  requires transitive showfloor.httpapi; // ReportsDomain is a Domain
}
