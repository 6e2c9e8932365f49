const {is, isThing} = core

const escaped = s => String(s).replace(/([\\/'*+?|()[\]{}.^$])/g, '\\$1')

// pieces calls fn with what matches, and returns what it made of it.
function pieces(s, what, fn) {
  if (typeof what === 'function') { fn = what; what = /[\s\S]/g }
  const re = what === undefined || what === null ? /[\s\S]/g
    : is(what, 'RegExp') ? new RegExp(what.source, what.flags.includes('g') ? what.flags : what.flags + 'g')
      : new RegExp(escaped(what), 'gi')
  const found = s.match(re) || []
  return fn ? found.map((m, i) => { const r = fn.call(s, m, i, found); return r === undefined ? m : r }) : found
}

function capitalize(s, all) {
  let responded = false
  return s.toLowerCase().replace(all ? /[\s\S]/g : /^\S/, c => {
    const upper = c.toUpperCase(), out = responded ? c : upper
    responded = upper !== c
    return out
  })
}

const underscore = s => s.replace(/[-\s]+/g, '_').replace(/([A-Z\d]+)([A-Z][a-z])/g, '$1_$2')
  .replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase()

// English plurals: words that have none, words of their own, then endings, the first that fits.
const same = /^(equipment|information|rice|money|species|series|fish|sheep|jeans|news)$/i
const irregular = {person: 'people', man: 'men', child: 'children', sex: 'sexes', move: 'moves', save: 'saves', cow: 'kine', foot: 'feet', goose: 'geese', tooth: 'teeth', zombie: 'zombies'}
const plurals = [[/(quiz)$/i, '$1zes'], [/^(ox)$/i, '$1en'], [/([ml])ouse$/i, '$1ice'], [/(matr|vert|ind)(?:ix|ex)$/i, '$1ices'],
  [/(x|ch|ss|sh)$/i, '$1es'], [/([^aeiouy]|qu)y$/i, '$1ies'], [/(hive)$/i, '$1s'], [/(?:([^f])fe|([lr])f)$/i, '$1$2ves'], [/sis$/i, 'ses'],
  [/([ti])um$/i, '$1a'], [/(buffal|her|potat|tomat|volcan)o$/i, '$1oes'], [/(bu|alias|status)s?$/i, m => (/s$/i.test(m) ? m : m + 's') + 'es'],
  [/(octop|vir)us$/i, '$1i'], [/(ax|test)is$/i, '$1es'], [/(ice|men|people|teeth|feet|geese|children|kine)$/i, '$1'], [/s$/i, 's'], [/$/, 's']]
const singulars = [[/(database)s$/i, '$1'], [/(quiz)zes$/i, '$1'], [/(matr)ices$/i, '$1ix'], [/(vert|ind)ices$/i, '$1ex'], [/^(ox)en/i, '$1'],
  [/(alias|status)(es)?$/i, '$1'], [/(octop|vir)(us|i)$/i, '$1us'], [/(cris|ax|test)es$/i, '$1is'], [/(shoe)s$/i, '$1'],
  [/(her|potat|tomat|volcan|buffal)oes$/i, '$1o'], [/(bus)es$/i, '$1'], [/([ml])ice$/i, '$1ouse'], [/(x|ch|ss|sh)es$/i, '$1'],
  [/(m)ovies$/i, '$1ovie'], [/([^aeiouy]|qu)ies$/i, '$1y'], [/([lr])ves$/i, '$1f'], [/(tive)s$/i, '$1'], [/(hive)s$/i, '$1'], [/([^f])ves$/i, '$1fe'],
  [/((a)naly|(b)a|(d)iagno|(p)arenthe|(p)rogno|(s)ynop|(t)he)(sis|ses)$/i, '$1sis'], [/([ti])a$/i, '$1um'], [/ss$/i, 'ss'], [/s$/i, '']]

function inflect(s, rules, table) {
  if (!s || same.test(s)) return s
  const known = Object.keys(table).find(k => new RegExp('^' + k + '$', 'i').test(s) || new RegExp('(^|[_\\s-]|wo)' + k + '$', 'i').test(s))
  if (known) {
    const at = s.length - known.length, first = s[at]
    return s.slice(0, at) + (first === first.toUpperCase() ? table[known][0].toUpperCase() : table[known][0]) + table[known].slice(1)
  }
  const rule = rules.find(([re]) => re.test(s))
  return rule ? s.replace(rule[0], rule[1]) : s
}

const reversed = Object.fromEntries(Object.entries(irregular).map(([a, b]) => [b, a]))
const pluralize = s => inflect(s, plurals, irregular)
const singularize = s => inflect(s, singulars, reversed)

const humanize = s => capitalize(s.replace(/_id$/g, '').replace(/_/g, ' ').toLowerCase())
const small = /^(and|or|nor|a|an|the|so|but|to|of|at|by|from|into|on|onto|off|out|in|over|with|for)$/i

function titleize(s) {
  const end = /[.:;!]$/
  let afterPoint = false
  const words = underscore(s).replace(/_/g, ' ').split(/ +/)
  return words.map((w, i) => {
    const keep = small.test(w) && i > 0 && i < words.length - 1 && !afterPoint
    afterPoint = end.test(w)
    return keep ? w : capitalize(w)
  }).join(' ')
}

function onWords(s, limit) {
  let n = 0
  return s.split(/(?=\s)/).filter(w => { n += w.length; return n <= limit }).join('')
}

const backwards = s => s.split('').reverse().join('')

function truncate(s, length, split, from, ellipsis) {
  const dots = ellipsis === undefined ? '...' : String(ellipsis)
  if (s.length <= length) return s
  const head = n => (split === false ? onWords(s, n) || s.slice(0, n) : s.slice(0, n))
  switch (from) {
    case 'left': {
      if (split !== false) return dots + s.slice(s.length - length)
      // A word counts with the blank before it.
      const words = s.split(/(?=\s)/)
      let out = ''
      while (words.length && out.length + words[words.length - 1].length <= length) out = words.pop() + out
      return dots + (out.length === length ? out : out.trimStart())
    }
    case 'middle': return head(Math.ceil(length / 2)) + dots + s.slice(s.length - Math.floor(length / 2))
  }
  return head(length) + dots
}

function tags(s, names, keepContent) {
  for (const name of names.length ? names : ['']) {
    const inner = name ? escaped(name) : '[^>/\\s]*'
    if (keepContent) s = s.replace(new RegExp('</?' + (name ? escaped(name) : '') + '[^<>]*>', 'gi'), '')
    else s = s.replace(new RegExp('<(' + inner + ')[^<>]*(?:/>|>.*?</\\1>)', 'gi'), '')
  }
  return s
}

function times(text, n) {
  if (n === undefined) n = 1
  if (isNaN(n)) throw new RangeError('Invalid count value: ' + n)
  return String(text).repeat(Number(n))
}

const bytes = {
  encode(s) { const b = core.host.btoa(s); return s === '' ? 'AA==' : b },
  decode(s) { return core.host.atob(s) },
}

// shiftKana moves between the two Japanese syllabaries.
const shiftKana = (s, from, to, by) => s.replace(new RegExp('[' + from + '-' + to + ']', 'g'), c => String.fromCharCode(c.charCodeAt(0) + by))

const halfKana = '｡｢｣､･ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ'
const fullKana = '。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜'
const voiced = 'ガギグゲゴザジズゼゾダヂヅデドバビブベボヴ', unvoiced = 'カキクケコサシスセソタチツテトハヒフヘホウ'

function hankaku(s) {
  return s.replace(/[\s\S]/g, c => {
    const code = c.charCodeAt(0)
    if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
    if (c === '　') return ' '
    let i = fullKana.indexOf(c)
    if (i >= 0) return halfKana[i]
    if ((i = voiced.indexOf(c)) >= 0) return halfKana[fullKana.indexOf(unvoiced[i])] + 'ﾞ'
    if ((i = 'パピプペポ'.indexOf(c)) >= 0) return halfKana[fullKana.indexOf('ハヒフヘホ'[i])] + 'ﾟ'
    return c
  })
}

function zenkaku(s) {
  return s.replace(/[\s\S][ﾞﾟ]?/g, m => {
    let out = ''
    for (let i = 0; i < m.length; i++) {
      const code = m.charCodeAt(i), k = halfKana.indexOf(m[i])
      if (code >= 0x21 && code <= 0x7e) out += String.fromCharCode(code + 0xfee0)
      else if (m[i] === ' ') out += '　'
      else if (k >= 0) {
        const full = fullKana[k], v = unvoiced.indexOf(full), p = 'ハヒフヘホ'.indexOf(full)
        if (m[i + 1] === 'ﾞ' && v >= 0) { out += voiced[v]; i++ } else if (m[i + 1] === 'ﾟ' && p >= 0) { out += 'パピプペポ'[p]; i++ } else out += full
      } else out += m[i]
    }
    return out
  })
}

const text = f => function (...args) { return f(String(this), ...args) }

const proto = {
  escapeRegExp: text(escaped),
  escapeURL: text((s, all) => (all ? encodeURIComponent(s) : encodeURI(s))),
  unescapeURL: text((s, all) => (all ? decodeURI(s) : decodeURIComponent(s))),
  escapeHTML: text(s => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&apos;').replace(/\//g, '&#x2f;')),
  unescapeHTML: text(s => s.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&#x2f;/g, '/').replace(/&amp;/g, '&')),
  encodeBase64: text(bytes.encode), decodeBase64: text(bytes.decode),
  each: text(pieces),
  shift: text((s, n) => s.replace(/[\s\S]/g, c => String.fromCharCode(c.charCodeAt(0) + n))),
  codes: text((s, fn) => s.split('').map((c, i) => { const n = c.charCodeAt(0); if (fn) fn.call(s, n, i, s); return n })),
  chars: text((s, fn) => pieces(s, undefined, fn)),
  words: text((s, fn) => pieces(s.trim(), /\S+/g, fn)),
  lines: text((s, fn) => pieces(s.trim(), /^.*$/gm, fn)),
  paragraphs: text((s, fn) => { const p = s.trim().split(/[\r\n]{2,}/); return fn ? p.map((x, i) => fn.call(s, x, i, p)) : p }),
  isBlank: text(s => s.trim().length === 0),
  has: text((s, what) => s.search(is(what, 'RegExp') ? what : escaped(what)) !== -1),
  add: text((s, what, i) => { i = i === undefined ? s.length : i; return s.slice(0, i) + what + s.slice(i) }),
  remove: text((s, what) => s.replace(what, '')),
  reverse: text(backwards),
  compact: text(s => s.trim().replace(/([\r\n\s　])+/g, (m, c) => (c === '　' ? c : ' '))),
  from: text((s, i) => s.slice(i)), to: text((s, i) => s.slice(0, i === undefined ? s.length : i)),
  dasherize: text(s => underscore(s).replace(/_/g, '-')), underscore: text(underscore),
  camelize: text((s, first) => underscore(s).replace(/(^|_)([^_]+)/g, (m, _, word, at) => (first !== false || at > 0 ? capitalize(word) : word))),
  spacify: text(s => underscore(s).replace(/_/g, ' ')),
  stripTags: text((s, ...names) => tags(s, names, true)), removeTags: text((s, ...names) => tags(s, names, false)),
  truncate: text(truncate),
  pad: text((s, c, n) => (c === undefined ? s : times(c, n) + s + times(c, n))),
  padLeft: text((s, c, n) => (c === undefined ? s : times(c, n) + s)),
  padRight: text((s, c, n) => (c === undefined ? s : s + times(c, n))),
  first: text((s, n) => s.substr(0, n === undefined ? 1 : n)),
  last: text((s, n) => { n = n === undefined ? 1 : n; return s.substr(s.length - n < 0 ? 0 : s.length - n) }),
  toNumber: text((s, base) => { s = s.replace(/,/g, ''); return /\./.test(s) ? parseFloat(s) : parseInt(s, base || 10) }),
  capitalize: text(capitalize),
  assign: text((s, ...given) => {
    const values = {}
    given.forEach((g, i) => { if (isThing(g)) Object.assign(values, g); else values[i + 1] = g })
    return s.replace(/\{([^{]+?)\}/g, (m, key) => (core.own(values, key) ? values[key] : m))
  }),
  pluralize: text(pluralize), singularize: text(singularize), humanize: text(humanize), titleize: text(titleize),
  parameterize: text((s, sep) => {
    sep = sep === undefined ? '-' : sep
    s = s.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9\-_]+/gi, sep)
    if (sep) s = s.replace(new RegExp('^' + escaped(sep) + '+|' + escaped(sep) + '+$|(' + escaped(sep) + ')' + escaped(sep) + '+', 'g'), '$1')
    return encodeURI(s.toLowerCase())
  }),
  hankaku: text(hankaku), zenkaku: text(zenkaku),
  hiragana: text((s, all) => shiftKana(all === false ? s : zenkakuKana(s), 'ァ', 'ヶ', -96)),
  katakana: text(s => shiftKana(s, 'ぁ', 'ゖ', 96)),
}
proto.insert = proto.add

const zenkakuKana = s => s.replace(/[\uff61-\uff9f]+/g, zenkaku)

const scripts = {
  Arabic: '\\u0600-\\u06FF', Cyrillic: '\\u0400-\\u04FF', Devanagari: '\\u0900-\\u097F', Greek: '\\u0370-\\u03FF',
  Hangul: '\\uAC00-\\uD7AF\\u1100-\\u11FF', Han: '\\u4E00-\\u9FFF\\uF900-\\uFAFF', Kanji: '\\u4E00-\\u9FFF\\uF900-\\uFAFF',
  Hebrew: '\\u0590-\\u05FF', Hiragana: '\\u3040-\\u309F\\u30FB-\\u30FC', Kana: '\\u3040-\\u30FF\\uFF61-\\uFF9F',
  Katakana: '\\u30A0-\\u30FF\\uFF61-\\uFF9F', Latin: '\\u0001-\\u007F\\u0080-\\u00FF\\u0100-\\u017F\\u0180-\\u024F', Thai: '\\u0E00-\\u0E7F',
}
for (const [name, range] of Object.entries(scripts)) {
  proto['is' + name] = text(s => new RegExp('^[\\s' + range + ']+$').test(s.trim()))
  proto['has' + name] = text(s => new RegExp('[' + range + ']').test(s))
}

return {proto, statics: {}}
