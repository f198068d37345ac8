package showfloor.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TemplateTest {

  @Test
  void whatAUserTypedStaysTextInHtml() {
    assertThat(
            Template.html("<p title='{name}'>{name}</p>")
                .with("name", "<script>\"it's\" & more</script>")
                .toString())
        .isEqualTo(
            "<p title='&lt;script&gt;&quot;it&#39;s&quot; &amp; more&lt;/script&gt;'>"
                + "&lt;script&gt;&quot;it&#39;s&quot; &amp; more&lt;/script&gt;</p>");
  }

  @Test
  void aValueIsNoTemplate() {
    assertThat(Template.html("{a} {b}").with("a", "{b} $1 \\", "b", "x").toString())
        .isEqualTo("{b} $1 \\ x");
  }

  @Test
  void aLineBreakInAValueMakesNoLineInPlainText() {
    assertThat(Template.plain("- {title}\n").with("title", "a\r\n- forged\u0000").toString())
        .isEqualTo("- a - forged \n");
  }

  @Test
  void filledOnesGoIntoOneAnother() {
    Template item = Template.html("<li>{title}</li>");
    Template.Filled items = item.each(List.of(item.with("title", "<1>"), item.with("title", "2")));
    assertThat(Template.html("<ul>{items}</ul>").with("items", items).toString())
        .isEqualTo("<ul><li>&lt;1&gt;</li><li>2</li></ul>");
  }

  @Test
  void placesAndValuesFitOrItIsADefect() {
    Template template = Template.html("{a}");
    assertThatThrownBy(template::with).hasMessage("no value for {a}");
    assertThatThrownBy(() -> template.with("a", 1, "b", 2)).hasMessage("no place for [b]");
    assertThatThrownBy(() -> template.with("a", Template.plain("<b>").with()))
        .hasMessage("HTML and plain text do not mix");
  }
}
