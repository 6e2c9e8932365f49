// The other views: causes, folders, the timeline, iterations, variables; and what is printed.

let drawnIterations = false;

function iterations() {
  if (drawnIterations) return;
  drawnIterations = true;
  const all = new Map();
  for (const r of rows) {
    const i = r.i || 0;
    if (!all.has(i)) all.set(i, { i, label: (r.l || '').replace(/^\d+(: )?/, ''), n: 0, counts: [0, 0, 0], t: 0, marks: [] });
    const it = all.get(i);
    it.n++;
    it.counts[r.v || 0]++;
    it.t += r.t || 0;
    if (it.marks.length < 40) it.marks.push(r.v || 0);
  }
  const sorted = [...all.values()].sort((a, b) => a.i - b.i);
  const box = make('div', { class: 'table', role: 'table', 'aria-label': 'Iterations', 'aria-rowcount': sorted.length + 1, tabindex: '0' });
  const heads = ['Iteration', 'Data row', 'Requests', 'Passed', 'Failed', 'Skipped', 'Time', 'In the order of the run'];
  box.append(make('div', { class: 'line head', role: 'row', 'aria-rowindex': 1 }, heads.map((h) => make('span', { role: 'columnheader' }, h))));
  byId('iterations').append(make('h2', { class: 'sr' }, 'Iterations'), box);
  virtual(box, 34, (k) => {
    const it = sorted[k];
    const cell = (text, kind) => make('span', { role: 'cell', class: kind, title: text }, text);
    return make('div', { class: 'line', role: 'row', 'aria-rowindex': k + 2 },
      make('span', { role: 'cell' }, make('button', { type: 'button', 'aria-label': 'requests of iteration ' + (it.i + 1), onclick: () => { state.iteration = it.i; view('requests'); refresh(); } }, String(it.i + 1))),
      cell(it.label), cell(String(it.n)), cell(String(it.counts[0])), cell(String(it.counts[1]), it.counts[1] ? 'failed' : ''), cell(String(it.counts[2])), cell(timeText(it.t)),
      make('span', { role: 'cell', class: 'marks', 'aria-label': it.counts[1] + ' failed' }, it.marks.map((v) => make('span', { class: verdicts[v], 'aria-hidden': 'true' }, icons[v])), it.n > 40 ? '…' : ''));
  }, 34).show(sorted.length);
}

function variables() {
  const box = byId('variables');
  if (box.childNodes.length) return;
  for (const scope of run.scopes || []) {
    box.append(make('h2', {}, scope.n), scope.v ? make('table', {}, make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, 'Variable'), make('th', { scope: 'col' }, 'Value'), make('th', { scope: 'col' }, 'Type'))),
      make('tbody', {}, scope.v.map(([key, value, kind]) => make('tr', {}, make('td', {}, make('code', {}, key)), make('td', {}, make('code', {}, value)), make('td', {}, kind))))) : make('p', { class: 'hint' }, 'no variables'));
  }
}

// once draws a view when it is first looked at.
const once = (id, f) => { if (!byId(id).childNodes.length) f(byId(id)); };

function causes() {
  once('causes', (box) => {
    box.append(make('h2', {}, run.caused || counted(run.causes.length, 'cause')));
    box.append(make('ol', { class: 'causes' }, run.causes.map((c, i) => make('li', {},
      make('h3', {}, c.n + (c.i || '')), c.p ? make('p', { class: 'hint' }, c.p) : '', make('p', {}, c.w), c.t ? make('p', { class: 'todo' }, 'To do: ' + c.t) : '',
      make('button', { type: 'button', onclick: () => find('cause:' + (i + 1)) }, 'Show its requests'),
      c.f ? make('details', {}, make('summary', {}, counted(c.f, 'consequence')), make('ul', {}, (c.l || []).map((l) => make('li', {}, l)))) : ''))));
  });
}

// branch adds up the requests of a folder, and below it.
function tree() {
  const root = { name: run.title, path: '', folders: new Map(), items: new Map(), counts: [0, 0, 0], t: 0 };
  for (const r of rows) {
    let at = root, path = '';
    const add = (node) => { node.counts[r.v || 0]++; node.t += r.t || 0; };
    add(at);
    for (const name of r.p ? r.p.split(' / ') : []) {
      path = path ? path + ' / ' + name : name;
      if (!at.folders.has(name)) at.folders.set(name, { name, path, folders: new Map(), items: new Map(), counts: [0, 0, 0], t: 0 });
      at = at.folders.get(name);
      add(at);
    }
    if (!at.items.has(r.n)) at.items.set(r.n, { name: r.n, path, counts: [0, 0, 0], t: 0, failed: [] });
    const item = at.items.get(r.n);
    add(item);
    if (r.v === 1) item.failed.push((r.i || 0) + 1);
  }
  return root;
}

const exactly = (text) => '"' + text.replace(/"/g, '') + '"';

// figures are the sums of a folder or a request.
const figures = (node) => make('span', { class: 'figures' },
  make('span', { class: 'passed' }, make('span', { class: 'sr' }, 'passed '), icons[0] + ' ' + grouped(node.counts[0])),
  make('span', { class: node.counts[1] ? 'failed' : 'hint' }, make('span', { class: 'sr' }, 'failed '), icons[1] + ' ' + grouped(node.counts[1])),
  make('span', { class: 'hint' }, make('span', { class: 'sr' }, 'skipped '), icons[2] + ' ' + grouped(node.counts[2])), make('span', { class: 'hint' }, timeText(node.t)));

const mostLeaves = 500;

// branch is a folder that unfolds.
function branch(node, open) {
  const e = make('details', {}, make('summary', {}, make('strong', {}, node.name), figures(node)));
  let drawn = false;
  const draw = () => {
    if (drawn) return;
    drawn = true;
    const list = make('ul', {});
    if (node.path) list.append(make('li', {}, make('button', { type: 'button', onclick: () => find('folder:' + exactly(node.path)) }, 'Show these requests')));
    for (const f of node.folders.values()) list.append(make('li', {}, branch(f, f.counts[1] > 0 && node.folders.size < 20)));
    for (const it of [...node.items.values()].slice(0, mostLeaves)) list.append(leaf(it));
    if (node.items.size > mostLeaves) list.append(make('li', { class: 'hint' }, '… and ' + grouped(node.items.size - mostLeaves) + ' more'));
    e.append(list);
  };
  e.addEventListener('toggle', draw);
  if (open) { e.open = true; draw(); }
  return e;
}

// leaf is a request with all its executions.
function leaf(it) {
  const times = it.counts[0] + it.counts[1] + it.counts[2];
  const where = it.failed.length && times > 1 ? 'failed in ' + grouped(it.failed.length) + ' of ' + grouped(times) + ': iterations ' + it.failed.slice(0, 12).join(', ') + (it.failed.length > 12 ? ' …' : '') : '';
  return make('li', { class: 'leaf' }, make('span', {}, make('button', { type: 'button', onclick: () => find('name:' + exactly(it.name) + (it.path ? ' folder:' + exactly(it.path) : '')) }, it.name), where ? make('span', { class: 'failed' }, ' ' + where) : ''), figures(it));
}

function folders() {
  once('folders', (box) => box.append(make('h2', { class: 'sr' }, 'Folders'), make('div', { class: 'tree' }, branch(tree(), true))));
}

function timeline() {
  once('timeline', (section) => {
    const end = rows.reduce((most, r) => Math.max(most, (r.s || 0) + Math.max(r.d || 0, r.t || 0)), 0) || 1;
    const box = make('div', { class: 'table', role: 'table', 'aria-label': 'Requests over the time of the run', 'aria-rowcount': rows.length + 1, tabindex: '0' });
    box.append(make('div', { class: 'line head time', role: 'row', 'aria-rowindex': 1 }, ['Request', 'Begins', 'Takes', '0 – ' + timeText(end)].map((h) => make('span', { role: 'columnheader' }, h))));
    section.append(make('h2', { class: 'sr' }, 'Timeline'), box);
    const order = rows.map((_, i) => i).sort((a, b) => (rows[a].s || 0) - (rows[b].s || 0) || a - b);
    virtual(box, 34, (k) => {
      const r = rows[order[k]], takes = Math.max(r.d || 0, r.t || 0);
      return make('div', { class: 'line time', role: 'row', 'aria-rowindex': k + 2 },
        make('span', { role: 'cell' }, make('button', { type: 'button', onclick: () => { state.chosen = order[k]; find(''); } }, sign(r.v || 0), ' ' + r.n + (r.l ? ' [' + r.l + ']' : ''))),
        make('span', { role: 'cell', class: 'num' }, timeText(r.s)), make('span', { role: 'cell', class: 'num' }, timeText(takes)),
        make('span', { role: 'cell' }, make('div', { class: 'track' }, make('i', { class: 'v' + (r.v || 0), style: 'left:' + (100 * (r.s || 0) / end).toFixed(2) + '%;width:' + (100 * takes / end).toFixed(2) + '%' }))));
    }, 34).show(rows.length);
  });
}

// What is printed: every request in a line, then the details of those that failed.
function printed() {
  const mostLines = 2000, mostDetails = 200;
  const box = byId('print');
  const failed = rows.filter((r) => r.v === 1);
  box.replaceChildren(make('table', {}, make('tbody', {}, rows.slice(0, mostLines).map((r) => make('tr', {}, make('td', {}, icons[r.v || 0] + ' ' + r.n + (r.l ? ' [' + r.l + ']' : '')), make('td', {}, r.p || ''), make('td', {}, String(r.c || '')), make('td', {}, r.t ? timeText(r.t) : ''))))),
    rows.length > mostLines ? make('p', {}, '… and ' + counted(rows.length - mostLines, 'more request')) : '');
  for (const r of failed.slice(0, mostDetails)) {
    const d = detailOf(r);
    box.append(make('section', {}, make('h2', {}, icons[1] + ' ' + r.n + (r.l ? ' [' + r.l + ']' : '')), make('p', {}, [r.p, r.m + ' ' + r.u, d && d.f].filter(Boolean).join(' · ')), ...(d ? tell(d) : [make('p', {}, r.e || '')])));
  }
  if (failed.length > mostDetails) box.append(make('p', {}, '… and ' + counted(failed.length - mostDetails, 'more failed request')));
  for (const e of box.querySelectorAll('details')) e.open = true;
}
addEventListener('beforeprint', printed);
addEventListener('afterprint', () => byId('print').replaceChildren());
