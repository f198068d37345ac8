package showfloor.sandbox;

/// An event that is to be sent.
///
/// @param body as it is signed, byte for byte
record StoredEvent(long no, String customerId, String body) {}
