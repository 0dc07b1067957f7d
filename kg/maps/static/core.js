"use strict";
// Pure functions: no document, no window. Tested on their own.
const core = (() => {
  const VIEWS = ["levels", "network", "tables"], SHOWN = ["cuts", "overlaps", "path"], OLDEST = 25;

  // "Nämnden för arbete" -> "namnden for arbete"
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  const rank = (node, words) => {
    const names = node.names.map(fold);
    if (!names.some((name) => words.every((word) => name.includes(word)))) return null;
    const starts = names.some((name) => name.startsWith(words[0])) ? 0 : 1;
    return [node.kind === "forum" ? 0 : 1, starts, names[0]];
  };

  const compare = (a, b) => {
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
  };

  // Forums and actors that hold all words in any order; forums first, then those that begin with the first word.
  const search = (nodes, query, limit = 12) => {
    const words = fold(query).split(" ").filter(Boolean);
    if (!words.length) return [];
    return nodes
      .filter((node) => node.kind === "forum" || node.kind === "actor")
      .map((node) => [rank(node, words), node])
      .filter(([key]) => key)
      .sort((a, b) => compare(a[0], b[0]))
      .slice(0, limit)
      .map(([, node]) => node);
  };

  const fresh = (lang) => ({ view: "levels", lang, node: "", age: "", type: "", certainty: "", gaps: true, questions: false, off: [], show: "", pick: "", from: "", to: "", way: 0, whatif: "" });

  const isAge = (text) => {
    const [low, high] = (/^\d{1,2}-\d{1,2}$/.test(text) ? text : "1-0").split("-").map(Number);
    return text === "unstated" || (low <= high && high <= OLDEST);
  };

  // What a fragment asks for; whatever is unknown is ignored.
  const readHash = (text, known, lang) => {
    const state = fresh(lang);
    for (const part of text.replace(/^#/, "").split("&")) {
      const at = part.indexOf("=");
      if (at < 0) continue;
      let value;
      try { value = decodeURIComponent(part.slice(at + 1)); } catch { continue; }
      const name = part.slice(0, at);
      if (name === "view" && VIEWS.includes(value)) state.view = value;
      if (name === "lang" && (value === "sv" || value === "en")) state.lang = value;
      if (name === "node" && known.nodes.includes(value)) state.node = value;
      if (name === "age" && isAge(value)) state.age = value;
      if (name === "type" && known.types.includes(value)) state.type = value;
      if (name === "certainty" && value === "uttalad") state.certainty = value;
      if (name === "gaps" && value === "0") state.gaps = false;
      if (name === "questions" && value === "1") state.questions = true;
      if (name === "show" && SHOWN.includes(value)) state.show = value;
      if (["pick", "from", "to"].includes(name) && value.length < 300) state[name] = value;
      if (name === "whatif" && value.length < 4000) state.whatif = value;
      if (name === "way" && /^[1-9]\d?$/.test(value)) state.way = Number(value) - 1;
      if (name === "off") state.off = value.split(",").filter((each) => known.parts.includes(each));
    }
    return shownAs(state, state.show || (state.from && state.to ? "path" : ""));
  };

  // The state with something else shown on the map; what belongs to another choice is dropped.
  const shownAs = (state, show) => {
    const path = show === "path", kept = path ? {} : { from: "", to: "", way: 0 };
    return { ...state, ...kept, show, pick: show && !path && show === state.show ? state.pick : "" };
  };

  // The shortest fragment that leads back to a state.
  const writeHash = (state, lang) => {
    const parts = [];
    const put = (name, value) => parts.push(`${name}=${encodeURIComponent(value).replace(/%2F/g, "/").replace(/%2C/g, ",").replace(/%40/g, "@").replace(/%2B/g, "+")}`);
    if (state.node) put("node", state.node);
    if (state.view !== "levels") put("view", state.view);
    if (state.lang !== lang) put("lang", state.lang);
    for (const name of ["age", "type", "certainty"]) if (state[name]) put(name, state[name]);
    for (const name of ["show", "pick", "from", "to"]) if (state[name]) put(name, state[name]);
    if (state.way) put("way", state.way + 1);
    if (state.whatif) put("whatif", state.whatif);
    if (!state.gaps) put("gaps", "0");
    if (state.questions) put("questions", "1");
    if (state.off.length) put("off", [...state.off].sort().join(","));
    return parts.length ? `#${parts.join("&")}` : "";
  };

  // One click picks a year, one more a span, a third a year again; the same year twice picks all ages.
  const pickAge = (age, year) => {
    const [low, high] = isAge(age) && age !== "unstated" ? age.split("-").map(Number) : [-1, -2];
    if (low !== high) return `${year}-${year}`;
    return year === low ? "" : `${Math.min(low, year)}-${Math.max(low, year)}`;
  };

  const reaches = (spans, low, high) => spans.some(([from, to]) => from <= high && (to ?? 200) >= low);

  const fitsAge = (node, age) => {
    if (!age) return true;
    if (age === "unstated") return !node.ages.length;
    const [low, high] = age.split("-").map(Number);
    return reaches(node.ages, low, high);
  };

  // Ids of the nodes and edges that the filters let through.
  const visible = (nodes, edges, state) => {
    const shown = new Set();
    const on = (node) => !state.off.includes(node.part);
    const forums = nodes.filter((node) => node.kind === "forum");
    for (const node of forums) {
      if (on(node) && fitsAge(node, state.age) && (!state.type || node.types.includes(state.type))) shown.add(node.id);
    }
    const certain = (edge) => !state.certainty || !edge.certainty || edge.certainty === state.certainty;
    const narrowed = shown.size < forums.length || state.certainty;
    const reached = new Set(edges.filter((edge) => shown.has(edge.to) && certain(edge)).map((edge) => edge.from));
    for (const node of nodes) {
      if (node.kind === "actor" && on(node) && (!narrowed || reached.has(node.id))) shown.add(node.id);
      const asked = (node.kind === "gap" && state.gaps) || (node.kind === "question" && state.questions);
      if (asked && (!node.forum || shown.has(node.forum))) shown.add(node.id);
    }
    const links = edges.filter((edge) => shown.has(edge.from) && shown.has(edge.to) && certain(edge));
    return { nodes: shown, edges: new Set(links.map((edge) => edge.id)) };
  };

  // The chosen node, its neighbours and the edges between them.
  const linked = (id, edges, shown) => {
    const found = { nodes: new Set([id]), edges: new Set() };
    for (const edge of edges) {
      if (!shown.edges.has(edge.id) || (edge.from !== id && edge.to !== id)) continue;
      found.edges.add(edge.id);
      found.nodes.add(edge.from).add(edge.to);
    }
    return found;
  };

  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  // The nearest shown node in a direction; what lies off the line counts thrice. `place` gives a node's middle.
  const nearest = (nodes, id, way, shown, place) => {
    const here = nodes.find((node) => node.id === id);
    if (!here || !WAYS[way]) return "";
    const [dx, dy] = WAYS[way];
    const [x, y] = place(here);
    let best = "", least = Infinity;
    for (const node of nodes) {
      if (node.id === id || !shown.has(node.id)) continue;
      const [a, b] = place(node);
      const ahead = (a - x) * dx + (b - y) * dy;
      const aside = Math.abs((a - x) * dy) + Math.abs((b - y) * dx);
      if (ahead > 0 && ahead + 3 * aside < least) { least = ahead + 3 * aside; best = node.id; }
    }
    return best;
  };

  const plural = (count, forms, lang) => `${count} ${forms[count === 1 ? 0 : 1][lang === "en" ? 1 : 0]}`;

  return { fold, search, fresh, readHash, writeHash, shownAs, pickAge, reaches, visible, linked, nearest, plural };
})();
