/// The trade shows of a company, and the dealers that were met there.
@org.jspecify.annotations.NullMarked
module showfloor.tradeshows {
  exports showfloor.tradeshows;

  requires static transitive org.jspecify;
  requires transitive showfloor.dbapi; // TradeShowsDomain is made with the Database
  requires transitive showfloor.dealers; // ShowCaptures is a CaptureShow
  requires transitive showfloor.httpapi; // TradeShowsDomain is a Domain
}
