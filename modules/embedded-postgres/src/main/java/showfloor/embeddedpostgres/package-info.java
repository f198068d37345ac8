/// A real PostgreSQL as a part of the application.
///
/// [EmbeddedPostgres#start] leaves a running server behind it, [EmbeddedPostgres#stop] ends it;
/// what lies between them is a matter of files in `<data directory>/postgres`:
///
/// | name | what | who owns it |
/// |---|---|---|
/// | `lock` | held while a server is in use, names the process | this process |
/// | `password` | of the one login, mode 0600 | this process |
/// | `port` | the one used last, used again when it is free | this process |
/// | `postgresql.conf`, `pg_hba.conf` | written anew at every start | this process |
/// | `roles` | fingerprint of the settings last given to the roles | this process |
/// | `binaries-<version>-<platform>` | the unpacked programs | this process |
/// | `cluster` | the data | the account of the server |
/// | `log` | seven files, one per weekday, and the output of the last start | the same |
///
/// **Whole or not at all.** Binaries and cluster are made under a temporary name and renamed when
/// they are complete, so that a start that was killed leaves nothing that the next one would trust.
///
/// **Accounts.** The superuser `postgres` has no password and no line in `pg_hba.conf`: he exists
/// in single-user mode only, while the server is down. The application logs in as `showfloor_app`,
/// which owns nothing and may become `showfloor_owner`, the owner of the database.
///
/// **No hook.** The caller stops the server after its own last connection. Where the process was
/// killed instead, the next start ends the server that was left, and starts it anew.
package showfloor.embeddedpostgres;
