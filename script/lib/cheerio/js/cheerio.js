// The methods of cheerio 0.22 over plain nodes. host parses, selects and renders.
const defaults = {withDomLvl1: true, normalizeWhitespace: false, xmlMode: false, decodeEntities: true}
const own = (o, k) => Object.prototype.hasOwnProperty.call(o, k)
const isTag = n => n.type === 'tag' || n.type === 'script' || n.type === 'style'
const isNode = v => !!(v && typeof v === 'object' && (v.name || v.type === 'text' || v.type === 'comment'))
const isHtml = s => s[0] === '<' && s[s.length - 1] === '>' && s.length >= 3 || /^(?:[^#<]*(<[\w\W]+>)[^>]*$|#([\w-]*)$)/.test(s) && s.includes('<')

// What DOM level 1 calls the parts of a node.
const alias = {tagName: 'name', childNodes: 'children', parentNode: 'parent', previousSibling: 'prev', nextSibling: 'next', nodeValue: 'data'}
const textProto = {}, elementProto = Object.create(textProto)
const getter = (name, get, set) => Object.defineProperty(textProto, name, {get, set, configurable: true})
for (const [name, of] of Object.entries(alias)) getter(name, function () { return this[of] || null }, function (v) { this[of] = v })
getter('firstChild', function () { return (this.children && this.children[0]) || null })
getter('lastChild', function () { return (this.children && this.children[this.children.length - 1]) || null })
getter('nodeType', function () { return {text: 3, cdata: 4, comment: 8}[this.type] || 1 })
host.prototypes(textProto, elementProto)

// place puts nodes where they belong: below parent, next to each other. The root is no parent.
function place(nodes, parent) {
  const list = Array.isArray(nodes) ? nodes : [nodes]
  if (parent) parent.children = list
  list.forEach((n, i) => {
    const before = n.parent || n.root
    if (before && before.children && before.children !== list) {
      const at = before.children.indexOf(n)
      if (at >= 0) before.children.splice(at, 1)
    }
    if (parent) {
      n.prev = list[i - 1] || null
      n.next = list[i + 1] || null
    } else n.prev = n.next = null
    if (parent && parent.type === 'root') { n.root = parent; n.parent = null } else { n.root = null; n.parent = parent }
  })
  return parent
}

function parse(content, options) {
  const root = {type: 'root', name: 'root', attribs: {}, children: [], next: null, prev: null, parent: null}
  place(evaluate(content, options), root)
  return root
}

function evaluate(content, options) {
  if (typeof content === 'string' || content && typeof content === 'object' && typeof content.byteLength === 'number') return host.parse(String(content), options)
  return content === null || typeof content !== 'object' ? [] : content.cheerio ? content.get() : Array.isArray(content) ? content : [content]
}

// splice takes nodes from where they are and puts them into a list of children.
function splice(list, at, remove, nodes, parent) {
  for (const n of nodes) {
    const from = n.parent || n.root
    const was = from && from.children ? from.children.indexOf(n) : -1
    if (was >= 0) {
      from.children.splice(was, 1)
      if (from.children === list && was < at) at--
    }
    if (n.prev) n.prev.next = n.next || null
    if (n.next) n.next.prev = n.prev || null
  }
  list.splice(at, remove, ...nodes)
  nodes.forEach(n => { if (parent && parent.type === 'root') { n.root = parent; n.parent = null } else { n.root = null; n.parent = parent } })
  list.forEach((n, i) => { n.prev = list[i - 1] || null; n.next = list[i + 1] || null })
}

const clone = (nodes, options) => parse(host.render(nodes, options), options).children

function textOf(nodes) {
  let out = ''
  for (let i = 0; i < nodes.length; i++) {
    const n = nodes[i]
    if (n.type === 'text') out += n.data
    else if (n.children && n.type !== 'comment') out += textOf(n.children)
  }
  return out
}

// test makes a predicate (element, index) of what filter, not and is take.
function test(match) {
  if (typeof match === 'string') return el => host.matches(match, el)
  if (typeof match === 'function') return (el, i) => match.call(el, i, el)
  if (match && match.cheerio) return el => Array.prototype.includes.call(match, el)
  return el => el === match
}

// maker is the $ that made a selection, to be called as a function.
const maker = c => (...a) => { const make = c.constructor; return make(...a) }
const list = c => Array.prototype.slice.call(c)
const unique = nodes => [...new Set(nodes)]

function Cheerio(selector, context, root, options) {
  if (!(this instanceof Cheerio)) return new Cheerio(selector, context, root, options)
  this.options = Object.assign({}, defaults, this.options, options)
  if (!selector) return this
  if (root) {
    if (typeof root === 'string') root = parse(root, this.options)
    Object.defineProperty(this, '_root', {value: root.cheerio ? root : fill(Object.create(Cheerio.prototype), [root]), writable: true, configurable: true})
  }
  if (selector.cheerio) return selector
  if (isNode(selector)) selector = [selector]
  if (Array.isArray(selector)) return fill(this, selector)
  if (typeof selector === 'string' && isHtml(selector)) return fill(this, parse(selector, this.options).children)
  if (!context) context = this._root
  else if (typeof context === 'string') {
    if (isHtml(context)) context = fill(Object.create(Cheerio.prototype), [parse(context, this.options)])
    else { selector = context + ' ' + selector; context = this._root }
  } else if (!context.cheerio) context = fill(Object.create(Cheerio.prototype), isNode(context) ? [context] : context)
  if (!context) return this
  this.prevObject = context
  return fill(this, found(context, selector))
}

function fill(c, nodes) {
  nodes.forEach((n, i) => { c[i] = n })
  c.length = nodes.length
  return c
}

function found(context, selector) {
  const nodes = list(context).reduce((out, n) => out.concat((n.children || []).filter(isTag)), [])
  if (typeof selector !== 'string') {
    const stack = selector && selector.cheerio ? selector.get() : [selector]
    return stack.filter(n => list(context).some(c => contains(c, n)))
  }
  return host.select(selector, nodes, list(context))
}

function contains(container, n) {
  if (container === n) return false
  for (let up = n; up && (up.parent || up.root) !== up; up = up.parent || up.root) if ((up.parent || up.root) === container) return true
  return false
}

const api = {
  cheerio: '[cheerio object]', length: 0, splice: Array.prototype.splice,
  _make(nodes) {
    const c = new this.constructor(Array.isArray(nodes) ? nodes : list(nodes), undefined, this._root, this.options)
    c.prevObject = this
    return c
  },
  get(i) { return i === undefined || i === null ? list(this) : this[i < 0 ? this.length + i : i] },
  toArray() { return this.get() },
  find(selector) { return this._make(found(this, selector)) },
  each(fn) { for (let i = 0, n = this.length; i < n && fn.call(this[i], i, this[i]) !== false; i++); return this },
  map(fn) {
    return this._make(list(this).reduce((out, el, i) => {
      const v = fn.call(el, i, el)
      return v === null || v === undefined ? out : out.concat(v)
    }, []))
  },
  filter(match) { return this._make(list(this).filter(test(match))) },
  not(match) { const t = test(match); return this._make(list(this).filter((el, i) => !t(el, i))) },
  is(match) { return match ? this.filter(match).length > 0 : false },
  has(what) { return this.filter((i, el) => this._make([el]).find(what).length > 0) },
  first() { return this.length > 1 ? this._make([this[0]]) : this },
  last() { return this.length > 1 ? this._make([this[this.length - 1]]) : this },
  eq(i) { i = +i; if (i === 0 && this.length <= 1) return this; if (i < 0) i += this.length; return this[i] ? this._make([this[i]]) : this._make([]) },
  index(what) {
    if (arguments.length === 0) return list(this.parent().children()).indexOf(this[0])
    if (typeof what === 'string') return list(this._make(found(this._root, what))).indexOf(this[0])
    return list(this).indexOf(what && what.cheerio ? what[0] : what)
  },
  slice(...a) { return this._make(list(this).slice(...a)) },
  end() { return this.prevObject || this._make([]) },
  add(other, context) {
    const nodes = unique(list(this).concat(list(maker(this)(other, context, this._root))))
    const all = this._root ? order(this._root) : null
    if (all) nodes.sort((a, b) => (all.get(a) ?? Infinity) - (all.get(b) ?? Infinity) || 0)
    return this._make(nodes)
  },
  addBack(selector) { return this.add(selector ? this.prevObject.filter(selector) : this.prevObject) },
  parent(selector) { return narrowed(this, unique(list(this).map(n => n.parent).filter(Boolean)), selector) },
  parents(selector) { return this._make(unique(list(this).reverse().reduce((out, n) => out.concat(upwards(n.parent, selector, Infinity)), []))) },
  parentsUntil(until, selector) {
    const stop = typeof until === 'string' ? (n => host.matches(until, n)) : until && until.cheerio ? (n => list(until).includes(n)) : (n => n === until)
    const out = []
    for (const n of list(this).reverse()) for (let up = n.parent; up && !(until && stop(up)); up = up.parent) if (isTag(up) && !out.includes(up)) out.push(up)
    return narrowed(this, out, selector)
  },
  closest(selector) { return this._make(selector ? unique(list(this).reduce((out, n) => out.concat(upwards(n, selector, 1)), [])) : []) },
  siblings(selector) {
    const me = list(this)
    return narrowed(this, list(this.parent().children()).filter(n => !me.includes(n)), selector)
  },
  children(selector) { return narrowed(this, list(this).reduce((out, n) => out.concat((n.children || []).filter(isTag)), []), selector) },
  contents() { return this._make(list(this).reduce((out, n) => out.concat(n.children || []), [])) },
  text(value) {
    if (value === undefined) return textOf(this)
    return this.each((i, el) => {
      const v = typeof value === 'function' ? value.call(el, i, textOf([el])) : value
      if (el.children === undefined) return
      drop(el)
      place(Object.assign(Object.create(textProto), {data: '' + v, type: 'text', parent: el, prev: null, next: null, children: []}), el)
    })
  },
  html(value) {
    if (value === undefined) return this[0] && this[0].children ? host.render(this[0].children, this.options) : null
    return this.each((i, el) => {
      if (!el.children) return
      drop(el)
      place(value && value.cheerio ? value.clone().get() : evaluate('' + value, this.options), el)
    })
  },
  toString() { return host.render(list(this), this.options) },
  clone() { return this._make(clone(list(this), this.options)) },
  empty() { return this.each((i, el) => { drop(el) }) },
  remove(selector) {
    const c = selector ? this.filter(selector) : this
    c.each((i, el) => {
      const from = el.parent || el.root
      const at = from && from.children ? from.children.indexOf(el) : -1
      if (at < 0) return
      from.children.splice(at, 1)
      if (el.prev) el.prev.next = el.next
      if (el.next) el.next.prev = el.prev
      el.prev = el.next = el.parent = el.root = null
    })
    return this
  },
  replaceWith(content) {
    return this.each((i, el) => {
      const from = el.parent || el.root
      if (!from) return
      const nodes = nodesOf(this, typeof content === 'function' ? content.call(el, i, el) : content)
      const at = from.children.indexOf(el)
      splice(from.children, at, nodes.includes(el) ? 0 : 1, nodes, from)
      if (!nodes.includes(el)) el.parent = el.prev = el.next = el.root = null
    })
  },
  wrap(wrapper) {
    return this.each((i, el) => {
      const from = el.parent || el.root
      if (!from) return
      let w = typeof wrapper === 'function' ? wrapper.call(el, i) : wrapper
      if (typeof w === 'string' && !isHtml(w)) w = this.parents().last().find(w).clone()
      const [outer] = nodesOf(this, w, i < this.length - 1), at = from.children.indexOf(el)
      if (!outer) return
      place([el], outer)
      splice(from.children, at, 0, [outer], from)
    })
  },
  append: inserter((c, nodes, el) => splice(el.children, el.children.length, 0, nodes, el), true),
  prepend: inserter((c, nodes, el) => splice(el.children, 0, 0, nodes, el), true),
  after: inserter((c, nodes, el, from) => splice(from.children, from.children.indexOf(el) + 1, 0, nodes, from)),
  before: inserter((c, nodes, el, from) => splice(from.children, from.children.indexOf(el), 0, nodes, from)),
  appendTo(target) { targetOf(this, target).append(this); return this },
  prependTo(target) { targetOf(this, target).prepend(this); return this },
  insertAfter(target) { return insertBeside(this, target, 1) },
  insertBefore(target) { return insertBeside(this, target, 0) },
  attr(name, value) {
    if (typeof name === 'object' && name !== null || value !== undefined) {
      return this.each((i, el) => {
        if (!isTag(el)) return
        if (typeof name === 'object') for (const k of Object.keys(name)) setAttr(el, k, name[k])
        else setAttr(el, name, typeof value === 'function' ? value.call(el, i, el.attribs[name]) : value)
      })
    }
    return getAttr(this[0], name)
  },
  prop(name, value) {
    if (typeof name === 'string' && value === undefined) {
      if (name === 'style') {
        const styles = this.css()
        Object.keys(styles).forEach((k, i) => { styles[i] = k; styles.length = i + 1 })
        return styles
      }
      if (name === 'tagName' || name === 'nodeName') return this[0].name.toUpperCase()
      return getProp(this[0], name)
    }
    return this.each((i, el) => {
      if (!isTag(el)) return
      const put = (k, v) => { el[k] = flag.test(k) ? !!v : v }
      if (typeof name === 'object') for (const k of Object.keys(name)) put(k, name[k])
      else put(name, typeof value === 'function' ? value.call(el, i, getProp(el, name)) : value)
    })
  },
  data(name, value) {
    const el = this[0]
    if (!el || !isTag(el)) return
    if (!el.data) el.data = {}
    if (!name) return readData(el)
    if (typeof name === 'object' || value !== undefined) {
      return this.each((i, el) => {
        if (!el.data) el.data = {}
        if (typeof name === 'object') Object.assign(el.data, name)
        else el.data[name] = value
      })
    }
    return own(el.data, name) ? el.data[name] : readData(el, name)
  },
  val(value) {
    const asks = arguments.length === 0, el = this[0]
    if (!el) return
    switch (el.name) {
      case 'textarea': return this.text(value)
      case 'input': case 'option':
        if (asks) return this.attr('value')
        return this.attr('value', value)
      case 'select': return selectValue(this, asks, value)
    }
  },
  removeAttr(name) { return this.each((i, el) => { if (el.attribs) delete el.attribs[name] }) },
  hasClass(name) { return list(this).some(el => el.attribs && el.attribs.class && (' ' + el.attribs.class.replace(/\s/g, ' ') + ' ').includes(' ' + name + ' ')) },
  addClass(value) {
    if (typeof value !== 'function' && (!value || typeof value !== 'string')) return this
    return changeClasses(this, value, (has, names) => { for (const n of names) if (!has.includes(n)) has.push(n) })
  },
  removeClass(value) {
    if (arguments.length === 0) return this.each((i, el) => { if (isTag(el)) el.attribs.class = '' })
    return changeClasses(this, value, (has, names) => { for (let i = has.length; i--;) if (names.includes(has[i])) has.splice(i, 1) }, true)
  },
  toggleClass(value, state) {
    if (typeof value !== 'function' && (!value || typeof value !== 'string')) return this
    return changeClasses(this, value, (has, names) => {
      for (const n of names) {
        const at = has.indexOf(n)
        if (at < 0 && state !== false) has.push(n)
        else if (at >= 0 && state !== true) has.splice(at, 1)
      }
    })
  },
  css(prop, value) {
    if (arguments.length === 2 || prop && typeof prop === 'object' && !Array.isArray(prop)) {
      return this.each((i, el) => {
        const styles = readStyles(el)
        const put = (k, v) => { if (v === '') delete styles[k]; else if (v !== null && v !== undefined) styles[k] = v }
        if (typeof prop === 'object') for (const k of Object.keys(prop)) put(k, prop[k])
        else put(prop, typeof value === 'function' ? value.call(el, i, styles[prop]) : value)
        el.attribs.style = Object.keys(styles).map(k => k + ': ' + styles[k] + ';').join(' ')
      })
    }
    const styles = readStyles(this[0])
    if (typeof prop === 'string') return styles[prop]
    return Array.isArray(prop) ? Object.fromEntries(prop.filter(p => own(styles, p)).map(p => [p, styles[p]])) : styles
  },
  serializeArray() {
    const fields = 'input,select,textarea,keygen'
    return this.map((i, el) => { const c = this._make([el]); return (el.name === 'form' ? c.find(fields) : c.filter(fields)).toArray() })
      .filter('[name!=""]:not(:disabled):not(:submit, :button, :image, :reset, :file):matches([checked], :not(:checkbox, :radio))')
      .map((i, el) => {
        const c = this._make([el]), name = c.attr('name'), v = c.val()
        if (v === null || v === undefined) return null
        return (Array.isArray(v) ? v : [v]).map(x => ({name, value: x.replace(/\r?\n/g, '\r\n')}))
      }).get()
  },
  serialize() { return this.serializeArray().map(f => encodeURIComponent(f.name) + '=' + encodeURIComponent(f.value)).join('&').replace(/%20/g, '+') },
}

for (const [name, way] of [['next', 'next'], ['prev', 'prev']]) {
  const walk = (c, one, stop) => {
    const out = []
    for (const n of list(c)) {
      for (let at = n[way]; at; at = at[way]) {
        if (!isTag(at)) continue
        if (stop && stop(at)) break
        if (one || !out.includes(at)) out.push(at)
        if (one) break
      }
    }
    return out
  }
  api[name] = function (selector) { return narrowed(this, walk(this, true), selector) }
  api[name + 'All'] = function (selector) { return narrowed(this, walk(this), selector) }
  api[name + 'Until'] = function (until, selector) {
    const stop = !until ? null : typeof until === 'string' ? (n => host.matches(until, n)) : until.cheerio ? (n => list(until).includes(n)) : (n => n === until)
    return narrowed(this, walk(this, false, stop), selector)
  }
}

const narrowed = (c, nodes, selector) => c._make(selector === undefined || selector === null || selector === '' ? nodes : nodes.filter(test(selector)))

function upwards(n, selector, limit) {
  const out = []
  for (const t = selector ? test(selector) : null; n && out.length < limit; n = n.parent) if (!t || t(n, 0)) out.push(n)
  return out
}

function order(root) {
  const at = new Map()
  const walk = n => { at.set(n, at.size); (n.children || []).forEach(walk) }
  list(root).forEach(walk)
  return at
}

function drop(el) {
  for (const n of el.children || []) n.next = n.prev = n.parent = null
  if (el.children) el.children.length = 0
}

function nodesOf(c, what, copy) {
  if (what === null || what === undefined) return []
  if (what.cheerio) return copy ? clone(what.get(), c.options) : what.get()
  if (Array.isArray(what)) return what.reduce((out, w) => out.concat(nodesOf(c, w, copy)), [])
  if (typeof what === 'string') return evaluate(what, c.options)
  return copy ? clone([what], c.options) : [what]
}

function inserter(put, inside) {
  return function (...what) {
    return this.each((i, el) => {
      const from = inside ? el : el.parent || el.root
      if (!from || !from.children || !inside && !from.children.includes(el)) return
      const given = typeof what[0] === 'function' ? what[0].call(el, i, host.render(el.children, this.options)) : what
      put(this, nodesOf(this, given, i < this.length - 1), el, from)
    })
  }
}

const targetOf = (c, target) => (target.cheerio ? target : maker(c)(target, null, c._originalRoot))

function insertBeside(c, target, after) {
  const at = typeof target === 'string' ? maker(c)(target, null, c._originalRoot).get() : nodesOf(c, target)
  c.remove()
  let all = []
  for (const el of at) {
    const from = el.parent || el.root
    const i = from && from.children ? from.children.indexOf(el) : -1
    if (i < 0) continue
    const nodes = clone(c.get(), c.options).slice()
    splice(from.children, i + after, 0, nodes, from)
    all = all.concat(nodes)
  }
  return maker(c)(all)
}

const flag = /^(?:autofocus|autoplay|async|checked|controls|defer|disabled|hidden|loop|multiple|open|readonly|required|scoped|selected)$/i

function getAttr(el, name) {
  if (!el || !isTag(el)) return
  if (!el.attribs) el.attribs = {}
  if (!name) return el.attribs
  if (own(el.attribs, name)) return flag.test(name) ? name : el.attribs[name]
  if (el.name === 'option' && name === 'value') return textOf(el.children)
  if (el.name === 'input' && (el.attribs.type === 'radio' || el.attribs.type === 'checkbox') && name === 'value') return 'on'
}

function setAttr(el, name, value) {
  if (value === null) { delete el.attribs[name]; return }
  el.attribs[name] = value + ''
}

function getProp(el, name) {
  if (!el || !isTag(el)) return
  return own(el, name) ? el[name] : flag.test(name) ? getAttr(el, name) !== undefined : getAttr(el, name)
}

const camel = s => s.replace(/[_.-](\w|$)/g, (m, c) => c.toUpperCase())
const kebab = s => s.replace(/[A-Z]/g, '-$&').toLowerCase()

// readData reads data- attributes, as what their texts mean, and keeps what it read.
function readData(el, name) {
  const names = name === undefined ? Object.keys(el.attribs).filter(k => k.startsWith('data-')) : ['data-' + kebab(name)]
  let value
  for (const k of names) {
    if (!own(el.attribs, k)) continue
    value = el.attribs[k]
    if (value === 'null' || value === 'true' || value === 'false') value = {null: null, true: true, false: false}[value]
    else if (value === String(Number(value))) value = Number(value)
    else if (/^(?:\{[\w\W]*\}|\[[\w\W]*\])$/.test(value)) try { value = JSON.parse(value) } catch (e) { /* a text it is */ }
    el.data[name === undefined ? camel(k.slice(5)) : name] = value
  }
  return name === undefined ? el.data : value
}

function selectValue(c, asks, value) {
  const many = own(c.attr(), 'multiple')
  if (asks) {
    const chosen = c.find('option:selected')
    return many ? list(chosen).map(el => getAttr(el, 'value')) : chosen.attr('value')
  }
  if (!many && typeof value === 'object') return c
  c.find('option').removeAttr('selected')
  for (const v of typeof value === 'object' ? list(value) : [value]) c.find('option').filter((i, el) => getAttr(el, 'value') === String(v)).attr('selected', '')
  return c
}

const split = s => (s ? s.trim().split(/\s+/) : [])

function changeClasses(c, value, change, onlyIfThere) {
  return c.each((i, el) => {
    if (!isTag(el)) return
    const has = split(el.attribs.class), before = has.length
    change(has, split(typeof value === 'function' ? value.call(el, i, el.attribs.class || '') : value))
    if (!onlyIfThere || has.length !== before) el.attribs.class = has.join(' ')
  })
}

function readStyles(el) {
  const out = {}
  for (const part of ((el && el.attribs && el.attribs.style) || '').trim().split(';')) {
    const at = part.indexOf(':')
    if (at > 0 && at < part.length - 1) out[part.slice(0, at).trim()] = part.slice(at + 1).trim()
  }
  return out
}

Object.assign(Cheerio.prototype, api)
Cheerio.prototype.options = defaults
Object.defineProperty(Cheerio.prototype, Symbol.iterator, {value: Array.prototype[Symbol.iterator], writable: true, configurable: true})

function render(c, what, options) {
  if (!what) return c._root && c._root.children ? host.render(c._root.children, options) : ''
  if (typeof what === 'string') what = host.select(what, c._root ? c._root.children.filter(isTag) : [], [])
  return host.render('length' in what ? list(what) : [what], options)
}

const statics = {
  load(content, options) {
    options = Object.assign({}, defaults, options)
    const root = parse(content, options)
    const $ = function (selector, context, r, opts) {
      if (!(this instanceof $)) return new $(selector, context, r, opts)
      return Cheerio.call(this, selector, context, r || root, Object.assign({}, options, opts))
    }
    $.prototype = Object.create(Cheerio.prototype)
    $.prototype.constructor = $
    $.fn = $.prototype
    Object.defineProperty($.prototype, '_originalRoot', {value: root, writable: true, configurable: true})
    Object.assign($, statics)
    $._root = root
    $._options = options
    return $
  },
  html(what, options) {
    if (Object.prototype.toString.call(what) === '[object Object]' && !options && !('length' in what) && !('type' in what)) { options = what; what = undefined }
    return render(this, what, Object.assign({}, defaults, this._options, options))
  },
  xml(what) { return render(this, what, Object.assign({}, this._options, {xmlMode: true})) },
  text(nodes) { return textOf(nodes || this.root()) },
  root() { return this(this._root) },
  contains,
  parseHTML(data, context, keepScripts) {
    if (!data || typeof data !== 'string') return null
    const $ = statics.load(data)
    if (!(typeof context === 'boolean' ? context : keepScripts)) $('script').remove()
    return $.root()[0].children.slice()
  },
}
Object.assign(Cheerio, statics)
return Object.assign(Cheerio, {version: '0.22.0'})
