// Search: every word has to be met. A word may ask one field: status:500, method:POST, folder:"Pay / v1".

let hay = null;
const haystack = () => hay ||= rows.map((r) => [r.n, r.p, r.m, r.u, r.c, r.e, r.x, r.l && 'iteration ' + r.l, verdicts[r.v || 0], r.f && 'flaky', r.b && changes[r.b]].filter(Boolean).join('\n').toLowerCase());

const holds = (text, word) => String(text || '').toLowerCase().includes(word);

// Each field says whether a row has a value. A figure may be compared: status:>=400, time:>500.
const fields = {
  status: (r, word) => compares(r.c, word, (text) => /^[1-5]xx$/.test(text) ? String(r.c || '')[0] === text[0] : String(r.c || '').startsWith(text)),
  time: (r, word) => compares(r.t || 0, word, (text) => Math.round(r.t || 0) === Number(text)),
  method: (r, word) => String(r.m || '').toLowerCase() === word,
  folder: (r, word) => holds(r.p, word),
  name: (r, word) => holds(r.n, word),
  url: (r, word) => holds(r.u, word),
  message: (r, word) => holds(r.e, word),
  test: (r, word) => holds(r.x, word) || holds(r.e, word),
  iteration: (r, word) => String((r.i || 0) + 1) === word,
  cause: (r, word) => String(r.a || 0) === word,
  change: (r, word) => r.b === word,
  is: (r, word) => verdicts[r.v || 0] === word || word === 'flaky' && !!r.f || word === 'cause' && !!r.a && !r.w || word === 'consequence' && !!r.w,
};

function compares(figure, word, otherwise) {
  const m = /^(>=|<=|>|<)(\d+(?:\.\d+)?)$/.exec(word);
  if (!m) return otherwise(word);
  if (!figure) return false;
  const n = Number(m[2]);
  return m[1] === '>' ? figure > n : m[1] === '<' ? figure < n : m[1] === '>=' ? figure >= n : figure <= n;
}

// query makes a test of rows out of what was typed. What names no field is a word, such as http://host.
function query(text) {
  const asked = [];
  for (const m of text.toLowerCase().matchAll(/(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/g)) {
    const value = m[2] ?? m[3];
    if (m[1] && Object.hasOwn(fields, m[1])) asked.push((i) => fields[m[1]](rows[i], value));
    else if (value || m[1]) {
      const word = m[1] ? m[0].replaceAll('"', '') : value;
      asked.push((i) => haystack()[i].includes(word));
    }
  }
  return (i) => asked.every((f) => f(i));
}
