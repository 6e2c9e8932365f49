// The web globals that are easiest in JavaScript: events, abort signals, Blob and
// structuredClone.

const { DOMException } = require('#dom');
const domError = (name, message) => new DOMException(message, name);

class Event {
  constructor(type, init) {
    if (arguments.length === 0) throw new TypeError('The "type" argument must be specified');
    const { bubbles = false, cancelable = false, composed = false } = init || {};
    Object.assign(this, { type: String(type), bubbles: !!bubbles, cancelable: !!cancelable, composed: !!composed });
    this.timeStamp = host.now();
    this.defaultPrevented = false;
    this.target = this.currentTarget = null;
    Object.defineProperty(this, 'stopped', { value: false, writable: true });
  }
  preventDefault() { if (this.cancelable) this.defaultPrevented = true; }
  stopPropagation() {}
  stopImmediatePropagation() { this.stopped = true; }
  composedPath() { return this.currentTarget ? [this.currentTarget] : []; }
}

class CustomEvent extends Event {
  constructor(type, init) {
    super(type, init);
    this.detail = init && init.detail !== undefined ? init.detail : null;
  }
}

const listeners = new WeakMap();
const of = (target) => listeners.get(target) || listeners.set(target, []).get(target);

class EventTarget {
  addEventListener(type, fn, options) {
    if (fn === null || fn === undefined) return;
    const once = !!(options && options.once);
    const list = of(this);
    if (!list.some((l) => l.type === String(type) && l.fn === fn)) list.push({ type: String(type), fn, once });
    if (options && options.signal) options.signal.addEventListener('abort', () => this.removeEventListener(type, fn));
  }
  removeEventListener(type, fn) {
    const list = of(this);
    const i = list.findIndex((l) => l.type === String(type) && l.fn === fn);
    if (i >= 0) list.splice(i, 1);
  }
  dispatchEvent(event) {
    event.target = event.currentTarget = this;
    for (const l of of(this).filter((x) => x.type === event.type)) {
      if (event.stopped) break;
      if (l.once) this.removeEventListener(l.type, l.fn);
      if (typeof l.fn === 'function') l.fn.call(this, event);
      else l.fn.handleEvent(event);
    }
    if (typeof this['on' + event.type] === 'function') this['on' + event.type](event);
    return !event.defaultPrevented;
  }
}

const inside = Symbol('inside');
class AbortSignal extends EventTarget {
  constructor(key) {
    if (key !== inside) throw new TypeError('Illegal constructor');
    super();
    this.aborted = false;
    this.reason = undefined;
    this.onabort = null;
  }
  throwIfAborted() { if (this.aborted) throw this.reason; }
  static abort(reason) { const s = new AbortSignal(inside); stop(s, reason); return s; }
  static timeout(ms) {
    const s = new AbortSignal(inside);
    if (typeof host.setTimeout === 'function') {
      host.setTimeout(() => stop(s, domError('TimeoutError', 'The operation was aborted due to timeout')), ms);
    }
    return s;
  }
  static any(signals) {
    const s = new AbortSignal(inside);
    for (const other of signals) {
      if (other.aborted) { stop(s, other.reason); break; }
      other.addEventListener('abort', () => stop(s, other.reason), { once: true });
    }
    return s;
  }
}

function stop(signal, reason) {
  if (signal.aborted) return;
  signal.aborted = true;
  signal.reason = reason === undefined ? domError('AbortError', 'This operation was aborted') : reason;
  signal.dispatchEvent(new Event('abort'));
}

class AbortController {
  constructor() { Object.defineProperty(this, 'signal', { value: new AbortSignal(inside), enumerable: true }); }
  abort(reason) { stop(this.signal, reason); }
}

const content = new WeakMap(); // Blob to ArrayBuffer
class Blob {
  constructor(parts, options) {
    const list = [];
    if (parts !== undefined) {
      if (parts === null || typeof parts !== 'object' || typeof parts[Symbol.iterator] !== 'function') {
        const err = new TypeError('The "sources" argument must be a sequence');
        err.code = 'ERR_INVALID_ARG_TYPE';
        throw err;
      }
      for (const part of parts) list.push(content.get(part) || part);
    }
    content.set(this, host.joinBytes(list));
    const type = options && options.type !== undefined ? String(options.type) : '';
    Object.defineProperty(this, 'type', { value: /[^\x20-\x7e]/.test(type) ? '' : type.toLowerCase(), enumerable: true });
    Object.defineProperty(this, 'size', { value: content.get(this).byteLength, enumerable: true });
  }
  slice(start, end, type) {
    return new Blob([content.get(this).slice(start, end)], { type: type === undefined ? '' : type });
  }
  async text() { return host.decode(content.get(this)).replace(/^\ufeff/, ''); }
  async arrayBuffer() { return content.get(this).slice(0); }
  stream() {
    const bytes = new Uint8Array(content.get(this).slice(0));
    const { ReadableStream } = require('#readablestream');
    return new ReadableStream({ type: 'bytes', start(c) {
      if (bytes.length) c.enqueue(bytes);
      c.close();
    } });
  }
  async bytes() { return new Uint8Array(content.get(this).slice(0)); }
  get [Symbol.toStringTag]() { return 'Blob'; }
}

class File extends Blob {
  constructor(parts, name, options) {
    if (arguments.length < 2) throw Object.assign(new TypeError('The "sources" and "fileName" arguments must be specified'), { code: 'ERR_MISSING_ARGS' });
    super(parts, options);
    this.name = String(name);
    this.lastModified = options && options.lastModified !== undefined ? Number(options.lastModified) : host.now();
  }
  get [Symbol.toStringTag]() { return 'File'; }
}

const errors = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

// copy clones a value as the structured clone algorithm does; seen holds what is
// already cloned, so that shared and cyclic parts stay so.
function copy(v, seen) {
  if (typeof v === 'symbol') throw domError('DataCloneError', String(v) + ' could not be cloned.');
  if (typeof v === 'function') throw domError('DataCloneError', String(v) + ' could not be cloned.');
  if (v === null || typeof v !== 'object') return v;
  if (seen.has(v)) return seen.get(v);
  const keep = (c) => { seen.set(v, c); return c; };
  switch (host.classOf(v)) {
    case 'Date': return keep(new Date(v.getTime()));
    case 'RegExp': return keep(new RegExp(v.source, v.flags));
    case 'Number': case 'String': case 'Boolean': return keep(Object(v.valueOf()));
    case 'Map': {
      const m = keep(new Map());
      for (const [k, x] of [...v]) m.set(copy(k, seen), copy(x, seen));
      return m;
    }
    case 'Set': {
      const s = keep(new Set());
      for (const x of [...v]) s.add(copy(x, seen));
      return s;
    }
    case 'Error': {
      const e = keep(new (Object.hasOwn(errors, v.name) ? errors[v.name] : Error)(v.message));
      if (Object.hasOwn(v, 'cause')) e.cause = copy(v.cause, seen);
      return e;
    }
    case 'Array': {
      const a = keep(new Array(v.length));
      for (const k of Object.keys(v)) a[k] = copy(v[k], seen);
      return a;
    }
    case 'Promise': case 'WeakMap': case 'WeakSet':
      throw domError('DataCloneError', '#<' + host.classOf(v) + '> could not be cloned.');
  }
  if (v instanceof ArrayBuffer) return keep(v.slice(0));
  if (ArrayBuffer.isView(v)) {
    const b = copy(v.buffer, seen);
    const Kind = v instanceof DataView ? DataView : globalOf(v[Symbol.toStringTag]);
    return keep(new Kind(b, v.byteOffset, v instanceof DataView ? v.byteLength : v.length));
  }
  if (v instanceof Blob) return keep(v.slice(0, v.size, v.type));
  const o = keep({});
  for (const k of Object.keys(v)) o[k] = copy(v[k], seen);
  return o;
}

const arrays = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array];
const globalOf = (name) => arrays.find((a) => a.name === name) || Uint8Array;

function structuredClone(value) {
  if (arguments.length === 0) throw new TypeError('The value argument must be specified');
  return copy(value, new Map());
}

const { TextEncoder, TextDecoder, queueMicrotask } = host;
Object.assign(exports, {
  TextEncoder, TextDecoder, queueMicrotask, structuredClone, Blob, File, Event, CustomEvent, EventTarget, AbortController, AbortSignal,
});
