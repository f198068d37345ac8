package showfloor.httpapi;

import java.util.UUID;

/// Who calls: a user of a company.
///
/// @param tokenId the session's id, for logout
/// @param role `owner` or `member`
public record Caller(UUID userId, UUID companyId, UUID tokenId, String role) {}
