/// Companies, their users, and who is signed in.
///
/// | feature | holds |
/// |---|---|
/// | `signin` | registration and sign-in |
/// | `account` | what a user sees and changes of the own account |
/// | `session` | tokens, and whom they belong to |
/// | `password` | hashing, and what a password must be |
/// | `throttle` | pauses between tries |
///
/// Statements and leases per request, which a test counts. Behind the token stands one statement
/// more when it is not remembered (2 s).
///
/// | route | statements | leases |
/// |---|---|---|
/// | `POST /api/auth/register` | 1 | 1 |
/// | `POST /api/auth/login` | 2; refused 1; 3 to renew the hash, 4 after another | the same |
/// | `GET /api/auth/me` | 1 | 1 |
/// | `POST /api/auth/logout` | 1 | 1 |
/// | `POST /api/auth/logout-all` | 1 | 1 |
/// | `POST /api/auth/password` | 4; refused 2 | 3; refused 2 |
package showfloor.auth;
