// What V8 has and the engine lacks, each part only where it is missing. Methods are not enumerable, as
// built-in ones are not.
(function () {
  'use strict';

  function define(owner, name, value) {
    if (owner[name] === undefined) {
      Object.defineProperty(owner, name, { value: value, writable: true, configurable: true, enumerable: false });
    }
  }

  // Grouping. Keys of objects become strings, keys of maps keep their identity, -0 counts as 0.
  define(Object, 'groupBy', function groupBy(items, callback) {
    const groups = Object.create(null);
    let index = 0;
    for (const item of items) {
      const key = callback(item, index++);
      (groups[key] = groups[key] || []).push(item);
    }
    return groups;
  });
  define(Map, 'groupBy', function groupBy(items, callback) {
    const groups = new Map();
    let index = 0;
    for (const item of items) {
      const key = callback(item, index++);
      if (groups.has(key)) {
        groups.get(key).push(item);
      } else {
        groups.set(key, [item]);
      }
    }
    return groups;
  });

  // Promises.
  define(Promise, 'withResolvers', function withResolvers() {
    const parts = {};
    parts.promise = new this((resolve, reject) => {
      parts.resolve = resolve;
      parts.reject = reject;
    });
    return parts;
  });
  define(Promise, 'try', function (callback, ...args) {
    return new this((resolve) => resolve(callback(...args)));
  });
  if (Symbol.asyncIterator === undefined) {
    Object.defineProperty(Symbol, 'asyncIterator', { value: Symbol('Symbol.asyncIterator') });
  }
  define(Array, 'fromAsync', async function fromAsync(source, map, self) {
    const out = [];
    const asynchronous = source[Symbol.asyncIterator];
    const synchronous = source[Symbol.iterator];
    const add = async (value) => {
      const item = await value;
      out.push(map ? await map.call(self, item, out.length) : item);
    };
    if (asynchronous) {
      const iterator = asynchronous.call(source);
      for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
        await add(step.value);
      }
    } else {
      for (const value of synchronous ? source : Array.from(source)) {
        await add(value);
      }
    }
    return out;
  });

  // Text.
  // wellFormed copies text with U+FFFD for each surrogate that has no partner.
  function wellFormed(text) {
    let out = '';
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const next = text.charCodeAt(i + 1);
      if (unit < 0xd800 || unit > 0xdfff) {
        out += text[i];
      } else if (unit < 0xdc00 && next >= 0xdc00 && next <= 0xdfff) {
        out += text[i] + text[++i];
      } else {
        out += '\uFFFD';
      }
    }
    return out;
  }
  define(String.prototype, 'isWellFormed', function isWellFormed() {
    return wellFormed(String(this)) === String(this);
  });
  define(String.prototype, 'toWellFormed', function toWellFormed() {
    return wellFormed(String(this));
  });
  const tags = {
    anchor: ['a', 'name'], big: ['big'], blink: ['blink'], bold: ['b'], fixed: ['tt'], fontcolor: ['font', 'color'],
    fontsize: ['font', 'size'], italics: ['i'], link: ['a', 'href'], small: ['small'], strike: ['strike'],
    sub: ['sub'], sup: ['sup'],
  };
  for (const name of Object.keys(tags)) {
    const [tag, attribute] = tags[name];
    define(String.prototype, name, function (value) {
      const given = attribute ? ' ' + attribute + '="' + String(value).replace(/"/g, '&quot;') + '"' : '';
      return '<' + tag + given + '>' + this + '</' + tag + '>';
    });
  }
  define(RegExp, 'escape', function escape(text) {
    return text
      .replace(/[\^$\\.*+?()[\]{}|/]/g, '\\$&')
      .replace(/[,\-=<>#&!%:;@~'`"\s]/g, (c) => '\\x' + c.charCodeAt(0).toString(16).padStart(2, '0'))
      .replace(/^[0-9A-Za-z]/, (c) => '\\x' + c.charCodeAt(0).toString(16));
  });

  // Accessors as old scripts define them.
  define(Object.prototype, '__defineGetter__', function (name, get) {
    Object.defineProperty(this, name, { get, enumerable: true, configurable: true });
  });
  define(Object.prototype, '__defineSetter__', function (name, set) {
    Object.defineProperty(this, name, { set, enumerable: true, configurable: true });
  });
  for (const [method, part] of [['__lookupGetter__', 'get'], ['__lookupSetter__', 'set']]) {
    define(Object.prototype, method, function (name) {
      for (let o = this; o; o = Object.getPrototypeOf(o)) {
        const found = Object.getOwnPropertyDescriptor(o, name);
        if (found) {
          return found[part];
        }
      }
      return undefined;
    });
  }

  // Dates and errors.
  define(Date.prototype, 'getYear', function getYear() {
    return this.getFullYear() - 1900;
  });
  define(Date.prototype, 'setYear', function setYear(year) {
    return this.setFullYear(year >= 0 && year <= 99 ? 1900 + Math.trunc(year) : year);
  });
  define(Date.prototype, 'toGMTString', Date.prototype.toUTCString);
  define(Error, 'captureStackTrace', function captureStackTrace(target) {
    const value = new Error(target.message).stack;
    Object.defineProperty(target, 'stack', { value, writable: true, configurable: true, enumerable: false });
  });

  // Iterator helpers, on what array iterators and generators inherit from.
  const iterator = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
  function lazily(name, make) {
    define(iterator, name, function (argument) {
      return make(this, argument);
    });
  }
  lazily('map', function* (source, callback) {
    let index = 0;
    for (const value of source) yield callback(value, index++);
  });
  lazily('filter', function* (source, callback) {
    let index = 0;
    for (const value of source) if (callback(value, index++)) yield value;
  });
  lazily('flatMap', function* (source, callback) {
    let index = 0;
    for (const value of source) yield* callback(value, index++);
  });
  lazily('take', function* (source, limit) {
    if (limit <= 0) return;
    for (const value of source) {
      yield value;
      if (--limit <= 0) return;
    }
  });
  lazily('drop', function* (source, limit) {
    for (const value of source) if (limit-- <= 0) yield value;
  });
  define(iterator, 'toArray', function toArray() {
    return [...this];
  });
  define(iterator, 'forEach', function forEach(callback) {
    let index = 0;
    for (const value of this) callback(value, index++);
  });
  define(iterator, 'some', function some(callback) {
    let index = 0;
    for (const value of this) if (callback(value, index++)) return true;
    return false;
  });
  define(iterator, 'every', function every(callback) {
    let index = 0;
    for (const value of this) if (!callback(value, index++)) return false;
    return true;
  });
  define(iterator, 'find', function find(callback) {
    let index = 0;
    for (const value of this) if (callback(value, index++)) return value;
    return undefined;
  });
  define(iterator, 'reduce', function reduce(callback, ...initial) {
    let index = 0;
    let total = initial[0];
    let started = initial.length > 0;
    for (const value of this) {
      total = started ? callback(total, value, index) : value;
      started = true;
      index++;
    }
    if (!started) throw new TypeError('Reduce of empty iterator with no initial value');
    return total;
  });
})();
