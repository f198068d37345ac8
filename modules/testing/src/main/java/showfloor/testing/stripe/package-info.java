/// A stand-in for Stripe, over real HTTP and with a memory: customers, checkouts, subscriptions
/// that renew, fail and end as its clock moves, and the webhooks of all that, which it can lose,
/// hold back, repeat and bring in any order.
///
/// What is checked is as strict as Stripe: unknown parameters, missing ones, keys used twice.
package showfloor.testing.stripe;
