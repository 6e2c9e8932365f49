// JSON as a tree that folds. The text is read by a reader of our own: JSON.parse would round long numbers, drop the
// first of two members with one name, and refuse a body that was cut.

function readJSON(text) {
  let at = 0;
  const space = () => { while (' \t\r\n'.includes(text[at]) && at < text.length) at++; };
  const word = /-?\d[\d.eE+-]*|true|false|null/y;
  const quoted = /"(?:[^"\\]|\\.)*"/ys;
  const take = (form) => {
    form.lastIndex = at;
    const m = form.exec(text);
    if (m) at += m[0].length;
    return m && m[0];
  };
  function value(depth) {
    space();
    if (at >= text.length) return { cut: true, text: '' };
    if (depth > 400) return null;
    const c = text[at];
    if (c === '{' || c === '[') return list(c, depth);
    if (c === '"') {
      const s = take(quoted);
      if (s) return { kind: 's', text: s };
      const rest = text.slice(at);
      at = text.length;
      return { kind: 's', text: rest, cut: true };
    }
    const w = take(word);
    if (!w) return null;
    return { kind: w === 'true' || w === 'false' || w === 'null' ? 'w' : 'd', text: w };
  }
  function list(open, depth) {
    const close = open === '{' ? '}' : ']';
    const node = { open, close, members: [] };
    at++;
    space();
    if (text[at] === close) { at++; return node; }
    for (;;) {
      const m = {};
      space();
      if (open === '{') {
        if (at >= text.length) { node.cut = true; return node; }
        const key = take(quoted);
        if (!key) { if (text[at] !== '"') return null; node.cut = true; at = text.length; return node; }
        m.key = key;
        space();
        if (at >= text.length) { node.cut = true; return node; }
        if (text[at++] !== ':') return null;
      }
      m.value = value(depth + 1);
      if (!m.value) return null;
      node.members.push(m);
      if (m.value.cut) { node.cut = true; return node; }
      space();
      if (at >= text.length) { node.cut = true; return node; }
      const c = text[at++];
      if (c === close) return node;
      if (c !== ',') return null;
    }
  }
  const root = value(0);
  space();
  return root && root.members && at >= text.length ? root : null;
}

const step = 100; // members that are drawn at a time

function drawJSON(node, key, depth, comma) {
  const label = key ? [make('span', { class: 'k' }, key), ': '] : [];
  if (!node.members) {
    return make('div', { class: 'leaf' }, ...label, make('span', { class: node.kind }, node.text), node.cut ? make('span', { class: 'cut' }, '… cut here') : comma);
  }
  if (!node.members.length) return make('div', { class: 'leaf' }, ...label, node.open + node.close + comma);
  const inside = make('div');
  const note = make('span', { class: 'hint' }, ' ' + counted(node.members.length, node.open === '{' ? 'member' : 'element'));
  const fold = make('details', {}, make('summary', {}, ...label, node.open, note), inside,
    make('div', { class: 'leaf' }, node.cut ? make('span', { class: 'cut' }, '… cut here') : node.close + comma));
  let drawn = 0;
  const more = () => {
    const to = Math.min(node.members.length, drawn + step);
    for (; drawn < to; drawn++) {
      const m = node.members[drawn];
      inside.append(drawJSON(m.value, m.key, depth + 1, drawn + 1 < node.members.length ? ',' : ''));
    }
    if (drawn < node.members.length) {
      const left = node.members.length - drawn;
      inside.append(make('button', { type: 'button', onclick: (e) => { e.target.remove(); more(); } }, counted(left, 'more element')));
    }
  };
  const open = depth < 3 && node.members.length <= 40;
  if (open) { fold.open = true; more(); }
  else fold.addEventListener('toggle', () => { if (!drawn) more(); });
  return fold;
}
