/// What is to be done, by when, by whom, about which dealer.
@org.jspecify.annotations.NullMarked
module showfloor.todos {
  exports showfloor.todos;

  requires static transitive org.jspecify;
  requires transitive showfloor.dbapi; // TodosDomain is made with the Database
  requires transitive showfloor.httpapi; // TodosDomain is a Domain
  requires transitive showfloor.mail; // TodosDomain is made with Mails: it reminds by them
  requires showfloor.dealers; // a to-do may be about a dealer: its keys and views stand on theirs
}
