package showfloor.subscriptions.customer;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A user and the company for which the user pays.
///
/// @param customerId of the provider in use; null until there is one
/// @param facts see [showfloor.subscriptions.access.Standing#parse]
public record Payer(
    UUID userId,
    UUID companyId,
    String email,
    String companyName,
    @Nullable String customerId,
    @Nullable String facts) {}
