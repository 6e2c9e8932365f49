// The readable side. Chunks wait in a list until they are read, or flow to those who listen.
const { later, errors, capacity, isBytes, bytes, destroy, revive, fail, inherit, hidden, Stream } = require('#nodestream');
const { Buffer } = require('buffer');
const { StringDecoder } = require('string_decoder');

function ReadableState(options, stream, duplex) {
  options = options || {};
  this.objectMode = !!options.objectMode || (duplex && !!options.readableObjectMode);
  this.highWaterMark = capacity(options, 'readableHighWaterMark', duplex, this.objectMode);
  this.buffer = [];
  this.pipes = [];
  this.flowing = null;
  this.length = this.awaitDrain = 0;
  for (const name of ['ended', 'endEmitted', 'reading', 'needReadable', 'emittedReadable', 'readableListening', 'resumeScheduled', 'readingMore', 'destroyed']) this[name] = false;
  this.sync = this.paused = true;
  this.emitClose = options.emitClose !== false;
  this.autoDestroy = !!options.autoDestroy;
  this.defaultEncoding = options.defaultEncoding || 'utf8';
  this.decoder = this.encoding = null;
  if (options.encoding) {
    this.decoder = new StringDecoder(options.encoding);
    this.encoding = options.encoding;
  }
}
hidden(ReadableState.prototype, 'pipesCount', function () { return this.pipes.length; });

function Readable(options) {
  if (!(this instanceof Readable)) return new Readable(options);
  this._readableState = new ReadableState(options, this, typeof this.cork === 'function');
  this.readable = true;
  for (const name of options ? ['read', 'destroy'] : []) {
    if (typeof options[name] === 'function') this['_' + name] = options[name];
  }
  Stream.call(this);
}
inherit(Readable, Stream);
Readable.ReadableState = ReadableState;
const proto = Readable.prototype;
const size = (state, chunk) => (state.objectMode ? 1 : chunk.length);

hidden(proto, 'destroyed', function () { return this._readableState === undefined ? false : this._readableState.destroyed; },
  function (v) { if (this._readableState) this._readableState.destroyed = v; });
proto.destroy = destroy;
proto._undestroy = revive;
proto._destroy = function (err, done) { done(err); };

proto.push = function (chunk, encoding) {
  const state = this._readableState;
  let checked = state.objectMode;
  if (!state.objectMode && typeof chunk === 'string') {
    encoding = encoding || state.defaultEncoding;
    if (encoding !== state.encoding) {
      chunk = Buffer.from(chunk, encoding);
      encoding = '';
    }
    checked = true;
  }
  return take(this, chunk, encoding, false, checked);
};
proto.unshift = function (chunk) { return take(this, chunk, null, true, false); };

// take puts a chunk into the list, or ends the stream with null.
function take(stream, chunk, encoding, front, checked) {
  const state = stream._readableState;
  if (chunk === null) {
    state.reading = false;
    ended(stream, state);
    return more(state);
  }
  if (!checked && !isBytes(chunk) && typeof chunk !== 'string' && chunk !== undefined && !state.objectMode) {
    fail(stream, errors.chunk('one of type string, Buffer, or Uint8Array', chunk));
  } else if (state.objectMode || (chunk && chunk.length > 0)) {
    if (typeof chunk !== 'string' && !state.objectMode) chunk = bytes(chunk);
    if (front) {
      if (state.endEmitted) fail(stream, errors.unshiftAfterEnd());
      else add(stream, state, chunk, true);
    } else if (state.ended) fail(stream, errors.pushAfterEnd());
    else if (state.destroyed) return false;
    else {
      state.reading = false;
      if (state.decoder && !encoding) chunk = state.decoder.write(chunk);
      if (state.objectMode || chunk.length !== 0) add(stream, state, chunk, false);
      else readMore(stream, state);
    }
  } else if (!front) {
    state.reading = false;
    readMore(stream, state);
  }
  return more(state);
}
const more = (state) => !state.ended && (state.length < state.highWaterMark || state.length === 0);

function add(stream, state, chunk, front) {
  if (state.flowing && state.length === 0 && !state.sync) {
    state.awaitDrain = 0;
    stream.emit('data', chunk);
  } else {
    state.length += size(state, chunk);
    if (front) state.buffer.unshift(chunk);
    else state.buffer.push(chunk);
    if (state.needReadable) announce(stream);
  }
  readMore(stream, state);
}

proto.isPaused = function () { return this._readableState.flowing === false; };
proto.setEncoding = function (encoding) {
  const state = this._readableState, decoder = new StringDecoder(encoding);
  state.decoder = decoder;
  state.encoding = decoder.encoding;
  const text = state.buffer.map((chunk) => decoder.write(chunk)).join('');
  state.buffer = text === '' ? [] : [text];
  state.length = text.length;
  return this;
};

// wanted is how much a read of n gives: a chunk in object mode, nothing while there is too little.
function wanted(n, state) {
  if (n <= 0 || (state.length === 0 && state.ended)) return 0;
  if (state.objectMode) return 1;
  if (n !== n) return state.flowing && state.length ? state.buffer[0].length : state.length;
  if (n > state.highWaterMark) state.highWaterMark = n >= 0x40000000 ? 0x40000000 : 2 ** Math.ceil(Math.log2(n));
  if (n <= state.length) return n;
  if (!state.ended) {
    state.needReadable = true;
    return 0;
  }
  return state.length;
}

proto.read = function (n) {
  n = parseInt(n, 10);
  const state = this._readableState, asked = n;
  if (n !== 0) state.emittedReadable = false;
  if (n === 0 && state.needReadable && ((state.highWaterMark !== 0 ? state.length >= state.highWaterMark : state.length > 0) || state.ended)) {
    if (state.length === 0 && state.ended) end(this);
    else announce(this);
    return null;
  }
  n = wanted(n, state);
  if (n === 0 && state.ended) {
    if (state.length === 0) end(this);
    return null;
  }
  const fetch = state.needReadable || state.length === 0 || state.length - n < state.highWaterMark;
  if (fetch && !state.ended && !state.reading) {
    state.reading = state.sync = true;
    if (state.length === 0) state.needReadable = true;
    this._read(state.highWaterMark);
    state.sync = false;
    if (!state.reading) n = wanted(asked, state); // it came at once
  }
  const got = n > 0 ? cut(n, state) : null;
  if (got === null) {
    state.needReadable = state.length <= state.highWaterMark;
    n = 0;
  } else {
    state.length -= n;
    state.awaitDrain = 0;
  }
  if (state.length === 0) {
    if (!state.ended) state.needReadable = true;
    if (asked !== n && state.ended) end(this);
  }
  if (got !== null) this.emit('data', got);
  return got;
};

// cut takes the first n of what waits: one chunk, all of it, or a piece.
function cut(n, state) {
  const list = state.buffer;
  if (list.length === 0) return null;
  if (state.objectMode) return list.shift();
  if (n >= state.length) {
    state.buffer = [];
    return state.decoder ? list.join('') : list.length === 1 ? list[0] : Buffer.concat(list, state.length);
  }
  const parts = [];
  while (n > 0) {
    const chunk = list[0];
    if (chunk.length <= n) parts.push(list.shift());
    else {
      parts.push(chunk.slice(0, n));
      list[0] = chunk.slice(n);
    }
    n -= Math.min(n, chunk.length);
  }
  return parts.length === 1 ? parts[0] : typeof parts[0] === 'string' ? parts.join('') : Buffer.concat(parts);
}

function ended(stream, state) {
  if (state.ended) return;
  if (state.decoder) {
    const chunk = state.decoder.end();
    if (chunk && chunk.length) {
      state.buffer.push(chunk);
      state.length += size(state, chunk);
    }
  }
  state.ended = true;
  if (state.sync) announce(stream);
  else {
    state.needReadable = false;
    if (!state.emittedReadable) {
      state.emittedReadable = true;
      tell(stream);
    }
  }
}

function announce(stream) {
  const state = stream._readableState;
  state.needReadable = false;
  if (!state.emittedReadable) {
    state.emittedReadable = true;
    later(tell, stream);
  }
}
function tell(stream) {
  const state = stream._readableState;
  if (!state.destroyed && (state.length || state.ended)) {
    stream.emit('readable');
    state.emittedReadable = false;
  }
  state.needReadable = !state.flowing && !state.ended && state.length <= state.highWaterMark;
  flow(stream);
}
function readMore(stream, state) {
  if (state.readingMore) return;
  state.readingMore = true;
  later(() => {
    while (!state.reading && !state.ended && (state.length < state.highWaterMark || (state.flowing && state.length === 0))) {
      const before = state.length;
      stream.read(0);
      if (before === state.length) break;
    }
    state.readingMore = false;
  });
}
function flow(stream) {
  const state = stream._readableState;
  while (state.flowing && stream.read() !== null);
}
function end(stream) {
  const state = stream._readableState;
  if (state.endEmitted) return;
  state.ended = true;
  later(() => {
    if (state.endEmitted || state.length !== 0) return;
    state.endEmitted = true;
    stream.readable = false;
    stream.emit('end');
    const w = stream._writableState;
    if (state.autoDestroy && (!w || (w.autoDestroy && w.finished))) stream.destroy();
  });
}

proto._read = function () { fail(this, errors.missing('_read()')); };
Object.assign(exports, { Readable, flow, announce });
