// The country: tiles that open a municipality in the same file. Each map lies packed and is drawn from its places.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = JSON.parse($("#words").textContent);
  const SVG = "http://www.w3.org/2000/svg";
  document.documentElement.classList.add("js");
  let lang = words.lang, code = "", model = null, chosen = -1;
  const say = (pair) => pair[lang === "en" ? pair.length - 1 : 0];

  const make = (name, attributes, parent, text = "") => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text) element.textContent = text;
    parent.append(element);
    return element;
  };

  const lines = (texts, x, y, anchor, ink, bold, parent) => {
    const text = make("text", { "text-anchor": anchor, fill: ink, "font-size": bold ? 13 : 12, ...(bold ? { "font-weight": "bold" } : {}) }, parent);
    texts.forEach((line, n) => make("tspan", { x, y: y + 4 + 15 * (n - (texts.length - 1) / 2) }, text, line));
  };

  const box = (node, index, svg) => {
    const [kind, part, x, y, width, height, texts, name] = node;
    const shown = texts[lang === "en" ? texts.length - 1 : 0];
    const group = make("g", { class: "node", role: "button", tabindex: 0, "aria-label": say(name), "data-index": index }, svg);
    const [middle, centre] = [y + height / 2, x + width / 2];
    if (kind === 1) {
      const sector = words.sectors[part];
      make("rect", { x, y, width, height, rx: 4, fill: "#FFFFFF", stroke: sector.colour, "stroke-width": 1.4 }, group);
      make("rect", { x, y, width: 28, height, rx: 4, fill: sector.colour }, group);
      lines([say(sector.code)], x + 14, middle, "middle", sector.ink, true, group);
      lines(shown, x + 35, middle, "start", "#14181F", false, group);
    } else if (kind === 0) {
      const fill = words.bands[part], light = fill === "#FFFFFF";
      make("rect", { x, y, width, height, rx: 5, fill, ...(light ? { stroke: "#14284B", "stroke-width": 1.6 } : {}) }, group);
      lines(shown, centre, middle, "middle", light ? "#14284B" : "#FFFFFF", true, group);
    } else {
      make("rect", { x: x + 1, y: y + 1, width: width - 2, height: height - 2, rx: part ? 5 : 13, fill: "#FFFFFF", stroke: words.gap, "stroke-width": 1.6, "stroke-dasharray": "5 3" }, group);
      lines(shown, centre, middle, "middle", words.gap, Boolean(part), group);
    }
  };

  const draw = () => {
    const svg = document.createElementNS(SVG, "svg");
    for (const [key, value] of [["id", "drawing"], ["class", "drawing"], ["viewBox", `0 0 1050 ${model.height}`], ["role", "group"], ["font-family", getComputedStyle(document.body).fontFamily], ["font-size", "12.5"]]) svg.setAttribute(key, value);
    model.panels.forEach(([x, y, width, height], n) => make("rect", { x, y, width, height, rx: 10, fill: n === 1 ? "#E9EDF5" : "#F3F5F8" }, svg));
    for (const [x, y, width, label, nobody] of model.headings) {
      make("text", { x, y: y + 14, "font-size": 12, "font-weight": "bold", fill: "#333F55" }, svg, say(label));
      make("path", { d: `M${x} ${y + 21}H${x + width}`, stroke: "#C3CBD9" }, svg);
      if (nobody) make("text", { x, y: y + 39, "font-size": 12, "font-style": "italic", fill: "#5B6472" }, svg, say(nobody));
    }
    model.curves.forEach(([from, , d, how], n) => {
      make("path", { d, fill: "none", stroke: words.sectors[model.nodes[from][1]].colour, "stroke-width": how === 1 ? 0.9 : 1.5, "stroke-opacity": 0.72, ...(how === 2 ? { "stroke-dasharray": "0.1 5", "stroke-linecap": "round" } : {}), class: "edge", "data-edge": n }, svg);
    });
    for (const d of model.arrows) make("path", { d, fill: "none", stroke: "#14284B", "stroke-width": 1.3, class: "edge" }, svg);
    for (const [at, d] of model.ties) make("path", { d, fill: "none", stroke: words.gap, "stroke-width": 1.5, "stroke-dasharray": "4 3", class: "edge", "data-tie": at }, svg);
    model.nodes.forEach((node, index) => box(node, index, svg));
    $("#levels").replaceChildren(svg);
  };

  const about = () => {
    const room = $("#about");
    room.replaceChildren();
    if (chosen < 0) return;
    const node = model.nodes[chosen], head = document.createElement("h3");
    head.textContent = say(node[7]);
    room.append(head);
    if (node[0] === 2) {
      const told = document.createElement("p");
      told.textContent = say(node[8]);
      room.append(told);
      return;
    }
    const list = document.createElement("ul");
    for (const [from, to, , , how] of model.curves.filter((curve) => curve[0] === chosen || curve[1] === chosen)) {
      const other = from === chosen ? to : from, item = document.createElement("li"), button = document.createElement("button");
      button.type = "button";
      button.textContent = say(model.nodes[other][7]);
      button.dataset.index = other;
      item.append(button, how[0] === "deltar" ? "" : ` (${say(how)})`);
      list.append(item);
    }
    room.append(list);
  };

  const choose = (index) => {
    chosen = index;
    const near = new Set([index]);
    for (const [from, to] of model.curves) if (from === index || to === index) near.add(from).add(to);
    all("#drawing .node").forEach((element, n) => element.classList.toggle("dim", index >= 0 && !near.has(n)));
    all("#drawing .edge").forEach((element) => {
      const curve = model.curves[element.dataset.edge];
      element.classList.toggle("dim", index >= 0 && !(curve && (curve[0] === index || curve[1] === index)) && Number(element.dataset.tie ?? -2) !== index);
    });
    about();
  };

  const show = async () => {
    const wanted = new URLSearchParams(location.hash.slice(1)).get("kommun") || "";
    const packed = all("script[data-code]").find((each) => each.dataset.code === wanted);
    $("#country").hidden = Boolean(packed);
    $("#opened").hidden = !packed;
    if (!packed) { code = ""; return; }
    if (code !== wanted) { model = JSON.parse(await inflate(packed)); code = wanted; chosen = -1; }
    $("#place").textContent = say(model.title);
    $("#source").textContent = say(model.source);
    const whole = $("#whole");
    whole.hidden = !words.folders;
    whole.setAttribute("href", `${packed.dataset.report}/${words.lang === "en" ? "map" : "karta"}.html`);
    draw();
    choose(chosen);
  };

  const speak = (wanted) => {
    lang = wanted;
    document.documentElement.lang = lang;
    for (const button of all("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
  };

  $("#search").addEventListener("input", (event) => {
    const wanted = core.fold(event.target.value);
    let found = 0;
    for (const item of all("[data-name]")) { item.hidden = !core.fold(item.dataset.name).includes(wanted); found += !item.hidden; }
    for (const county of all(".county")) county.hidden = !all("li", county).some((item) => !item.hidden);
    $("#hits").textContent = wanted ? (lang === "en" ? `${found} found.` : `${found} ${found === 1 ? "träff" : "träffar"}.`) : "";
  });
  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-lang],[data-index],#levels");
    if (!target) return;
    if (target.dataset.lang) { speak(target.dataset.lang); if (code) show(); }
    else if (target.dataset.index) choose(Number(target.dataset.index));
    else if (model) choose(-1);
  });
  document.addEventListener("keydown", (event) => {
    const node = event.target.closest("#drawing .node");
    if (node && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); choose(Number(node.dataset.index)); }
    else if (event.key === "Escape" && code) { if (chosen >= 0) choose(-1); else location.hash = ""; }
  });
  window.addEventListener("hashchange", () => show().then(() => { if (code) $("#place").focus(); }));
  show();
})();
