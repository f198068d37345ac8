package showfloor.todos.reminders;

import java.util.UUID;

/// Somebody who wants to be reminded.
record Person(UUID id, String email, String firstName) {}
