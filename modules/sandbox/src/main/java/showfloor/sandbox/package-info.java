/// A payment provider that moves no money.
///
/// What changes a subscription writes the event that tells it in the same transaction; the event is
/// sent after it, with no connection held. One that was not delivered is sent again.
package showfloor.sandbox;
