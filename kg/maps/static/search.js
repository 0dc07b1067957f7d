// The field that finds a forum or an actor by words of its name, as a list to pick from; gives the field.
const searching = (page, names, choose) => {
  const field = document.querySelector("#search"), results = document.querySelector("#results");
  let hits = [], at = -1;
  const mark = (index) => {
    at = index;
    results.querySelectorAll("li").forEach((item, n) => item.setAttribute("aria-selected", String(n === at)));
    if (at >= 0 && hits.length) field.setAttribute("aria-activedescendant", `r${at}`);
    else field.removeAttribute("aria-activedescendant");
  };
  const list = () => {
    hits = core.search(page.nodes, field.value);
    results.replaceChildren(...hits.map((node, n) => {
      const item = document.createElement("li"), name = document.createElement("span"), kind = document.createElement("span");
      item.id = `r${n}`;
      item.setAttribute("role", "option");
      name.textContent = node.names[page.which()];
      kind.className = "kind";
      kind.textContent = names[node.kind === "forum" ? "forum" : "actor"][page.which()];
      item.append(name, kind);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(n); });
      return item;
    }));
    if (!hits.length && field.value.trim()) {
      const item = document.createElement("li");
      item.className = "nothing";
      item.textContent = page.state().lang === "en" ? "Nothing on the map is called that." : "Inget på kartan heter så.";
      results.append(item);
    }
    results.hidden = !field.value.trim();
    field.setAttribute("aria-expanded", String(!results.hidden));
    mark(hits.length ? 0 : -1);
  };
  const close = () => { results.hidden = true; field.setAttribute("aria-expanded", "false"); };
  const take = (index) => {
    if (!hits[index]) return;
    const { id } = hits[index];
    field.value = "";
    hits = [];
    close();
    choose(id);
  };
  field.addEventListener("input", list);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && hits.length) mark((at + 1) % hits.length);
    else if (event.key === "ArrowUp" && hits.length) mark((at + hits.length - 1) % hits.length);
    else if (event.key === "Enter") take(at);
    else if (event.key === "Escape") { if (!field.value) choose(""); field.value = ""; hits = []; close(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return field;
};
