"""axe-core on an open page, and on each state of an open map: the rules that it breaks."""

from __future__ import annotations

from importlib.resources import files

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
SETTING = "axe.configure({rules: [{id: 'color-contrast', selector: '[data-contrast]'}]})"
MARK = """() => {
  const known = new Map(), grounds = new Map(), times = new Map();
  const ground = (each) => {
    if (each && !grounds.has(each)) {
      const {backgroundColor, backgroundImage, opacity, position, filter, mixBlendMode} = getComputedStyle(each);
      const own = [ground(each.parentElement), backgroundColor, backgroundImage, opacity, position, filter, mixBlendMode].join();
      if (!known.has(own)) known.set(own, known.size);
      grounds.set(each, known.get(own));
    }
    return grounds.get(each);
  };
  const seen = {visibilityProperty: true, opacityProperty: true};
  for (const each of document.querySelectorAll("body *")) {
    each.removeAttribute("data-contrast");
    const field = each.matches("input, select, textarea");
    const text = [...each.childNodes].map((node) => node.nodeType === 3 ? node.data : "").join(" ").trim();
    if (!(field || text) || !each.checkVisibility(seen)) continue;
    const {color, fontSize, fontWeight, textShadow} = getComputedStyle(each);
    const exempt = [each, each.closest("label")?.control].some((one) => one?.matches(":disabled"));
    const look = [each.tagName, each.getAttribute("class"), ground(each), color, fontSize, fontWeight, textShadow, exempt,
      /[\\p{L}\\p{N}]{2}/u.test(text)].join();
    times.set(look, (times.get(look) ?? 0) + 1);
    if (times.get(look) <= 3) each.setAttribute("data-contrast", "");
  }
}"""
"""Marks three texts of each look: whose kind, ink, size, weight and all that lies behind them are the same.

To judge the contrast of a text takes milliseconds, and a table of a thousand cells has a dozen looks. Three, for one may
lie half under something else and go unjudged; texts that no rule holds (one letter, a field that is off) are a look apart.
"""
# Nothing is preloaded: only the one rule on turned screens asks for it, and that one is off as it comes.
RUN = """([only, contrast]) => axe.run(document, {resultTypes: ["violations"], preload: false,
    ...(only.length ? {runOnly: only} : {rules: {"color-contrast": {enabled: contrast}}})})
  .then(({violations}) => violations.map(({id, nodes}) => `${id}: ${nodes[0].target} ${nodes[0].html.slice(0, 90)}`))"""
KINDS = """() => {
  const kept = /^(role|type|tabindex|aria-(hidden|expanded|pressed|selected|current))$/;
  const pointing = /^(for|aria-(labelledby|describedby|controls|owns))$/;
  const known = (value) => value.trim().split(/\\s+/).every((id) => document.getElementById(id));
  const left = (each, name) => name === "data-contrast" || (name === "lang" && each !== document.documentElement);
  const seen = {visibilityProperty: true, opacityProperty: true};
  const told = ({name, value}) => kept.test(name) ? `${name}=${value}`
    : name === "class" ? value.replace(/\\b(sv|en)\\b/, "words")
    : pointing.test(name) ? `${name} ${known(value)}` : `${name} ${value.trim() !== ""}`;
  const bare = (node) => node.nodeName === "SPAN" && [...node.attributes].every(({name}) => left(node, name));
  const all = [...document.querySelectorAll("*")].filter((each) => !each.matches("input[type=hidden]") && !bare(each));
  return [...new Set(all.map((each) => [
    each.parentElement?.tagName, each.tagName, each.checkVisibility(seen),
    [...each.childNodes].some((node) => bare(node) || (node.nodeType === 3 && node.data.trim())),
    ...[...each.attributes].filter(({name}) => !left(each, name)).map(told).sort(),
  ].join(" ")))];
}"""
GO = """(fragment) => new Promise((done) => {
  const drawn = () => requestAnimationFrame(() => requestAnimationFrame(done));
  if (location.hash === fragment) return drawn();
  addEventListener("hashchange", drawn, {once: true});
  location.hash = fragment;
})"""
OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true; })"


def violations(page: Page, *only: str, contrast: bool = True) -> list[str]:
    """Names of the rules that are broken, each with the first place where; of all rules or of those that are named.

    Half the time goes to the contrast of text, which is left out where the same colours are looked at in another test.
    """
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(f"{AXE}; {SETTING}")
    page.evaluate(MARK)
    return list(page.evaluate(RUN, [only, contrast]))


def kinds(page: Page) -> set[str]:
    """What a page is built of: what stands in what, shown or not, with which attributes, which filled and which pointing.

    Its words are left out, and the spans that only tell in which language some are: a page of the same kinds in another
    language breaks the same rules, but for those on words.
    """
    return set(page.evaluate(KINDS))


def unfold(page: Page) -> None:
    """Open every part of a page that opens."""
    page.evaluate(OPEN)


def go(page: Page, fragment: str) -> None:
    """Change the fragment of an open map, and wait until the page shows what it says."""
    page.evaluate(GO, fragment)
    if "view=network" in fragment:
        page.locator("#network canvas").wait_for()


def judge(page: Page, english: Page, fragment: str = "") -> list[str]:
    """The rules that a page breaks with all its details open, and in what the English one differs but for its words.

    A fragment is the state of an open map that is looked at.
    """
    for each in (page, english):
        if fragment:
            go(each, fragment)
        unfold(each)
    return violations(page) + [f"in one language: {each}" for each in sorted(kinds(page) ^ kinds(english))]
