/// Who has paid, and what that opens.
///
/// | feature | holds |
/// |---|---|
/// | `access` | the one rule: (subscription, now) to access, reason, until |
/// | `customer` | the company as a customer of the provider; fetching and storing its subscriptions |
/// | `checkout` | paying: checkout, confirmation, portal |
/// | `overview` | plans, status, explanation, cancelling and resuming |
///
/// Calls to the provider are made with no connection held: number the fetch, fetch, store it unless
/// a later one was stored meanwhile.
package showfloor.subscriptions;
