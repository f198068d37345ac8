/// What the payment provider tells.
///
/// | route | statements | leases |
/// |---|---|---|
/// | `POST /api/webhooks/stripe` | 1; refused 0 | the same |
package showfloor.webhooks;
