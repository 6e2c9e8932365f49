// What Node's streams share: errors, the way a stream is destroyed, and the old Stream that only pipes. Behaviour and words are those of readable-stream 3, which Postman's sandbox has.
const EventEmitter = require('events');
const { Buffer } = require('buffer');
const later = (fn, ...args) => host.later(() => fn(...args));

const classes = new Map();
// failure makes an error with a code, whose name has the code in it as Node's have.
function failure(code, message, Kind = Error) {
  if (!classes.has(code)) {
    classes.set(code, class NodeError extends Kind {
      constructor(text) { super(text); }
    });
    Object.defineProperty(classes.get(code).prototype, 'name', { value: Kind.name, writable: true, configurable: true });
    classes.get(code).prototype.code = code;
  }
  return new (classes.get(code))(message);
}
const errors = {
  missing: (name) => failure('ERR_METHOD_NOT_IMPLEMENTED', 'The ' + name + ' method is not implemented'),
  destroyed: (name) => failure('ERR_STREAM_DESTROYED', 'Cannot call ' + name + ' after a stream was destroyed'),
  twice: () => failure('ERR_MULTIPLE_CALLBACK', 'Callback called multiple times'),
  pushAfterEnd: () => failure('ERR_STREAM_PUSH_AFTER_EOF', 'stream.push() after EOF'),
  unshiftAfterEnd: () => failure('ERR_STREAM_UNSHIFT_AFTER_END_EVENT', 'stream.unshift() after end event'),
  writeAfterEnd: () => failure('ERR_STREAM_WRITE_AFTER_END', 'write after end'),
  noPipe: () => failure('ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable'),
  premature: () => failure('ERR_STREAM_PREMATURE_CLOSE', 'Premature close'),
  nothing: () => failure('ERR_STREAM_NULL_VALUES', 'May not write null values to stream', TypeError),
  encoding: (name) => failure('ERR_UNKNOWN_ENCODING', 'Unknown encoding: ' + name, TypeError),
  option: (name, v) => failure('ERR_INVALID_OPT_VALUE', 'The value "' + v + '" is invalid for option "' + name + '"', TypeError),
  chunk: (kinds, v) => failure('ERR_INVALID_ARG_TYPE', 'The "chunk" argument must be ' + kinds + '. Received type ' + typeof v, TypeError),
  arguments: (name) => failure('ERR_MISSING_ARGS', 'The "' + name + '" argument must be specified'),
};

// capacity is how much a stream holds before it says that it is full: bytes, or objects in object mode.
function capacity(options, own, duplex, objectMode) {
  let v = options.highWaterMark;
  if (v === undefined || v === null) v = duplex ? options[own] : undefined;
  if (v === undefined || v === null) return objectMode ? 16 : 16384;
  if (!Number.isFinite(v) || Math.floor(v) !== v || v < 0) throw errors.option(duplex && options.highWaterMark == null ? own : 'highWaterMark', v);
  return Math.floor(v);
}

const isBytes = (v) => Buffer.isBuffer(v) || v instanceof Uint8Array;
const bytes = (v) => (Buffer.isBuffer(v) ? v : Buffer.from(v));

function closed(stream) {
  const w = stream._writableState, r = stream._readableState;
  if ((w && !w.emitClose) || (r && !r.emitClose)) return;
  stream.emit('close');
}
function failed(stream, err) { stream.emit('error', err); }

// destroy ends a stream once, with an error that is emitted, unless a callback takes it.
function destroy(err, done) {
  const w = this._writableState, r = this._readableState;
  const first = () => { // an error that a writable side has emitted is not told again
    if (!w) return true;
    if (w.errorEmitted) return false;
    return (w.errorEmitted = true);
  };
  if ((r && r.destroyed) || (w && w.destroyed)) {
    if (done) done(err);
    else if (err && first()) later(failed, this, err);
    return this;
  }
  if (r) r.destroyed = true;
  if (w) w.destroyed = true;
  this._destroy(err || null, (err) => {
    if (done) {
      later(closed, this);
      done(err);
    } else if (err && first()) later(() => { failed(this, err); closed(this); });
    else later(closed, this);
  });
  return this;
}

// revive undoes destroy, for streams that are opened again.
function revive() {
  const r = this._readableState, w = this._writableState;
  if (r) r.destroyed = r.reading = r.ended = r.endEmitted = false;
  if (w) w.destroyed = w.ended = w.ending = w.finalCalled = w.prefinished = w.finished = w.errorEmitted = false;
}

// fail tells an error in the way that the stream was made for.
function fail(stream, err) {
  const r = stream._readableState, w = stream._writableState;
  if ((r && r.autoDestroy) || (w && w.autoDestroy)) stream.destroy(err);
  else stream.emit('error', err);
}

function inherit(child, parent) {
  child.prototype = Object.create(parent.prototype, { constructor: { value: child, writable: true, configurable: true } });
  Object.setPrototypeOf(child, parent);
}

// hidden defines an accessor that does not show in loops.
function hidden(proto, name, get, set) {
  Object.defineProperty(proto, name, { enumerable: false, configurable: true, get, set });
}

// Stream is the stream of Node before there were readable ones: it pipes what it emits.
function Stream() { EventEmitter.call(this); }
inherit(Stream, EventEmitter);
Stream.prototype.pipe = function (dest, options) {
  const source = this;
  const listeners = [];
  const listen = (of, name, fn) => { of.on(name, fn); listeners.push([of, name, fn]); };
  const cleanup = () => { for (const [of, name, fn] of listeners) of.removeListener(name, fn); };
  let ended = false;
  listen(source, 'data', (chunk) => {
    if (dest.writable && dest.write(chunk) === false && source.pause) source.pause();
  });
  listen(dest, 'drain', () => { if (source.readable && source.resume) source.resume(); });
  if (!dest._isStdio && (!options || options.end !== false)) {
    listen(source, 'end', () => { if (!ended) { ended = true; dest.end(); } });
    listen(source, 'close', () => {
      if (ended) return;
      ended = true;
      if (typeof dest.destroy === 'function') dest.destroy();
    });
  }
  const onerror = function (err) {
    cleanup();
    if (this.listenerCount('error') === 0) throw err;
  };
  listen(source, 'error', onerror);
  listen(dest, 'error', onerror);
  listen(source, 'end', cleanup);
  listen(source, 'close', cleanup);
  listen(dest, 'close', cleanup);
  dest.emit('pipe', source);
  return dest;
};

Object.assign(exports, { later, errors, capacity, isBytes, bytes, destroy, revive, fail, inherit, hidden, Stream });
