/// Companies, their users, and who is signed in.
///
/// | feature | holds |
/// |---|---|
/// | `signin` | registration, sign-in, and the first password of a member |
/// | `account` | what a user sees and changes of the own account |
/// | `preferences` | the company's time zone, and what a user wants by mail |
/// | `members` | the users of a company, made and removed by its owner |
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
/// | `POST /api/auth/password-setup` | 3; refused 1 | 2; refused 1 |
/// | `GET /api/auth/preferences` | 1 | 1 |
/// | `PATCH` and `PUT /api/auth/preferences` | 2; refused 1 | 1 |
/// | `GET`, `POST /api/auth/users`, `DELETE /api/auth/users/{id}` | 1 | 1 |
/// | `POST /api/auth/users/{id}/link` | 1 | 1 |
package showfloor.auth;
