// The page: head, list with search and filter, iterations, variables, theme, address.

const run = parsed('run');
const rows = parsed('rows');
const state = { query: '', filter: 'all', order: 'failed', iteration: -1, chosen: -1, view: 'requests' };
let shown = [];

function head() {
  byId('title').textContent = run.title;
  byId('verdict').textContent = run.verdict;
  byId('verdict').className = run.failed ? 'failed' : run.doubtful ? 'warn' : 'passed';
  byId('facts').textContent = run.facts.filter(Boolean).join(' · ');
  byId('sums').append(...run.sums.map(([name, value, bad]) => make('div', {}, make('dt', {}, name), make('dd', { class: bad ? 'failed' : '' }, value))));
  const box = byId('warnings');
  if (run.cut) box.append(make('p', { class: 'bad' }, run.cut));
  if (run.left) box.append(make('p', { class: 'bad' }, run.left));
  if (run.limits) {
    box.append(make('ul', { class: 'limits', 'aria-label': 'Thresholds' }, run.limits.map(([text, value, broken]) => make('li', {}, sign(broken ? 1 : 0), ' threshold ', make('code', {}, text), ': it was ' + value))));
  }
  if (run.notices) {
    box.append(make('details', { open: run.notices.length < 4 }, make('summary', {}, make('strong', {}, 'Worth a look: ' + counted(run.noticed, 'notice'))),
      make('ul', {}, run.notices.map((n) => make('li', {}, n.t, n.h ? make('span', { class: 'hint' }, ' (' + n.h + ')') : '')))));
  }
}

const orders = {
  run: rows.map((_, i) => i),
  get failed() { return this.kept('f', (a, b) => (rows[b].v === 1) - (rows[a].v === 1) || a - b); },
  get slow() { return this.kept('s', (a, b) => (rows[b].t || 0) - (rows[a].t || 0) || a - b); },
  kept(key, compare) { return this['_' + key] ||= [...this.run].sort(compare); },
};

let hay = null;
const haystack = () => hay ||= rows.map((r) => [r.n, r.p, r.m, r.u, r.c, r.e, r.x, r.l && 'iteration ' + r.l].filter(Boolean).join('\n').toLowerCase());

const list = virtual(byId('list'), 52, (i) => {
  const r = rows[shown[i]];
  const e = make('div', { class: 'row', role: 'option', id: 'r' + shown[i], 'aria-selected': String(shown[i] === state.chosen), 'aria-posinset': i + 1, 'aria-setsize': shown.length },
    sign(r.v || 0),
    make('span', { class: 'n' }, r.n, r.l ? make('span', { class: 'hint' }, ' [' + r.l + ']') : '', r.f ? make('span', { class: 'warn' }, ' flaky') : ''),
    make('span', { class: 'code ' + (r.c >= 400 ? 'failed' : '') }, r.c ? String(r.c) : r.v === 2 ? 'skipped' : 'no answer'),
    make('span', { class: 'sub' + (r.v === 1 && r.e ? ' failed' : '') }, r.v === 1 && r.e ? r.e : [r.p, r.m && r.m + ' ' + r.u].filter(Boolean).join(' · ')),
    make('span', { class: 'time' }, r.t ? timeText(r.t) : ''));
  e.addEventListener('click', () => choose(i));
  return e;
});

// refresh applies search, filter and order. The choice stays while it is in the list.
function refresh() {
  const words = state.query.toLowerCase().split(/\s+/).filter(Boolean);
  const want = verdicts.indexOf(state.filter);
  const text = words.length ? haystack() : null;
  shown = orders[state.order].filter((i) => (want < 0 || (rows[i].v || 0) === want) &&
    (state.iteration < 0 || (rows[i].i || 0) === state.iteration) && words.every((w) => text[i].includes(w)));
  const kept = shown.indexOf(state.chosen);
  if (kept < 0) state.chosen = shown.length ? shown[0] : -1;
  list.show(shown.length, Math.max(0, kept)); // painted once, with the choice in sight
  point();
  byId('count').textContent = shown.length === rows.length ? counted(rows.length, 'request') : grouped(shown.length) + ' of ' + counted(rows.length, 'request');
  byId('only').hidden = state.iteration < 0;
  byId('only').textContent = 'only iteration ' + (state.iteration + 1) + ' ✕';
  clearTimeout(drawing);
  drawing = setTimeout(draw, 80);
}

function choose(at) {
  state.chosen = shown[at];
  list.reveal(at);
  point();
  clearTimeout(drawing);
  draw();
}

// point says which row is chosen to those who hear the list.
function point() {
  if (state.chosen < 0) byId('list').removeAttribute('aria-activedescendant');
  else byId('list').setAttribute('aria-activedescendant', 'r' + state.chosen);
}

// While someone types, the details and the address wait until the list is painted and the typing pauses.
let drawing = 0, drawn = null;

function draw() {
  remember();
  whenRead(() => {
    if (drawn !== state.chosen) drawDetail(rows[state.chosen]);
    drawn = state.chosen;
  });
}

byId('list').addEventListener('keydown', (e) => {
  const at = shown.indexOf(state.chosen);
  const moves = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + list.page(), PageUp: at - list.page(), Home: 0, End: shown.length - 1 };
  if (e.key === 'Enter') byId('detail').focus();
  else if (e.key === '/') byId('query').focus();
  else if (e.key in moves && shown.length) choose(Math.max(0, Math.min(shown.length - 1, moves[e.key])));
  else return;
  e.preventDefault();
});
byId('detail').addEventListener('keydown', (e) => { if (e.key === 'Escape') byId('list').focus(); });

function controls() {
  const counts = { all: rows.length, failed: 0, skipped: 0, passed: 0 };
  for (const r of rows) counts[verdicts[r.v || 0]]++;
  byId('filters').append(...Object.entries(counts).map(([name, n]) => make('label', {},
    make('input', { type: 'radio', name: 'filter', value: name, checked: name === state.filter, onchange: () => { state.filter = name; refresh(); } }), name[0].toUpperCase() + name.slice(1) + ' ' + grouped(n))));
  byId('query').value = state.query;
  byId('order').value = state.order;
  byId('query').addEventListener('input', (e) => { state.query = e.target.value; refresh(); });
  byId('order').addEventListener('change', (e) => { state.order = e.target.value; refresh(); });
  byId('only').addEventListener('click', () => { state.iteration = -1; refresh(); byId('query').focus(); });
  byId('bar').addEventListener('submit', (e) => e.preventDefault());
  for (const b of document.querySelectorAll('nav button')) b.addEventListener('click', () => { view(b.dataset.view); remember(); });
}

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

function view(name) {
  if (!byId(name)) name = 'requests';
  state.view = name;
  for (const s of document.querySelectorAll('.view')) s.hidden = s.id !== name;
  for (const b of document.querySelectorAll('nav button')) b.setAttribute('aria-current', b.dataset.view === name ? 'page' : 'false');
  if (name === 'iterations') iterations();
  if (name === 'variables') variables();
}

// The theme follows the system until it is chosen; the choice is kept where the browser lets a file keep one.
const dark = matchMedia('(prefers-color-scheme: dark)');
let theme = 'auto';
try { theme = localStorage.getItem('posthaste-theme') || 'auto'; } catch { /* not for files */ }

function paintTheme() {
  document.documentElement.dataset.theme = theme === 'auto' ? (dark.matches ? 'dark' : 'light') : theme;
  byId('theme').textContent = 'Theme: ' + theme;
}
dark.addEventListener('change', paintTheme);
byId('theme').addEventListener('click', () => {
  theme = { auto: 'light', light: 'dark', dark: 'auto' }[theme];
  try { localStorage.setItem('posthaste-theme', theme); } catch { /* not for files */ }
  paintTheme();
  remember();
});

// What is looked at stands in the address, so that a link to it can be passed on.
function remember() {
  const p = new URLSearchParams();
  if (state.query) p.set('q', state.query);
  if (state.filter !== 'all') p.set('show', state.filter);
  if (state.order !== 'failed') p.set('order', state.order);
  if (state.iteration >= 0) p.set('iteration', state.iteration + 1);
  if (state.view !== 'requests') p.set('view', state.view);
  if (state.chosen >= 0 && state.chosen !== shown[0]) p.set('request', state.chosen + 1);
  try { history.replaceState(null, '', '#' + p); } catch { /* too often, or not for files */ }
}

function recall() {
  const p = new URLSearchParams(location.hash.slice(1));
  state.query = p.get('q') || '';
  if ([...verdicts, 'all'].includes(p.get('show'))) state.filter = p.get('show');
  if (['run', 'slow'].includes(p.get('order'))) state.order = p.get('order');
  if (p.get('iteration') > 0) state.iteration = p.get('iteration') - 1;
  if (rows[p.get('request') - 1]) state.chosen = p.get('request') - 1;
  if (['auto', 'light', 'dark'].includes(p.get('theme'))) theme = p.get('theme');
  return p.get('view') || 'requests';
}

const wanted = recall();
paintTheme();
head();
controls();
view(wanted);
refresh();
setTimeout(haystack, 200);
