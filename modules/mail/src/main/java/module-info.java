/// The mails that Showfloor sends: written in the unit of work of what causes them, delivered by
/// SMTP afterwards.
@org.jspecify.annotations.NullMarked
module showfloor.mail {
  exports showfloor.mail;

  requires static transitive org.jspecify;
  requires transitive showfloor.dbapi; // a mail is written in the caller's unit of work
  requires jakarta.mail; // composes messages
  requires org.eclipse.angus.mail; // speaks SMTP
}
