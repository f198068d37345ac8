package showfloor.todos.reminders;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/// A to-do in somebody's reminder.
///
/// @param of whom it reminds
/// @param all how many are due for that person, of which a mail names the first
/// @param dealer the name of the dealer that it is about
record DueTodo(UUID of, String title, LocalDate due, Optional<String> dealer, long all) {}
