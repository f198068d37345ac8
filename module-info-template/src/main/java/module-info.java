/// The things of a company.
@org.jspecify.annotations.NullMarked
module showfloor.example {
  // Only the root package is for others: the domain, and what it says in Java. Features stay
  // hidden. The first sentence above is in the README's map of modules, too.
  exports showfloor.example;

  requires static transitive org.jspecify;
  requires transitive showfloor.dbapi; // ExampleDomain is made with the Database
  requires transitive showfloor.httpapi; // ExampleDomain is a Domain
// requires showfloor.dealers; // another domain, with the reason: a thing belongs to a dealer
}
