// The shortest ways of a signal, over the steps that the page was given: the search of kg.paths. Pure, tested against it.
const paths = (() => {
  const TOLD = ["flow", "report"], MOST = 100;

  const build = ({ points, steps, doubts, may }) => {
    const after = points.map(() => []), before = points.map(() => []);
    const byEnds = new Map();
    for (const step of steps) {
      after[step.from].push(step.to);
      before[step.to].push(step.from);
      byEnds.set(`${step.from} ${step.to}`, step);
    }
    for (const each of [...after, ...before]) each.sort((a, b) => a - b);
    const places = new Map(points.map((point, index) => [point.id, index]));
    return { points, doubts, may, after, before, places, step: (from, to) => byEnds.get(`${from} ${to}`) };
  };

  // The least number of steps to each point; a whole municipality or region is reached and never passed.
  const stepsFrom = (graph, origin, next) => {
    const found = new Map([[origin, 0]]);
    for (const [point, far] of found) {
      if (point !== origin && graph.points[point].whole) continue;
      for (const following of next[point]) if (!found.has(following)) found.set(following, far + 1);
    }
    return found;
  };

  // All shortest ways from one place in the list of points to another, in the order of the names that they pass.
  const between = (graph, start, goal, most = MOST) => {
    const left = stepsFrom(graph, goal, graph.before), found = [];
    if (start === goal || !left.has(start)) return found;
    const walk = (way) => {
      const here = way[way.length - 1];
      if (found.length >= most) return;
      if (here === goal) { found.push(way); return; }
      for (const next of graph.after[here]) {
        if (left.get(next) === left.get(here) - 1 && (next === goal || !graph.points[next].whole)) walk([...way, next]);
      }
    };
    walk([start]);
    return found;
  };

  // How far a signal gets, nearest first; `stops` where nothing leads on, `open` where a list is not whole.
  const reach = (graph, origin, backward = false) => {
    const [next, prior] = backward ? [graph.before, graph.after] : [graph.after, graph.before];
    const steps = stepsFrom(graph, origin, next);
    const ordered = [...steps.keys()].sort((a, b) => steps.get(a) - steps.get(b) || a - b);
    const told = (point) => prior[point].some((each) => TOLD.includes((backward ? graph.step(point, each) : graph.step(each, point)).link));
    const posts = new Set(ordered.filter((each) => graph.points[each].meets || each === origin || told(each)));
    return {
      found: ordered.filter((each) => each !== origin).map((each) => [each, steps.get(each)]),
      stops: ordered.filter((each) => posts.has(each) && next[each].every((on) => !posts.has(on) || steps.get(on) < steps.get(each))),
      open: ordered.filter((each) => graph.points[each].open),
    };
  };

  const stepsOf = (graph, way) => way.slice(1).map((to, index) => graph.step(way[index], to));

  const join = (names, which) => (names.length > 1 ? [names.slice(0, -1).join(", "), names[names.length - 1]].join(which ? " and " : " och ") : names.join(""));
  const nameOf = (graph, point, which) => graph.points[point].name[which];
  const listed = (graph, points, which) => join(points.map((each) => nameOf(graph, each, which)), which);
  const openLists = (graph, points, which) => {
    if (!points.length) return [];
    const names = listed(graph, points, which);
    return [which ? `The report does not give the whole member list of ${names}, so there may be more ways.` : `Rapporten ger inte hela deltagarlistan för ${names}, så det kan finnas fler vägar.`];
  };

  // What makes a way less sure, each as a sentence.
  const caveats = (graph, way, which) => {
    const steps = stepsOf(graph, way), paused = way.filter((each) => graph.points[each].paused);
    const found = steps.some((step) => step.link === "shared") ? [graph.may[which]] : [];
    for (const step of steps) found.push(...step.doubts.map((each) => graph.doubts[each][which]));
    if (paused.length) found.push(`${which ? "Paused, says the report" : "Pausat enligt rapporten"}: ${listed(graph, paused, which)}.`);
    return [...new Set(found)];
  };

  const length = (count, which) => (which ? `${count} ${count === 1 ? "step" : "steps"}` : `${count} steg`);
  const head = (graph, way, which) => {
    const [start, goal] = [way[0], way[way.length - 1]].map((each) => nameOf(graph, each, which));
    return `${which ? "From" : "Från"} ${start} ${which ? "to" : "till"} ${goal}, ${length(way.length - 1, which)}`;
  };
  const sentence = (graph, way, which) => {
    const clauses = stepsOf(graph, way).map((step) => step.words[which]).join("; ");
    return [`${head(graph, way, which)}: ${clauses}.`, ...caveats(graph, way, which)].join(" ");
  };

  // That no way is described, how far a signal gets, from where the goal is reached, and what is not known.
  const noWay = (graph, start, goal, which) => {
    const [forward, backward] = [reach(graph, start), reach(graph, goal, true)];
    const [one, two] = [start, goal].map((each) => nameOf(graph, each, which));
    const [on, to] = [forward, backward].map(({ found }) => listed(graph, found.map(([each]) => each), which));
    const open = [...new Set([...forward.open, ...backward.open])];
    const said = which ? [
      `The report describes no way from ${one} to ${two}.`,
      on ? `A signal from ${one} reaches ${on}.` : `It stops at ${one}.`,
      to ? `Ways lead to ${two} from ${to}.` : `No way to ${two} is described.`,
    ] : [
      `Rapporten beskriver ingen väg från ${one} till ${two}.`,
      on ? `En signal från ${one} når ${on}.` : `Den stannar hos ${one}.`,
      to ? `Till ${two} leder vägar från ${to}.` : `Ingen väg till ${two} är beskriven.`,
    ];
    return [...said, ...openLists(graph, open, which)];
  };

  return { build, between, reach, stepsOf, caveats, head, sentence, noWay };
})();
