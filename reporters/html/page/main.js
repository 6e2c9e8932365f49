// The page: head, list with search and filter, iterations, variables, theme, address.

const run = parsed('run');
const rows = parsed('rows');
const narrow = matchMedia('(max-width: 860px)');
const changes = { broken: 'newly failed', fixed: 'fixed', new: 'new', slower: 'slower' };
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
  const notice = (n) => make('li', {}, n.x ? sign(1) : '', n.x ? ' ' : '', n.t, n.h ? make('span', { class: 'hint' }, ' (' + n.h + ')') : '', n.f ? make('span', { class: 'hint' }, ' ' + n.f) : '');
  const failed = (run.notices || []).filter((n) => n.x), others = (run.notices || []).filter((n) => !n.x);
  if (failed.length) box.append(make('div', { class: 'bad' }, make('strong', {}, 'Failed under --strict'), make('ul', {}, failed.map(notice))));
  if (others.length) {
    box.append(make('details', { open: others.length < 4 }, make('summary', {}, make('strong', {}, 'Worth a look: ' + counted(run.noticed - failed.length, 'notice'))), make('ul', {}, others.map(notice))));
  }
  if (run.compared) compared(box);
}

// compared sums up what became of the requests since an earlier run. Each figure finds its requests.
function compared(box) {
  const c = run.compared;
  const figure = (n, key, text) => n ? make('button', { type: 'button', onclick: () => find('change:' + key) }, grouped(n) + ' ' + text) : '';
  const parts = [figure(c.broken, 'broken', 'newly failed'), figure(c.fixed, 'fixed', 'fixed'), figure(c.fresh, 'new', 'new'), figure(c.slower, 'slower', 'slower')].filter(Boolean);
  box.append(make('div', { class: 'notice', id: 'compared' }, 'Compared with ' + c.file + ': ', parts.length ? parts.flatMap((p) => [p, ' ']) : 'nothing changed ',
    c.lost ? make('details', {}, make('summary', {}, counted(c.lost, 'request') + ' no longer there'), make('ul', {}, c.gone.map((n) => make('li', {}, n)), c.lost > c.gone.length ? make('li', {}, '… and ' + grouped(c.lost - c.gone.length) + ' more') : '')) : '',
    c.left ? counted(c.left, 'request') + ' of it were too many to compare' : ''));
}

// find searches for what a link in another view stands for.
function find(text) {
  Object.assign(state, { query: text, filter: 'all', iteration: -1 });
  byId('query').value = text;
  document.querySelector('#filters input[value=all]').checked = true;
  view('requests');
  refresh();
}

const orders = {
  run: rows.map((_, i) => i),
  get failed() { return this.kept('f', (a, b) => (rows[b].v === 1) - (rows[a].v === 1) || a - b); },
  get cause() { return this.kept('c', (a, b) => (rows[a].a || 1e9) - (rows[b].a || 1e9) || (rows[a].w ? 1 : 0) - (rows[b].w ? 1 : 0) || a - b); },
  get slow() { return this.kept('s', (a, b) => (rows[b].t || 0) - (rows[a].t || 0) || a - b); },
  kept(key, compare) { return this['_' + key] ||= [...this.run].sort(compare); },
};

const list = virtual(byId('list'), 52, (i) => {
  const r = rows[shown[i]];
  const e = make('div', { class: 'row', role: 'option', id: 'r' + shown[i], 'aria-selected': String(shown[i] === state.chosen), 'aria-posinset': i + 1, 'aria-setsize': shown.length },
    sign(r.v || 0),
    make('span', { class: 'n' }, r.w ? make('span', { class: 'hint', title: 'follows from cause ' + r.a }, '↳ ') : '', r.n, r.l ? make('span', { class: 'hint' }, ' [' + r.l + ']') : '', r.f ? make('span', { class: 'warn' }, ' flaky') : '', r.b ? make('span', { class: r.b === 'broken' ? 'failed' : 'warn' }, ' ' + changes[r.b]) : ''),
    make('span', { class: 'code ' + (r.c >= 400 ? 'failed' : '') }, r.c ? String(r.c) : r.v === 2 ? 'skipped' : 'no answer'),
    make('span', { class: 'sub' + (r.v === 1 && r.e ? ' failed' : '') }, r.v === 1 && r.e ? r.e : [r.p, r.m && r.m + ' ' + r.u].filter(Boolean).join(' · ')),
    make('span', { class: 'time' }, r.t ? timeText(r.t) : ''));
  e.addEventListener('click', () => { choose(i); if (narrow.matches) byId('detail').scrollIntoView({ block: 'start' }); });
  return e;
});

// refresh applies search, filter and order. The choice stays while it is in the list.
function refresh() {
  const asked = query(state.query);
  const want = verdicts.indexOf(state.filter);
  shown = orders[state.order].filter((i) => (want < 0 || (rows[i].v || 0) === want) &&
    (state.iteration < 0 || (rows[i].i || 0) === state.iteration) && asked(i));
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

// nextFailure goes to the next request in the list that failed, and from the last to the first.
function nextFailure(by) {
  const at = shown.indexOf(state.chosen), n = shown.length;
  for (let k = 1; k <= n; k++) {
    const to = (at + by * k + n * 2) % n;
    if (rows[shown[to]].v === 1) return choose(to);
  }
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
  else if (e.key === 'n' || e.key === 'p') nextFailure(e.key === 'n' ? 1 : -1);
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
  byId('next').hidden = !counts.failed;
  byId('next').addEventListener('click', () => { nextFailure(1); if (narrow.matches) byId('detail').scrollIntoView({ block: 'start' }); });
  byId('copy').hidden = !navigator.clipboard;
  byId('copy').addEventListener('click', () => { remember(); navigator.clipboard.writeText(location.href).then(() => { byId('copy').textContent = 'Copied'; }); });
  if (run.caused) byId('order').append(make('option', { value: 'cause' }, 'by cause'));
  byId('order').value = state.order;
  byId('bar').addEventListener('submit', (e) => e.preventDefault());
  for (const b of document.querySelectorAll('nav button')) b.addEventListener('click', () => { view(b.dataset.view); remember(); });
}
