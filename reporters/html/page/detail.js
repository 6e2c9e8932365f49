// The request that was chosen: outcomes, time, what went over the wire, console, variables.

const section = (title, ...children) => [make('h3', {}, title), ...children];

// apart marks what differs between two texts: what is between their common beginning and end.
function apart(a, b) {
  let head = 0, tail = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return [a, b].map((t) => make('pre', {}, t.slice(0, head), t.length - tail > head ? make('mark', {}, t.slice(head, t.length - tail)) : '', t.slice(t.length - tail)));
}

function outcomeItem(o) {
  if (!o.e) return make('li', {}, sign(o.v || 0), ' ', o.n, o.r ? make('span', { class: 'hint' }, ' (' + o.r + ')') : '');
  const e = o.e;
  const box = make('div', { class: 'case' });
  if (!e.d || e.m) box.append(make('p', {}, e.m || 'no reason was given'));
  if (e.d) {
    if (e.l) {
      box.append(make('h4', {}, 'First difference' + (e.p ? ' at ' : '')), e.p ? make('code', {}, e.p) : '', make('pre', { class: 'lines' }, e.l.map((l) =>
        make('span', { class: l[0] === '-' ? 'less' : l[0] === '+' ? 'more' : '' }, (l[0] === '-' ? '- expected ' : l[0] === '+' ? '+ got      ' : '           ') + l.slice(1) + '\n'))));
    }
    const [want, got] = apart(e.x || '', e.g || '');
    box.append(make('div', { class: 'diff' }, make('div', {}, make('h4', {}, 'Expected'), want), make('div', {}, make('h4', {}, 'Got'), got)));
  }
  if (e.h) box.append(make('p', { class: 'hint' }, 'hint: ' + e.h));
  if (o.w) box.append(make('p', { class: 'hint' }, o.w));
  if (e.s) box.append(make('pre', { class: 'source', tabindex: '0', 'aria-label': 'Line of the script' }, e.s));
  return make('li', {}, sign(1), ' ', make('strong', {}, o.n), box);
}

const phases = [['d', 'DNS lookup'], ['c', 'TCP connect'], ['l', 'TLS handshake'], ['w', 'first byte'], ['b', 'body']];

function waterfall(t) {
  const table = make('table', { class: 'phases' }, make('caption', { class: 'sr' }, 'Phases of the request'));
  const spent = phases.reduce((sum, [key]) => sum + (t[key] || 0), 0);
  const total = Math.max(t.t || 0, spent) || 1;
  let at = Math.max(0, total - spent);
  const bar = (name, from, ms, n) => make('tr', {}, make('th', { scope: 'row' }, name),
    make('td', {}, make('div', { class: 'track' }, ms ? make('i', { class: 'p' + n, style: 'left:' + (100 * from / total).toFixed(2) + '%;width:' + (100 * ms / total).toFixed(2) + '%' }) : '')),
    make('td', { class: 'num' }, ms ? timeText(ms) : '–'));
  if (at > 0.5 && at > total / 100) table.append(bar('before: redirects, preparing', 0, at, 6));
  else at = 0;
  phases.forEach(([key, name], i) => {
    table.append(bar(name, at, t[key] || 0, i + 1));
    at += t[key] || 0;
  });
  table.append(make('tr', {}, make('th', { scope: 'row' }, 'total'), make('td'), make('td', { class: 'num' }, timeText(t.t))));
  return table;
}

const wire = (line, headers) => make('pre', { class: 'wire' }, line + '\n', ...headers.flatMap(([key, value]) => [make('b', {}, key + ':'), ' ' + value + '\n']));

function hexDump(base64) {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const lines = [];
  for (let i = 0; i < bytes.length; i += 16) {
    const part = [...bytes.slice(i, i + 16)];
    const hex = part.map((b) => b.toString(16).padStart(2, '0')).join(' ');
    lines.push(i.toString(16).padStart(4, '0') + '  ' + hex.padEnd(48) + ' ' + part.map((b) => b > 31 && b < 127 ? String.fromCharCode(b) : '.').join(''));
  }
  return lines.join('\n');
}

// bodyBox shows a body when it is unfolded for the first time.
function bodyBox(name, body, open) {
  if (!body || !body.n) return make('p', { class: 'hint' }, 'no ' + name.toLowerCase());
  const box = make('details', {}, make('summary', {}, name + ' ', make('span', { class: 'hint' }, sizeText(body.n) + (body.c ? ', ' + sizeText(body.c) + ' of them not kept here' : ''))));
  let drawn = false;
  const draw = () => {
    if (drawn) return;
    drawn = true;
    if (body.b) {
      box.append(make('pre', {}, hexDump(body.b)));
      return;
    }
    const text = body.t || '';
    const tree = /^\s*[[{]/.test(text) ? readJSON(text) : null;
    if (!tree) {
      box.append(make('pre', {}, text));
      return;
    }
    const pretty = make('pre', { class: 'json' }, drawJSON(tree, '', 0, ''));
    const raw = make('pre', { hidden: true });
    box.append(make('button', { type: 'button', 'aria-pressed': 'false', onclick: (e) => {
      if (!raw.textContent) raw.textContent = text;
      raw.hidden = !raw.hidden;
      pretty.hidden = !raw.hidden;
      e.target.setAttribute('aria-pressed', String(!raw.hidden));
    } }, 'as sent'), pretty, raw);
  };
  box.addEventListener('toggle', draw);
  if (open) { box.open = true; draw(); }
  return box;
}

const shell = (text) => "'" + text.replace(/'/g, "'\\''") + "'";

function curl(q) {
  const parts = ['curl -X ' + q.m + ' ' + shell(q.u)];
  for (const [key, value] of q.h || []) if (!/^(host|content-length|accept-encoding|connection)$/i.test(key)) parts.push('-H ' + shell(key + ': ' + value));
  if (q.b && q.b.n) parts.push(q.b.t != null && !q.b.c ? '--data-raw ' + shell(q.b.t) : '--data-binary @body');
  return parts.join(' \\\n  ');
}

function curlBox(q) {
  const text = curl(q);
  const box = make('details', {}, make('summary', {}, 'As a curl command'), make('pre', {}, text));
  if (navigator.clipboard) {
    box.append(make('button', { type: 'button', onclick: (e) => navigator.clipboard.writeText(text).then(() => { e.target.textContent = 'Copied'; }) }, 'Copy'));
  }
  return box;
}

const sources = { script: 'pm.sendRequest: ', auth: 'authentication: ' };

function exchangeBox(x, open) {
  const q = x.q, r = x.r;
  const status = r ? r.c + ' ' + (r.s || '') : 'no answer';
  const box = make('details', { class: 'exchange' }, make('summary', {}, (sources[x.o] || '') + q.m + ' ' + q.u + ' ', make('span', { class: r && r.c < 400 ? 'passed' : 'failed' }, status)));
  let drawn = false;
  const draw = () => {
    if (drawn) return;
    drawn = true;
    if (x.e) box.append(make('ul', { class: 'outcomes' }, outcomeItem({ n: 'no answer', v: 1, e: x.e })));
    let path = q.u.replace(/^[a-z]+:\/\/[^/?#]*/i, '');
    if (!path.startsWith('/')) path = '/' + path;
    box.append(make('div', { class: 'two' },
      make('div', {}, make('h4', {}, 'Request'), wire(q.m + ' ' + path.replace(/#.*/, '') + (r && r.p ? ' ' + r.p : ''), q.h || []), bodyBox('Request body', q.b, true)),
      r ? make('div', {}, make('h4', {}, 'Response'), wire((r.p || 'HTTP') + ' ' + status, r.h || []),
        make('p', { class: 'hint' }, sizeText(r.z || 0) + ' on the wire' + (r.a ? ' from ' + r.a : '')), bodyBox('Response body', r.b, true)) : ''));
    if (r) box.append(make('h4', {}, 'Time'), waterfall(r.t || {}));
    box.append(curlBox(q));
  };
  box.addEventListener('toggle', draw);
  if (open) { box.open = true; draw(); }
  return box;
}

function variablesTable(list) {
  return make('table', {}, make('thead', {}, make('tr', {}, ...['Scope', 'Variable', 'Value', 'Set by'].map((h) => make('th', { scope: 'col' }, h)))),
    make('tbody', {}, list.map((v) => make('tr', {}, make('td', {}, v.s), make('td', {}, make('code', {}, v.k)), make('td', {}, v.u ? make('em', {}, 'removed') : make('code', {}, v.v)), make('td', {}, v.w)))));
}

// tell lists everything about one attempt.
function tell(d) {
  const parts = [];
  if (d.w) parts.push(...d.w.map((n) => make('p', { class: 'notice' }, n.t, n.h ? make('span', { class: 'hint' }, ' (' + n.h + ')') : '')));
  if (d.o) parts.push(...section('Outcomes', make('ul', { class: 'outcomes' }, d.o.map(outcomeItem))));
  if (d.ol) parts.push(make('p', { class: 'hint' }, counted(d.ol, 'more outcome') + ' not kept here'));
  if (d.x) parts.push(...section(d.x.length > 1 ? 'Requests' : 'Request', ...d.x.map((x, i) => exchangeBox(x, i === (d.i || 0)))));
  if (d.xl) parts.push(make('p', { class: 'hint' }, counted(d.xl, 'more request') + ' not kept here'));
  if (d.c) parts.push(...section('Console', make('ul', { class: 'console' }, d.c.map((c) => make('li', { class: c.l }, make('span', { class: 'sr' }, c.l + ': '), c.t)))));
  if (d.cl) parts.push(make('p', { class: 'hint' }, counted(d.cl, 'more line') + ' not kept here'));
  if (d.v) parts.push(...section('Variables changed', variablesTable(d.v)));
  return parts;
}

function drawDetail(row) {
  const box = byId('detail');
  box.replaceChildren();
  box.scrollTop = 0;
  if (!row) return;
  const d = detailOf(row);
  box.append(make('button', { type: 'button', class: 'back', onclick: () => { byId('bar').scrollIntoView({ block: 'start' }); byId('list').focus({ preventScroll: true }); } }, '↑ Back to the list'));
  box.append(make('h2', {}, sign(row.v || 0), ' ', row.n));
  const facts = [row.p, row.l && 'iteration ' + row.l, d && d.f, d && d.e && timeText(d.e) + ' with scripts'].filter(Boolean).join(' · ');
  box.append(make('p', { class: 'hint' }, facts), row.m ? make('p', {}, make('code', {}, row.m + ' ' + row.u)) : '');
  if (!d) {
    box.append(make('p', { class: 'notice' }, 'Details of this request are not kept here: the report would be too large to open. The events report has them.'), row.e ? make('pre', {}, row.e) : '');
    return;
  }
  const cause = row.a && run.causes && run.causes[row.a - 1];
  if (cause) {
    box.append(make('div', { class: 'notice' }, make('p', {}, make('strong', {}, row.w ? 'Follows from cause ' + row.a + ': ' : 'Cause ' + row.a + ': '), cause.w), cause.t ? make('p', {}, 'To do: ' + cause.t) : '',
      cause.f ? make('button', { type: 'button', onclick: () => find('cause:' + row.a) }, 'Show all ' + grouped(cause.f) + ' that follow') : ''));
  }
  box.append(...tell(d));
  for (const [i, earlier] of (d.r || []).entries()) {
    box.append(make('details', { class: 'exchange' }, make('summary', {}, 'Attempt ' + (i + 1) + ' failed and was tried again'), ...tell(earlier)));
  }
}
