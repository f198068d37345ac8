package showfloor.todos.reminders;

import java.time.LocalDate;
import java.util.Optional;

/// A company that it is time to look at.
///
/// @param zone its time zone
/// @param day up to which its reminders are written
/// @param access what the paywall decides on
record Look(String zone, Optional<LocalDate> day, Optional<String> access) {}
