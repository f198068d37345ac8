/// The leads of a company: profiles and notes, search, import and export.
@org.jspecify.annotations.NullMarked
module showfloor.dealers {
  exports showfloor.dealers;

  requires static transitive org.jspecify;
  requires transitive showfloor.dbapi; // DealersDomain is made with the Database
  requires transitive showfloor.httpapi; // DealersDomain is a Domain
  requires de.siegmar.fastcsv; // reads the CSV of an import
}
