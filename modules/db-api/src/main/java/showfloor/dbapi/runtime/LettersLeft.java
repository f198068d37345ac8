package showfloor.dbapi.runtime;

import java.time.Instant;
import java.util.Optional;

/// What of one kind of letters the outbox holds, of all companies and instances.
///
/// @param waiting to be carried, now or at the next attempt
/// @param oldest when the first of these was written
/// @param dead given up: an operator should look
public record LettersLeft(String kind, long waiting, Optional<Instant> oldest, long dead) {}
