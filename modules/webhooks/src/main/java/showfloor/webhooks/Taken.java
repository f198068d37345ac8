package showfloor.webhooks;

import java.util.List;

/// A customer's events that this process works on for a while.
///
/// @param tries how often the one that was tried most was
record Taken(String customerId, List<String> events, int tries) {}
