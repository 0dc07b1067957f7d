(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const data = JSON.parse($("#data").textContent);
  const { nodes, edges } = data;
  const first = data.lang;
  const byId = new Map(nodes.map((node, index) => [node.id, { node, element: document.getElementById(`n${index}`), index }]));
  const known = {
    nodes: nodes.map((node) => node.id),
    ages: all("[data-choice=age] option").map((option) => option.value),
    types: all("[data-choice=type] option").map((option) => option.value),
    parts: all("[data-part]").map((box) => box.dataset.part),
  };
  const drawing = $("#drawing");
  const box = drawing.getAttribute("viewBox");
  const which = () => (state.lang === "en" ? 1 : 0);
  let state = core.readHash(location.hash, known, first);
  let shown, lit, net, cursor = "", zoom = 1, wrote = null;
  document.documentElement.classList.add("js");

  // ---- network: vis-network with places from the file, drawn by hand, physics off
  const paint = ({ ctx, x, y, id }) => {
    const { node } = byId.get(id);
    const lines = node.lines[which()];
    const high = 15 * lines.length + 9;
    const [left, top] = [x - node.w / 2, y - high / 2];
    const drawNode = () => {
      const [ghost, forum] = [node.kind === "gap" || node.kind === "question", node.kind === "forum"];
      const light = forum && node.color === "#FFFFFF";
      ctx.save();
      ctx.globalAlpha = lit && !lit.nodes.has(id) ? 0.18 : 1;
      ctx.beginPath();
      ctx.roundRect(left, top, node.w, high, ghost ? 12 : 5);
      ctx.fillStyle = forum ? node.color : "#FFFFFF";
      ctx.fill();
      ctx.lineWidth = 1.4;
      ctx.strokeStyle = light ? "#14284B" : node.color;
      if (ghost) ctx.setLineDash([5, 3]);
      ctx.stroke();
      ctx.setLineDash([]);
      if (id === state.node || (id === cursor && document.activeElement === $("#network"))) {
        ctx.lineWidth = 4;
        ctx.strokeStyle = "#F5B301";
        ctx.stroke();
      }
      ctx.textBaseline = "middle";
      ctx.textAlign = "center";
      const face = getComputedStyle(document.documentElement).fontFamily;
      const write = (lines, at, size, ink) => {
        ctx.font = `${size} ${face}`;
        ctx.fillStyle = ink;
        lines.forEach((line, n) => ctx.fillText(line, at, y + 0.5 + 15 * (n - (lines.length - 1) / 2)));
      };
      if (node.kind === "actor") {
        ctx.fillStyle = node.color;
        ctx.beginPath();
        ctx.roundRect(left, top, 28, high, [5, 0, 0, 5]);
        ctx.fill();
        const dark = node.part === "operations" || node.part === "other-municipalities";
        write([node.code[which()]], left + 14, "bold 12px", dark ? "#14181F" : "#FFFFFF");
        write(lines, left + 28 + (node.w - 28) / 2, "12.5px", "#14181F");
      } else {
        write(lines, x, forum ? "bold 13px" : "12px", forum ? (light ? "#14284B" : "#FFFFFF") : node.color);
      }
      ctx.restore();
    };
    return { drawNode, nodeDimensions: { width: node.w, height: high } };
  };

  const openNetwork = () => {
    if (net) return;
    const items = nodes.map(({ id, x, y }) => ({ id, x, y, shape: "custom", ctxRenderer: paint }));
    const links = edges.map(({ id, from, to, width, dashes, arrows }) => ({ id, from, to, width, dashes, arrows }));
    net = { nodes: new vis.DataSet(items), edges: new vis.DataSet(links) };
    net.view = new vis.Network($("#network"), { nodes: net.nodes, edges: net.edges }, {
      physics: false,
      interaction: { dragNodes: false, selectConnectedEdges: false, hoverConnectedEdges: false },
      nodes: { chosen: false },
      edges: { smooth: false, chosen: false, arrows: { to: { scaleFactor: 0.5 } } },
    });
    net.view.on("click", (event) => choose(event.nodes[0] || ""));
    for (const name of ["focus", "blur"]) $("#network").addEventListener(name, () => net.view.redraw());
    $("#network canvas").setAttribute("aria-hidden", "true");
    net.fit = true;
  };

  // All of it where it can be read; else from the top, at the least size that can.
  const fitNetwork = () => {
    const seen = nodes.filter((node) => shown.nodes.has(node.id));
    if (!seen.length) return;
    const { clientWidth: width, clientHeight: height } = $("#network");
    const [left, right] = [Math.min(...seen.map((n) => n.x - n.w / 2)), Math.max(...seen.map((n) => n.x + n.w / 2))];
    const [top, bottom] = [Math.min(...seen.map((n) => n.y - n.h / 2)), Math.max(...seen.map((n) => n.y + n.h / 2))];
    const scale = Math.min(1.4, Math.max(0.97, Math.min(width / (right - left + 40), height / (bottom - top + 40))));
    const [tall, wide] = [height / scale, width / scale];
    const y = bottom - top + 40 > tall ? top - 20 + tall / 2 : (top + bottom) / 2;
    const x = right - left + 40 > wide ? left - 20 + wide / 2 : (left + right) / 2;
    net.view.moveTo({ position: { x, y }, scale, animation: false });
    net.fit = false;
  };

  const showNetwork = () => {
    openNetwork();
    net.nodes.update(nodes.map(({ id }) => ({ id, hidden: !shown.nodes.has(id) })));
    net.edges.update(edges.map(({ id, color }) => ({ id, hidden: !shown.edges.has(id), color: { color, opacity: lit ? (lit.edges.has(id) ? 1 : 0.08) : 0.6 } })));
    if (net.fit) fitNetwork();
    net.view.redraw();
  };

  // ---- one state, shown everywhere
  const showWords = () => {
    document.documentElement.lang = state.lang;
    document.title = data.names.title[which()];
    for (const option of all("option[data-sv]")) option.textContent = option.dataset[state.lang];
    for (const item of all("[data-sv-label]")) item.setAttribute("aria-label", item.getAttribute(`data-${state.lang}-label`));
    for (const { node, element } of byId.values()) element.setAttribute("aria-label", node.say[which()]);
    for (const button of all("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === state.lang));
  };

  const showDrawing = () => {
    drawing.classList.toggle("asking", state.questions);
    for (const { node, element } of byId.values()) {
      element.classList.toggle("off", !shown.nodes.has(node.id));
      element.classList.toggle("faint", Boolean(lit) && !lit.nodes.has(node.id));
      element.classList.toggle("chosen", node.id === state.node);
      element.setAttribute("aria-pressed", String(node.id === state.node));
      element.setAttribute("tabindex", node.id === cursor ? "0" : "-1");
    }
    for (const edge of edges) {
      const element = document.getElementById(edge.id);
      element.classList.toggle("off", !shown.edges.has(edge.id));
      element.classList.toggle("faint", Boolean(lit) && !lit.edges.has(edge.id));
      element.classList.toggle("lit", Boolean(lit) && lit.edges.has(edge.id));
    }
  };

  const showPanel = (moved) => {
    const entry = byId.get(state.node);
    $("#filters").hidden = Boolean(entry);
    $("#details").hidden = !entry;
    if (entry && moved) {
      $("#about").replaceChildren(document.getElementById(`d${entry.index}`).content.cloneNode(true));
      $("#details").scrollTop = 0;
    }
    for (const field of all("[data-part]")) if (field.type === "checkbox") field.checked = !state.off.includes(field.dataset.part);
    for (const field of all("[data-flag]")) field.checked = state[field.dataset.flag];
    for (const field of all("[data-choice]")) field.value = state[field.dataset.choice];
    const count = (kind) => nodes.filter((node) => node.kind === kind && shown.nodes.has(node.id)).length;
    const said = [["forum", "forum"], ["actor", "actor"], ["gap", "gap"]].map(([kind, word]) => core.plural(count(kind), data.words[word], state.lang));
    $("#shown").textContent = state.lang === "en" ? `Showing ${said[0]}, ${said[1]} and ${said[2]}.` : `${said[0]}, ${said[1]} och ${said[2]} visas.`;
    for (const link of all("a.here")) link.href = core.writeHash(state, "") || "#";
    for (const row of all("[data-row]")) row.classList.toggle("chosen", row.dataset.row === state.node);
  };

  const say = (id) => { $("#live").textContent = byId.has(id) ? byId.get(id).node.say[which()] : ""; };

  const show = (moved = true) => {
    shown = core.visible(nodes, edges, state);
    if (!shown.nodes.has(state.node) && state.node) {
      const { node } = byId.get(state.node);
      if (node.kind === "question") { state.questions = true; return show(moved); }
      if (node.kind === "gap" && !state.gaps) { state.gaps = true; return show(moved); }
      state.node = "";
    }
    lit = state.node ? core.linked(state.node, edges, shown) : null;
    if (!shown.nodes.has(cursor)) cursor = state.node || nodes.find((node) => shown.nodes.has(node.id))?.id || "";
    showWords();
    showDrawing();
    showPanel(moved);
    for (const section of all("#stage > section")) section.classList.toggle("open", section.id === state.view);
    for (const button of all("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
    if (state.view === "network") showNetwork();
    wrote = core.writeHash(state, first);
    if (wrote !== location.hash) history.replaceState(null, "", wrote || "#");
    return undefined;
  };

  const choose = (id, { reveal = false } = {}) => {
    state.node = id;
    cursor = id || cursor;
    show();
    say(id);
    const entry = byId.get(id);
    if (reveal && entry && state.view === "levels") entry.element.scrollIntoView({ block: "center", inline: "nearest" });
    if (reveal && entry && state.view === "network") net.view.focus(id, { scale: net.view.getScale(), animation: false });
  };

  const place = (node) => (state.view === "network" ? [node.x, node.y] : [node.box[0] + node.box[2] / 2, node.box[1] + node.box[3] / 2]);
  const step = (key) => {
    const next = core.nearest(nodes, cursor, key, shown.nodes, place);
    if (!next) return;
    cursor = next;
    say(next);
    showDrawing();
    if (state.view === "levels") byId.get(next).element.focus();
    else { net.view.moveTo({ position: { x: place(byId.get(next).node)[0], y: place(byId.get(next).node)[1] }, animation: false }); net.view.redraw(); }
  };
  // On a projector the whole drawing, unless that makes it too small to read.
  const scaleDrawing = () => {
    const stage = $("#stage"), [, , wide, high] = box.split(" ").map(Number);
    const present = document.body.classList.contains("present");
    const fitting = Math.max(wide, Math.min(stage.clientWidth, (stage.clientHeight * wide) / high, 1760));
    const base = present ? fitting : Math.max(wide, Math.min(stage.clientWidth, 1400));
    drawing.style.width = present || zoom !== 1 ? `${base * zoom}px` : "";
    drawing.style.maxWidth = drawing.style.minWidth = present || zoom !== 1 ? "none" : "";
  };
  const enlarge = (factor) => {
    zoom = factor ? Math.min(4, Math.max(0.5, zoom * factor)) : 1;
    scaleDrawing();
    if (net && state.view === "network") factor ? net.view.moveTo({ scale: net.view.getScale() * factor, animation: false }) : fitNetwork();
  };

  // ---- search
  const field = $("#search"), results = $("#results");
  let hits = [], at = -1;
  const mark = (index) => {
    at = index;
    all("li", results).forEach((item, n) => item.setAttribute("aria-selected", String(n === at)));
    if (at >= 0 && hits.length) field.setAttribute("aria-activedescendant", `r${at}`);
    else field.removeAttribute("aria-activedescendant");
  };
  const list = () => {
    hits = core.search(nodes, field.value);
    results.replaceChildren(...hits.map((node, n) => {
      const item = document.createElement("li"), name = document.createElement("span"), kind = document.createElement("span");
      item.id = `r${n}`;
      item.setAttribute("role", "option");
      name.textContent = node.names[which()];
      kind.className = "kind";
      kind.textContent = data.names[node.kind === "forum" ? "forum" : "actor"][which()];
      item.append(name, kind);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(n); });
      return item;
    }));
    if (!hits.length && field.value.trim()) {
      const item = document.createElement("li");
      item.className = "nothing";
      item.textContent = state.lang === "en" ? "Nothing in the report is called that." : "Inget i rapporten heter så.";
      results.append(item);
    }
    results.hidden = !field.value.trim();
    field.setAttribute("aria-expanded", String(!results.hidden));
    mark(hits.length ? 0 : -1);
  };
  const close = () => { results.hidden = true; field.setAttribute("aria-expanded", "false"); };
  const take = (index) => {
    if (!hits[index]) return;
    field.value = "";
    close();
    choose(hits[index].id, { reveal: true });
  };
  field.addEventListener("input", list);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && hits.length) mark((at + 1) % hits.length);
    else if (event.key === "ArrowUp" && hits.length) mark((at + hits.length - 1) % hits.length);
    else if (event.key === "Enter") take(at);
    else if (event.key === "Escape") { field.value = ""; close(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  // ---- save and print
  const save = () => {
    const copy = drawing.cloneNode(true);
    copy.setAttribute("viewBox", drawing.dataset.full);
    for (const item of all(`.off, ${state.questions ? "" : ".heading.asked, "}.${state.lang === "sv" ? "en" : "sv"}`, copy)) item.remove();
    for (const item of all(".node", copy)) for (const name of ["role", "tabindex", "aria-label", "aria-pressed"]) item.removeAttribute(name);
    for (const item of all(".faint", copy)) item.setAttribute("opacity", "0.2");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
    link.download = `${data.names.file}-${state.lang}.svg`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 0);
  };
  window.addEventListener("beforeprint", () => drawing.setAttribute("viewBox", drawing.dataset.full));
  window.addEventListener("afterprint", () => drawing.setAttribute("viewBox", box));
  const actions = {
    save,
    print: () => window.print(),
    back: () => choose(""),
    reset: () => { state = { ...core.fresh(state.lang), view: state.view }; show(); },
    present: (button) => { button.setAttribute("aria-pressed", String(document.body.classList.toggle("present"))); if (net) net.fit = true; scaleDrawing(); show(false); },
  };

  // ---- one listener each
  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-do],[data-view],[data-lang],[data-node],.skip");
    if (!target) return;
    const { dataset } = target;
    if (dataset.do) actions[dataset.do](target);
    if (dataset.view) { state.view = dataset.view; show(false); }
    if (dataset.lang) { state.lang = dataset.lang; show(false); }
    if (dataset.node) { event.preventDefault(); choose(dataset.node, { reveal: true }); }
    if (target.matches(".skip")) { event.preventDefault(); state.view = "tables"; show(false); $("#tables").focus(); }
  });
  drawing.addEventListener("click", (event) => {
    const group = event.target.closest(".node");
    choose(group ? nodes[Number(group.id.slice(1))].id : "");
  });
  document.addEventListener("change", ({ target }) => {
    const { part, flag, choice } = target.dataset;
    if (part) state.off = target.checked ? state.off.filter((each) => each !== part) : [...state.off, part];
    if (flag) state[flag] = target.checked;
    if (choice) state[choice] = target.value;
    if (part || flag || choice) show(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox]),select")) return;
    const inside = event.target.closest("#levels,#network");
    const { key } = event;
    if (key === "/") { event.preventDefault(); field.focus(); }
    else if (key === "Escape") { if (state.node) choose(""); else if (document.body.classList.contains("present")) $("[data-do=present]").click(); }
    else if (key === "+" || key === "-" || key === "0") enlarge({ "+": 1.2, "-": 1 / 1.2, 0: 0 }[key]);
    else if (inside && key.startsWith("Arrow")) { event.preventDefault(); step(key); }
    else if (inside && (key === "Enter" || key === " ")) { event.preventDefault(); choose(cursor); }
  });
  window.addEventListener("hashchange", () => {
    if (location.hash === wrote) return;
    state = core.readHash(location.hash, known, state.lang);
    show();
    say(state.node);
  });
  show();
  say(state.node);
})();
