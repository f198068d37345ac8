package showfloor.todos.reminders;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import showfloor.mail.Mail;
import showfloor.mail.Template;
import showfloor.mail.Template.Filled;

/// What a reminder says.
final class ReminderMail {
  private static final Template TEXT =
      Template.plain(
          """
          Good morning {name},

          {count} due today or overdue:

          {todos}{more}
          You get this mail once a day while daily reminders are on in your account settings.
          """);
  private static final Template TEXT_TODO = Template.plain("- {day}{late}: {title}{dealer}\n");
  private static final Template TEXT_MORE = Template.plain("... and {more} more.\n");

  private static final Template HTML =
      Template.html(
          """
          <!DOCTYPE html>
          <html lang="en"><head><meta charset="utf-8"><title>{count} due</title></head>
          <body style="font-family: sans-serif">
          <p>Good morning {name},</p>
          <p>{count} due today or overdue:</p>
          <ul>
          {todos}</ul>
          {more}<p style="color: #666">You get this mail once a day while daily reminders are on in your
          account settings.</p>
          </body></html>
          """);
  private static final Template HTML_TODO =
      Template.html("<li><b>{day}{late}</b>: {title}{dealer}</li>\n");
  private static final Template HTML_MORE = Template.html("<p>... and {more} more.</p>\n");

  private ReminderMail() {}

  /// Empty where mails cannot be written to the person's address.
  static Optional<Mail> to(Person person, List<DueTodo> due, LocalDate day) {
    long all = due.getFirst().all();
    String count = all == 1 ? "1 to-do is" : all + " to-dos are";
    String text = filled(TEXT, TEXT_TODO, TEXT_MORE, person, due, day, count);
    String html = filled(HTML, HTML_TODO, HTML_MORE, person, due, day, count);
    return Mail.isAddress(person.email())
        ? Optional.of(new Mail(person.email(), count + " due", text, html))
        : Optional.empty();
  }

  private static String filled(
      Template whole,
      Template item,
      Template rest,
      Person person,
      List<DueTodo> due,
      LocalDate day,
      String count) {
    List<Filled> items = due.stream().map(todo -> filled(item, todo, day)).toList();
    long more = due.getFirst().all() - due.size();
    List<Filled> left = more > 0 ? List.of(rest.with("more", more)) : List.of();
    return whole
        .with(
            "name", person.firstName(),
            "count", count,
            "todos", item.each(items),
            "more", rest.each(left))
        .toString();
  }

  private static Filled filled(Template item, DueTodo todo, LocalDate day) {
    return item.with(
        "day", todo.due(),
        "late", todo.due().isBefore(day) ? " (overdue)" : "",
        "title", todo.title(),
        "dealer", todo.dealer().map(name -> " (" + name + ")").orElse(""));
  }
}
