package showfloor.subscriptions.customer;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A fetch that has begun.
///
/// @param no later ones have greater numbers
/// @param checkoutAt when the company last opened a checkout
record Fetch(UUID companyId, String customerId, long no, @Nullable Instant checkoutAt) {}
