// Two reports side by side: what is chosen on one map is chosen on the other, with what each says of it below.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const panel = document.querySelector("#chosen"), said = document.querySelector("#said");
  const maps = all(".side > svg");
  // Every shape of both maps in one plane, the second to the right of the first.
  const nodes = maps.flatMap((map, side) => all("[data-key]", map).map((element) => {
    const box = element.querySelector(".shape");
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(box.getAttribute(name)));
    return { id: `${side} ${element.dataset.key}`, key: element.dataset.key, element, at: [x + width / 2 + side * 1000, y + height / 2] };
  }));
  const edges = all(".side .edge").map((element) => ({ element, ends: [element.dataset.actor, element.dataset.forum] }));
  const panels = new Map(all("[data-panel]").map((each) => [each.dataset.panel, each]));
  const known = new Set(nodes.map((node) => node.id));
  let chosen = "", cursor = nodes.length ? nodes[0].id : "";
  document.documentElement.classList.add("js");
  for (const map of maps) map.setAttribute("role", "group");
  for (const { element } of nodes) {
    const words = all("tspan", element).map((each) => each.textContent);
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", words.join(" ").replaceAll("- ", ""));
    element.classList.add("node");
  }

  const show = () => {
    const near = new Set([chosen]);
    for (const { element, ends } of edges) {
      const lit = ends.includes(chosen);
      if (lit) ends.forEach((each) => near.add(each));
      element.classList.toggle("faint", Boolean(chosen) && !lit);
    }
    for (const { id, key, element } of nodes) {
      element.classList.toggle("chosen", key === chosen);
      element.classList.toggle("faint", Boolean(chosen) && !near.has(key));
      element.setAttribute("aria-pressed", String(key === chosen));
      element.setAttribute("tabindex", id === cursor ? "0" : "-1");
    }
    for (const [key, each] of panels) each.hidden = key !== chosen;
    panel.hidden = !chosen;
    document.documentElement.classList.toggle("choosing", Boolean(chosen));
    panel.scrollTop = 0;
  };
  const choose = (key) => {
    chosen = panels.has(key) ? key : "";
    const here = nodes.find((node) => node.id === cursor);
    if (chosen && here.key !== chosen) cursor = nodes.find((node) => node.key === chosen).id;
    show();
    const article = panels.get(chosen);
    said.textContent = article ? `${article.querySelector("h2").textContent}. ${article.querySelector(".stands").textContent}` : "";
    history.replaceState(null, "", chosen ? `#node=${encodeURIComponent(chosen).replaceAll("%2F", "/")}` : location.pathname + location.search);
  };
  const take = (shape) => {
    choose(shape.dataset.key === chosen ? "" : shape.dataset.key);
    if (chosen) shape.scrollIntoView({ block: "nearest" });
  };
  const read = () => {
    const found = location.hash.match(/^#node=(.*)$/);
    if (!found) return;
    try { choose(decodeURIComponent(found[1])); } catch { choose(""); }
    const first = nodes.find((node) => node.key === chosen);
    if (first) first.element.scrollIntoView({ block: "center" });
  };

  document.addEventListener("click", ({ target }) => {
    const shape = target.closest(".side [data-key]"), button = target.closest("#chosen [data-node]");
    if (shape) {
      cursor = `${maps.indexOf(shape.closest("svg"))} ${shape.dataset.key}`;
      take(shape);
    } else if (button) {
      choose(button.dataset.node);
      const { element } = nodes.find((each) => each.id === cursor);
      element.scrollIntoView({ block: "nearest" });
      element.focus();
    } else if (target.closest(".side > svg")) choose("");
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event, shape = event.target.closest(".side [data-key]");
    if (key === "Escape" && chosen) choose("");
    else if (shape && key.startsWith("Arrow")) {
      const next = core.nearest(nodes, cursor, key, known, (node) => node.at);
      if (next) { cursor = next; show(); nodes.find((node) => node.id === next).element.focus(); }
    } else if (shape && (key === "Enter" || key === " ")) take(shape);
    else return;
    event.preventDefault();
  });
  window.addEventListener("hashchange", read);
  show();
  read();
})();
