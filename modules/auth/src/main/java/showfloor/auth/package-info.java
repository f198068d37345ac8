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
/// more when it is not remembered (2 s), and another one at most once an hour for each token.
///
/// | route | statements | leases |
/// |---|---|---|
/// | `POST /api/auth/register` | 1 | 1 |
/// | `POST /api/auth/login` | 2; refused 1; 3 when the hash is renewed | the same |
/// | `GET /api/auth/me` | 1 | 1 |
/// | `POST /api/auth/logout` | 1 | 1 |
/// | `POST /api/auth/logout-all` | 1 | 1 |
/// | `POST /api/auth/password` | 4; refused 2 | 3; refused 2 |
package showfloor.auth;
