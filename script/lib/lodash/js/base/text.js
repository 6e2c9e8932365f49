// Text as what a reader sees as characters: pairs of surrogates, marks and joined emoji stay together.

const code = (text, at) => (at < text.length ? text.charCodeAt(at) : -1);
const isMark = (c) => (c >= 0x300 && c <= 0x36f) || (c >= 0xfe20 && c <= 0xfe2f) || (c >= 0x20d0 && c <= 0x20ff);
const isSurrogate = (c) => c >= 0xd800 && c <= 0xdfff;
const special = /[\u200d\ud800-\udfff\u0300-\u036f\ufe20-\ufe2f\u20d0-\u20ff\ufe0e\ufe0f]/;
const hasUnicode = (text) => special.test(text);

const isTone = (text, at) => code(text, at) === 0xd83c && code(text, at + 1) >= 0xdffb && code(text, at + 1) <= 0xdfff;
const isRegion = (text, at) => code(text, at) === 0xd83c && code(text, at + 1) >= 0xdde6 && code(text, at + 1) <= 0xddff;

function isPair(text, at) {
  const high = code(text, at);
  const low = code(text, at + 1);
  return high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;
}

// A variation selector, then a mark or a tone of skin.
function pastModifiers(text, at) {
  const c = code(text, at);
  if (c === 0xfe0e || c === 0xfe0f) at++;
  if (isMark(code(text, at))) return at + 1;
  return isTone(text, at) ? at + 2 : at;
}

function pastJoined(text, at) {
  at = pastModifiers(text, at);
  while (code(text, at) === 0x200d) {
    const next = code(text, at + 1);
    if (next < 0) break;
    if (!isSurrogate(next)) at = pastModifiers(text, at + 2);
    else if (isRegion(text, at + 1) && isRegion(text, at + 3)) at = pastModifiers(text, at + 5);
    else if (isPair(text, at + 1)) at = pastModifiers(text, at + 3);
    else break;
  }
  return at;
}

function symbolEnd(text, at) {
  if (isTone(text, at) && isTone(text, at + 2)) return at + 2;
  if (!isSurrogate(code(text, at))) return pastJoined(text, isMark(code(text, at + 1)) ? at + 2 : at + 1);
  if (isRegion(text, at) && isRegion(text, at + 2)) return pastJoined(text, at + 4);
  return pastJoined(text, isPair(text, at) ? at + 2 : at + 1);
}

function symbolsOf(text) {
  text = text + '';
  if (!hasUnicode(text)) return text.split('');
  const result = [];
  for (let at = 0; at < text.length;) {
    const end = symbolEnd(text, at);
    result.push(text.slice(at, end));
    at = end;
  }
  return result;
}

const sizeOf = (text) => (hasUnicode(text) ? symbolsOf(text).length : text.length);

function upperFirst(text) {
  if (!hasUnicode(text)) return text.charAt(0).toUpperCase() + text.slice(1);
  const symbols = symbolsOf(text);
  return symbols[0].toUpperCase() + symbols.slice(1).join('');
}

function lowerFirst(text) {
  if (!hasUnicode(text)) return text.charAt(0).toLowerCase() + text.slice(1);
  const symbols = symbolsOf(text);
  return symbols[0].toLowerCase() + symbols.slice(1).join('');
}

function repeat(text, n) {
  let result = '';
  if (!text || n < 1 || n > 9007199254740991) return result;
  for (;;) {
    if (n % 2) result += text;
    n = Math.floor(n / 2);
    if (!n) return result;
    text += text;
  }
}

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const characters = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const escape = (text) => text.replace(/[&<>"']/g, (c) => entities[c]);
const unescape = (text) => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => characters[entity]);

return { hasUnicode, symbolsOf, sizeOf, upperFirst, lowerFirst, repeat, escape, unescape };
