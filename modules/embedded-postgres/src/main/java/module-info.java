import org.jspecify.annotations.NullMarked;

/// Runs the PostgreSQL that Showfloor uses when no `DATABASE_URL` is given: unpacked, initialised,
/// started and stopped here, with nothing to install and with full durability.
///
/// It knows nothing of the rest of Showfloor and speaks no SQL over a connection.
@NullMarked
module showfloor.embeddedpostgres {
  requires static org.jspecify;
  requires org.tukaani.xz; // the binaries are a .txz

  exports showfloor.embeddedpostgres;
}
