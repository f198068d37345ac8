package showfloor.webhooks;

/// Events that are not done.
///
/// @param pending to be worked on, or tried again
/// @param parked of customers that nobody knows
public record Waiting(long pending, long parked) {}
