package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts in a real browser for which models and Markdown often disagree. */
@Timeout(240)
class MarkdownRulesIT extends MarkdownScene {

  @AfterEach
  void nothing_complained() {
    assertThat(sheet.complaints()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource({"blocks", "characters", "cjk", "links", "formulas"})
  void a_text_is_shown_as_it_is_meant(String text, String html) {
    assertThat(sheet.shown(text)).isEqualTo(html);
  }

  static List<Arguments> blocks() {
    return List.of(
        arguments(
            "1. **Boil**\n\n   Use fresh water.",
            "<ol class=\"loose\"><li><p><strong>Boil</strong></p><p>Use fresh water.</p></li></ol>"),
        arguments("- a\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        arguments(
            "- a\n  - b\n\n- c",
            "<ul class=\"loose\"><li><p>a</p><ul><li><p>b</p></li></ul></li><li><p>c</p></li></ul>"),
        arguments("3. a", "<ol start=\"3\"><li><p>a</p></li></ol>"),
        arguments("- [ ] a\n- [x] b", "<ul><li><p>☐ a</p></li><li><p>☑ b</p></li></ul>"),
        arguments("Title\n===\ntext", "<h3>Title</h3><p>text</p>"),
        arguments("> a\nb\n\nc", "<blockquote><p>a\nb</p></blockquote><p>c</p>"),
        arguments("```\n\ta\n```", "<pre><code>\ta</code></pre>"),
        arguments(
            "see:\n| a | b |\n|:--|--:|\n| c\\|d | `e` | f |",
            "<p>see:</p><div class=\"table\"><table><thead><tr><th class=\"left\">a</th><th class=\"right\">b</th></tr>"
                + "</thead><tbody><tr><td class=\"left\">c|d</td><td class=\"right\"><code>e</code></td><td>f</td></tr>"
                + "</tbody></table></div>"),
        arguments("<div>\n*a*\n</div>", "<p>&lt;div&gt;\n<em>a</em>\n&lt;/div&gt;</p>"));
  }

  static List<Arguments> characters() {
    return List.of(
        arguments("AT&amp;T, 5 &lt; 7, caf&eacute;", "<p>AT&amp;T, 5 &lt; 7, café</p>"),
        arguments("&#233;&#xE9;&CounterClockwiseContourIntegral;&#0;", "<p>éé∳\uFFFD</p>"),
        arguments(
            "&nosuch; &amp &#xFFFFFFF; `&lt;`",
            "<p>&amp;nosuch; &amp;amp &amp;#xFFFFFFF; <code>&amp;lt;</code></p>"),
        arguments(
            "| a |\n|---|\n| b<br>c<br/>d<b>e</b> |",
            "<div class=\"table\"><table><thead><tr><th>a</th></tr></thead><tbody><tr>"
                + "<td>b<br>c<br>d&lt;b&gt;e&lt;/b&gt;</td></tr></tbody></table></div>"),
        arguments("a<br>b", "<p>a&lt;br&gt;b</p>"),
        arguments("&lt;b&gt;&#42;a&#42;", "<p>&lt;b&gt;*a*</p>"));
  }

  static List<Arguments> cjk() {
    return List.of(
        arguments("**注意：**请先备份", "<p><strong>注意：</strong>请先备份</p>"),
        arguments("请**（先）**备份", "<p>请<strong>（先）</strong>备份</p>"),
        arguments("**“注意”**请*「先」*备份", "<p><strong>“注意”</strong>请<em>「先」</em>备份</p>"),
        arguments("__注意：__请", "<p><strong>注意：</strong>请</p>"),
        arguments("~~旧价：~~新价", "<p><del>旧价：</del>新价</p>"),
        arguments("**「重要」**です。**太字**も", "<p><strong>「重要」</strong>です。<strong>太字</strong>も</p>"),
        arguments("**강조(emphasis)**는", "<p><strong>강조(emphasis)</strong>는</p>"),
        arguments("3~5天，价格100~200元", "<p>3~5天，价格100~200元</p>"),
        arguments("报告_最终_版 snake_case_name", "<p>报告_最终_版 snake_case_name</p>"),
        arguments("2 * 3 * 4, a*b*c", "<p>2 * 3 * 4, a<em>b</em>c</p>"));
  }

  static List<Arguments> links() {
    return List.of(
        arguments(
            "请看 https://example.com/docs，然后",
            "<p>请看 " + bare("https://example.com/docs") + "，然后</p>"),
        arguments("（https://example.com/a）。", "<p>（" + bare("https://example.com/a") + "）。</p>"),
        arguments(
            "见https://example.com/a、https://example.com/b】",
            "<p>见" + bare("https://example.com/a") + "、" + bare("https://example.com/b") + "】</p>"),
        arguments("https://example.com然后", "<p>" + bare("https://example.com") + "然后</p>"),
        arguments(
            "https://zh.example.org/wiki/北京。",
            "<p>" + bare("https://zh.example.org/wiki/北京") + "。</p>"),
        arguments(
            "(see https://example.com/a_(b)).",
            "<p>(see " + bare("https://example.com/a_(b)") + ").</p>"),
        arguments(
            "**https://example.com**请",
            "<p><strong>" + bare("https://example.com") + "</strong>请</p>"),
        arguments(
            "[https://example.com/a] ok", "<p>[" + bare("https://example.com/a") + "] ok</p>"),
        arguments(
            "a.b_c@example.org。",
            "<p><a href=\"mailto:a.b_c@example.org\">a.b_c@example.org</a>。</p>"),
        arguments(
            "www.example.org!", "<p><a href=\"http://www.example.org\">www.example.org</a>!</p>"),
        arguments("[a](&#x6a;avascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        arguments(
            "Tea [1] and [it][1].\n\n[1]: https://example.org/tea",
            "<p>Tea <a href=\"https://example.org/tea\">1</a> and <a href=\"https://example.org/tea\">it</a>.</p>"
                + "<p class=\"definition\">[1]: "
                + bare("https://example.org/tea")
                + "</p>"),
        arguments("[1]: javascript:alert(1)\n\n[1]", "<p>[1]: javascript:alert(1)</p><p>[1]</p>"),
        arguments(
            "![cat](https://example.org/c.png)",
            "<p><a href=\"https://example.org/c.png\">cat ↗</a></p>"));
  }

  static List<Arguments> formulas() {
    return List.of(
        arguments(
            "\\(x_1\\)", "<p>" + formula("<msub><mi>x</mi><mn>1</mn></msub>", "x_1") + "</p>"),
        arguments("$n$ of $5 and $10", "<p>" + formula("<mi>n</mi>", "n") + " of $5 and $10</p>"),
        arguments(
            "\\(\\nosuch{\\)", "<p><span class=\"formula-source\">\\(\\nosuch{\\)</span></p>"),
        arguments("a\\[0\\] \\(see there\\)", "<p>a[0] (see there)</p>"),
        arguments("\\(\\mathbb{R}\\)", "<p>" + formula("<mi>ℝ</mi>", "\\mathbb{R}") + "</p>"));
  }

  private static String bare(String address) {
    return "<a href=\"" + address + "\">" + address + "</a>";
  }

  private static String formula(String math, String tex) {
    return "<span class=\"formula\"><math><semantics><mrow>"
        + math
        + "</mrow><annotation encoding=\"application/x-tex\">"
        + tex
        + "</annotation></semantics></math></span>";
  }
}
