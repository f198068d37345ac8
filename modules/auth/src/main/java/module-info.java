/// Companies, their users, and who is signed in: registration, sign-in, tokens, passwords.
@org.jspecify.annotations.NullMarked
module showfloor.auth {
  exports showfloor.auth;

  requires static transitive org.jspecify;
  requires transitive showfloor.httpapi; // AuthDomain is a Domain
  requires org.bouncycastle.provider; // argon2id
  requires showfloor.dbapi; // companies, users and tokens are in tables
}
