// What the other files build on: elements, texts of figures, the data, a list that holds only what is visible.

const byId = (id) => document.getElementById(id);

// make builds an element. Text from the run goes in as text nodes only, so nothing of it is ever read as HTML.
function make(tag, attributes, ...children) {
  const e = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith('on')) e.addEventListener(key.slice(2), value);
    else if (value === true) e.setAttribute(key, '');
    else if (value !== false && value != null) e.setAttribute(key, value);
  }
  for (const child of children.flat()) if (child != null && child !== '') e.append(child);
  return e;
}

const grouped = (n) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
const counted = (n, noun) => grouped(n) + ' ' + noun + (n === 1 ? '' : 's');

function timeText(ms) {
  if (!ms) return '0 ms';
  if (ms < 1) return Math.round(ms * 1000) + ' µs';
  if (ms < 2000) return (ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)) + ' ms';
  const s = ms / 1000;
  return s < 60 ? s.toFixed(1) + ' s' : Math.floor(s / 60) + ' m ' + Math.round(s % 60) + ' s';
}

function sizeText(n) {
  if (n < 1000) return n + ' B';
  return n < 1e6 ? (n / 1e3).toFixed(1) + ' kB' : (n / 1e6).toFixed(1) + ' MB';
}

const verdicts = ['passed', 'failed', 'skipped'];
const icons = ['✓', '✖', '–'];

// sign is a verdict for eyes and for screen readers.
const sign = (v) => make('span', { class: 'icon ' + verdicts[v] }, make('span', { 'aria-hidden': 'true' }, icons[v]), make('span', { class: 'sr' }, verdicts[v] + ' '));

const parsed = (id) => JSON.parse(byId(id).textContent);

// whenRead calls f once the whole page is there: the chunks of details stand after the scripts.
function whenRead(f) {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', f, { once: true });
  else f();
}

const chunks = new Map();

// detailOf parses the chunk that holds a row's details and keeps the few that were used last.
function detailOf(row) {
  if (!row.k) return null;
  if (!chunks.has(row.k)) {
    if (chunks.size > 8) chunks.delete(chunks.keys().next().value);
    const script = byId('c' + row.k);
    if (!script) return null;
    chunks.set(row.k, JSON.parse(script.textContent));
  }
  return chunks.get(row.k)[row.o || 0];
}

// virtual shows the entries that are in sight. draw(i) makes the element of entry i.
function virtual(box, height, draw, top) {
  const space = make('div', { style: 'position:relative' });
  box.append(space);
  let count = 0, from = -1, to = -1, waiting = false;
  const rows = new Map();
  function paint(all) {
    waiting = false;
    const first = Math.max(0, Math.floor((box.scrollTop - (top || 0)) / height) - 6);
    const last = Math.min(count, Math.ceil((box.scrollTop + (box.clientHeight || 800)) / height) + 6);
    if (!all && first === from && last === to) return;
    from = first;
    to = last;
    for (const [i, e] of rows) {
      if (all || i < first || i >= last) {
        e.remove();
        rows.delete(i);
      }
    }
    for (let i = first; i < last; i++) {
      if (rows.has(i)) continue;
      const e = draw(i);
      e.style.top = i * height + 'px';
      rows.set(i, e);
      space.append(e);
    }
  }
  const soon = () => {
    if (!waiting) requestAnimationFrame(() => paint(false));
    waiting = true;
  };
  box.addEventListener('scroll', soon);
  new ResizeObserver(soon).observe(box);
  return {
    // show has n entries, and at in sight
    show(n, at) {
      count = n;
      space.style.height = n * height + 'px';
      if (at != null) box.scrollTop = Math.max(0, (at - 3) * height);
      paint(true);
    },
    reveal(i) {
      const y = i * height;
      if (y < box.scrollTop) box.scrollTop = y;
      else if (y + height > box.scrollTop + box.clientHeight - (top || 0)) box.scrollTop = y + height - box.clientHeight + (top || 0);
      paint(true);
    },
    page: () => Math.max(1, Math.floor(box.clientHeight / height) - 1),
  };
}
