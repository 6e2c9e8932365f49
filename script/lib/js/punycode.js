// require('punycode'): RFC 3492, and the domain helpers of punycode 1.4.1.

const base = 36, tMin = 1, tMax = 26, skew = 38, damp = 700, firstBias = 72, firstN = 128;
const biggest = 0x7fffffff;

function overflow() { throw new RangeError('Overflow: input needs wider integers to process'); }

function adapt(delta, count, first) {
  let k = 0;
  delta = first ? Math.floor(delta / damp) : delta >> 1;
  delta += Math.floor(delta / count);
  while (delta > ((base - tMin) * tMax) >> 1) {
    delta = Math.floor(delta / (base - tMin));
    k += base;
  }
  return k + Math.floor(((base - tMin + 1) * delta) / (delta + skew));
}

const threshold = (k, bias) => (k <= bias ? tMin : k >= bias + tMax ? tMax : k - bias);
const digitOf = (n) => String.fromCharCode(n < 26 ? n + 97 : n + 22);
function valueOf(c) {
  if (c >= 48 && c <= 57) return c - 22;
  if (c >= 65 && c <= 90) return c - 65;
  if (c >= 97 && c <= 122) return c - 97;
  return base;
}

const ucs2 = {
  decode(text) {
    const out = [];
    for (let i = 0; i < text.length; i++) {
      const code = text.codePointAt(i);
      if (code > 0xffff) i++;
      out.push(code);
    }
    return out;
  },
  encode: (codes) => String.fromCodePoint(...codes),
};

function decode(input) {
  const out = [];
  const cut = Math.max(input.lastIndexOf('-'), 0);
  for (let j = 0; j < cut; j++) {
    if (input.charCodeAt(j) >= 0x80) throw new RangeError('Illegal input >= 0x80 (not a basic code point)');
    out.push(input.charCodeAt(j));
  }
  let n = firstN, i = 0, bias = firstBias;
  for (let at = cut > 0 ? cut + 1 : 0; at < input.length;) {
    const before = i;
    for (let w = 1, k = base; ; k += base) {
      if (at >= input.length) throw new RangeError('Invalid input');
      const digit = valueOf(input.charCodeAt(at++));
      if (digit >= base || digit > Math.floor((biggest - i) / w)) overflow();
      i += digit * w;
      const t = threshold(k, bias);
      if (digit < t) break;
      if (w > Math.floor(biggest / (base - t))) overflow();
      w *= base - t;
    }
    const count = out.length + 1;
    bias = adapt(i - before, count, before === 0);
    if (Math.floor(i / count) > biggest - n) overflow();
    n += Math.floor(i / count);
    i %= count;
    out.splice(i++, 0, n);
  }
  return ucs2.encode(out);
}

function encode(input) {
  const codes = ucs2.decode(input);
  const basic = codes.filter((c) => c < 0x80);
  const out = basic.map((c) => String.fromCharCode(c));
  let n = firstN, delta = 0, bias = firstBias, done = basic.length;
  if (done) out.push('-');
  while (done < codes.length) {
    let m = biggest;
    for (const c of codes) if (c >= n && c < m) m = c;
    if (m - n > Math.floor((biggest - delta) / (done + 1))) overflow();
    delta += (m - n) * (done + 1);
    n = m;
    for (const c of codes) {
      if (c < n && ++delta > biggest) overflow();
      if (c !== n) continue;
      let q = delta;
      for (let k = base; ; k += base) {
        const t = threshold(k, bias);
        if (q < t) break;
        out.push(digitOf(t + ((q - t) % (base - t))));
        q = Math.floor((q - t) / (base - t));
      }
      out.push(digitOf(q));
      bias = adapt(delta, done + 1, done === basic.length);
      delta = 0;
      done++;
    }
    delta++;
    n++;
  }
  return out.join('');
}

// labels applies fn to each part of a domain; the local part of an address stays.
function labels(text, fn) {
  const at = text.split('@');
  const head = at.length > 1 ? at[0] + '@' : '';
  const domain = (at.length > 1 ? at[1] : text).replace(/[\u3002\uff0e\uff61]/g, '.');
  return head + domain.split('.').map(fn).join('.');
}

Object.assign(exports, {
  version: '1.4.1', ucs2, decode, encode,
  toASCII: (text) => labels(text, (s) => (/[^\0-\x7e]/.test(s) ? 'xn--' + encode(s) : s)),
  toUnicode: (text) => labels(text, (s) => (s.startsWith('xn--') ? decode(s.slice(4).toLowerCase()) : s)),
});
