// What if: the outcomes with other members, looked up in the table of kg.maps.rules. Pure, tested against kg.gaps.
const whatif = (() => {
  const GAPS = "DM";

  // Who would sit in a forum. Who leaves takes its parts along and is then said not to take part; who joins no longer is.
  const sit = (table, forum, place, changes) => {
    const here = changes.filter((each) => each.forum === place);
    const left = here.filter((each) => !each.joins).map((each) => each.actor);
    const came = here.filter((each) => each.joins).map((each) => each.actor);
    const above = (actor) => [actor, ...table.actors[actor][1]];
    const goes = ([actor, , flags]) => flags & 1 && above(actor).some((each) => left.includes(each));
    const gone = forum.seats.filter(goes);
    const seats = [...forum.seats.filter((each) => !goes(each)), ...came.map((actor) => [actor, table.actors[actor][0], 1])];
    const denied = new Set(forum.absent);
    for (const [actors, kinds] of forum.denials) if (!actors.some((each) => came.includes(each))) kinds.forEach((each) => denied.add(each));
    if (left.length) for (const actor of [...left, ...gone.map(([each]) => each)]) table.actors[actor][2].forEach((each) => denied.add(each));
    const listed = forum.listed - gone.filter((each) => each[2] & 2).length + (forum.counts ? came.length : 0);
    const sitting = seats.filter((each) => each[2] & 1).map((each) => table.profiles[each[1]]);
    const most = (kind) => (kind === table.leading ? seats.map((each) => table.profiles[each[1]]) : sitting).reduce((best, each) => Math.max(best, each[0][kind]), 0);
    return { sitting, denied, closed: forum.whole && listed > 0, most };
  };

  const outcome = (table, seen, [, kind, letters, , flags]) => {
    if (letters[0] === letters[4] && new Set(letters).size === 1) return letters[0];
    const { police, municipal } = table;
    if (flags & 1 && !(seen.sitting.some((each) => each[1].includes(police)) && seen.sitting.every((each) => each[1].includes(police) || each[0][municipal] === "2"))) return "Q";
    const best = seen.most(kind);
    return letters[best === 2 ? 0 : seen.denied.has(kind) ? 1 : best ? 2 : seen.closed ? 3 : 4];
  };

  // One met norm of a group is enough; they are missing only where all are. A norm on a part goes before one on the whole.
  const ofGroup = (found, [, , , group = [], flags], place) => {
    const own = found[place], others = group.map((each) => found[each]);
    if (flags & 2) return "X";
    if (!others.length || own === "P") return own;
    if (others.includes("P")) return "X";
    return GAPS.includes(own) && !others.every((each) => GAPS.includes(each)) ? "N" : own;
  };

  const kindOf = (table, letter, strength) => {
    const said = table.outdated && GAPS.includes(letter) ? "Q" : letter;
    if (said === "X") return [said, "not-applicable"];
    if ("PI".includes(said)) return [said, table.outdated ? "question" : "met"];
    const gap = GAPS.includes(said);
    if (strength === 1 || (strength === 2 && !gap)) return [said, "comparison"];
    return [said, gap ? "gap" : "question"];
  };

  // What every norm on members, and the comparison with the municipality's other forums, would say after the changes.
  const judge = (table, changes) => {
    const seen = table.forums.map((forum, place) => sit(table, forum, place, changes));
    const found = new Map();
    table.forums.forEach((forum, place) => {
      const letters = forum.rows.map((row) => outcome(table, seen[place], row)), told = new Set();
      forum.rows.forEach((row, index) => {
        const norm = table.norms[row[0]];
        const [letter, kind] = kindOf(table, ofGroup(letters, row, index), norm[1]);
        if (kind === "gap") told.add(row[1]);
        found.set(`${forum.id}/${norm[0].toLowerCase()}`, { letter, kind, forum: place, asked: row[1], norm: row[0] });
      });
      if (!seen[place].closed) return;
      const elsewhere = new Set();
      table.forums.forEach((other, n) => {
        if (n !== place && other.levels.some((each) => forum.levels.includes(each))) seen[n].sitting.forEach((each) => each[1].forEach((kind) => elsewhere.add(kind)));
      });
      for (const kind of elsewhere) {
        if (told.has(kind) || seen[place].most(kind) || forum.informs.includes(kind)) continue;
        const letter = seen[place].denied.has(kind) ? "D" : "M";
        found.set(`${forum.id}/hemma-${table.kinds[kind][0]}`, { letter, kind: "comparison", forum: place, asked: kind, norm: -1 });
      }
    });
    return found;
  };

  const OPEN = ["gap", "question", "comparison"];
  // What opens, closes, or stays open as something else, by forum and kind of actor.
  const compare = (table, changes) => {
    const before = judge(table, []), after = judge(table, changes), found = [];
    for (const id of new Set([...before.keys(), ...after.keys()])) {
      const [one, other] = [before.get(id), after.get(id)].map((each) => (each && OPEN.includes(each.kind) ? each : null));
      if ((one || other) && !(one && other && one.kind === other.kind && one.letter === other.letter)) found.push({ id, ...(other || one), before: one ? one.kind : "", after: other ? other.kind : "" });
    }
    return found.sort((a, b) => a.forum - b.forum || OPEN.indexOf(a.after || a.before) - OPEN.indexOf(b.after || b.before) || a.asked - b.asked);
  };

  const sits = (table, forum, actor) => table.forums[forum].seats.some((each) => each[0] === actor && each[2] & 1);

  // "+actor@forum,-actor@forum"; what is unknown, or would change nothing, is left out.
  const read = (table, names, text) => {
    const found = [];
    for (const part of text.split(",")) {
      const at = part.lastIndexOf("@"), joins = part[0] === "+";
      const actor = names.indexOf(part.slice(1, at)), forum = table.forums.findIndex((each) => each.key === part.slice(at + 1));
      if (at < 0 || !"+-".includes(part[0]) || actor < 0 || forum < 0 || sits(table, forum, actor) === joins) continue;
      if ((!joins || table.actors[actor][3]) && !found.some((each) => each.actor === actor && each.forum === forum)) found.push({ joins, actor, forum });
    }
    return found;
  };
  const write = (table, names, changes) => changes.map(({ joins, actor, forum }) => `${joins ? "+" : "-"}${names[actor]}@${table.forums[forum].key}`).sort().join(",");

  return { judge, compare, sits, read, write };
})();
