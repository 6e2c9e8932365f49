// The writable side. Chunks are written one at a time; those that come meanwhile wait in a queue.
const { later, errors, capacity, isBytes, bytes, destroy, revive, fail, inherit, hidden, Stream } = require('#nodestream');
const { Buffer } = require('buffer');
const encodings = ['hex', 'utf8', 'utf-8', 'ascii', 'binary', 'base64', 'ucs2', 'ucs-2', 'utf16le', 'utf-16le', 'raw'];

function WritableState(options, stream, duplex) {
  options = options || {};
  this.objectMode = !!options.objectMode || (duplex && !!options.writableObjectMode);
  this.highWaterMark = capacity(options, 'writableHighWaterMark', duplex, this.objectMode);
  for (const name of ['finalCalled', 'needDrain', 'ending', 'ended', 'finished', 'destroyed', 'writing', 'bufferProcessing', 'prefinished', 'errorEmitted']) this[name] = false;
  this.decodeStrings = options.decodeStrings !== false;
  this.defaultEncoding = options.defaultEncoding || 'utf8';
  this.length = this.corked = this.writelen = this.pendingcb = 0;
  this.sync = true;
  this.writecb = null;
  this.emitClose = options.emitClose !== false;
  this.autoDestroy = !!options.autoDestroy;
  this.queue = [];
  this.onwrite = (err) => wrote(stream, err);
}
WritableState.prototype.getBuffer = function () { return this.queue.slice(); };
hidden(WritableState.prototype, 'bufferedRequestCount', function () { return this.queue.length; });

const inherits = Function.prototype[Symbol.hasInstance];
function Writable(options) {
  const duplex = !!this && this._readableState !== undefined;
  if (!duplex && !inherits.call(Writable, this)) return new Writable(options);
  this._writableState = new WritableState(options, this, duplex);
  this.writable = true;
  for (const name of options ? ['write', 'writev', 'destroy', 'final'] : []) {
    if (typeof options[name] === 'function') this['_' + name] = options[name];
  }
  Stream.call(this);
}
inherit(Writable, Stream);
Writable.WritableState = WritableState;
// A duplex stream is a writable one too, though it does not inherit from it.
Object.defineProperty(Writable, Symbol.hasInstance, {
  value(v) { return inherits.call(this, v) || (this === Writable && !!v && v._writableState instanceof WritableState); },
});

const proto = Writable.prototype;
proto.pipe = function () { fail(this, errors.noPipe()); };

proto.write = function (chunk, encoding, done) {
  const state = this._writableState;
  let raw = !state.objectMode && isBytes(chunk);
  if (raw) chunk = bytes(chunk);
  if (typeof encoding === 'function') { done = encoding; encoding = null; }
  encoding = raw ? 'buffer' : encoding || state.defaultEncoding;
  if (typeof done !== 'function') done = () => {};
  const refuse = (err) => { fail(this, err); later(done, err); return false; };
  if (state.ending) return refuse(errors.writeAfterEnd());
  if (!raw && chunk === null) return refuse(errors.nothing());
  if (!raw && typeof chunk !== 'string' && !state.objectMode) return refuse(errors.chunk('one of type string or Buffer', chunk));
  state.pendingcb++;
  if (!raw && !state.objectMode && state.decodeStrings && typeof chunk === 'string') {
    chunk = Buffer.from(chunk, encoding);
    raw = true;
    encoding = 'buffer';
  }
  const length = state.objectMode ? 1 : chunk.length;
  state.length += length;
  const room = state.length < state.highWaterMark;
  if (!room) state.needDrain = true;
  if (state.writing || state.corked) state.queue.push({ chunk, encoding, isBuf: raw, callback: done });
  else send(this, state, length, chunk, encoding, done);
  return room;
};

function send(stream, state, length, chunk, encoding, done, many) {
  state.writelen = length;
  state.writecb = done;
  state.writing = true;
  state.sync = true;
  if (state.destroyed) state.onwrite(errors.destroyed('write'));
  else if (many) stream._writev(chunk, state.onwrite);
  else stream._write(chunk, encoding, state.onwrite);
  state.sync = false;
}

function wrote(stream, err) {
  const state = stream._writableState, sync = state.sync, done = state.writecb;
  if (typeof done !== 'function') throw errors.twice();
  state.writing = false;
  state.writecb = null;
  state.length -= state.writelen;
  state.writelen = 0;
  if (err) {
    state.pendingcb--;
    if (sync) { later(done, err); later(finish, stream, state); } else done(err);
    state.errorEmitted = true;
    fail(stream, err);
    if (!sync) finish(stream, state);
    return;
  }
  const over = ready(state) || stream.destroyed;
  if (!over && !state.corked && !state.bufferProcessing && state.queue.length) flush(stream, state);
  const after = () => {
    if (!over && state.length === 0 && state.needDrain) {
      state.needDrain = false;
      stream.emit('drain');
    }
    state.pendingcb--;
    done();
    finish(stream, state);
  };
  if (sync) later(after);
  else after();
}

// flush writes what has waited: all of it at once where the stream can do that.
function flush(stream, state) {
  state.bufferProcessing = true;
  if (stream._writev && state.queue.length > 1) {
    const all = state.queue;
    state.queue = [];
    all.allBuffers = all.every((e) => e.isBuf);
    state.pendingcb++;
    send(stream, state, state.length, all, '', (err) => {
      for (const e of all) {
        state.pendingcb--;
        e.callback(err);
        later(finish, stream, state);
      }
    }, true);
  } else {
    while (state.queue.length && !state.writing) {
      const e = state.queue.shift();
      send(stream, state, state.objectMode ? 1 : e.chunk.length, e.chunk, e.encoding, e.callback);
    }
  }
  state.bufferProcessing = false;
}

proto._write = function (chunk, encoding, done) { done(errors.missing('_write()')); };
proto._writev = null;
proto.cork = function () { this._writableState.corked++; };
proto.uncork = function () {
  const state = this._writableState;
  if (!state.corked) return;
  state.corked--;
  if (!state.writing && !state.corked && !state.bufferProcessing && state.queue.length) flush(this, state);
};
proto.setDefaultEncoding = function (encoding) {
  if (typeof encoding === 'string') encoding = encoding.toLowerCase();
  if (!encodings.includes(String(encoding).toLowerCase())) throw errors.encoding(encoding);
  this._writableState.defaultEncoding = encoding;
  return this;
};

proto.end = function (chunk, encoding, done) {
  const state = this._writableState;
  if (typeof chunk === 'function') { done = chunk; chunk = encoding = null; } else if (typeof encoding === 'function') { done = encoding; encoding = null; }
  if (chunk !== null && chunk !== undefined) this.write(chunk, encoding);
  if (state.corked) {
    state.corked = 1;
    this.uncork();
  }
  if (!state.ending) {
    state.ending = true;
    finish(this, state);
    if (done) {
      if (state.finished) later(done);
      else this.once('finish', done);
    }
    state.ended = true;
    this.writable = false;
  }
  return this;
};

function ready(state) {
  return state.ending && state.length === 0 && state.queue.length === 0 && !state.finished && !state.writing;
}

// finish emits finish when all has been written, after _final.
function finish(stream, state) {
  if (!ready(state)) return false;
  if (!state.prefinished && !state.finalCalled) {
    if (typeof stream._final === 'function' && !state.destroyed) {
      state.pendingcb++;
      state.finalCalled = true;
      later(() => stream._final((err) => {
        state.pendingcb--;
        if (err) fail(stream, err);
        state.prefinished = true;
        stream.emit('prefinish');
        finish(stream, state);
      }));
    } else {
      state.prefinished = true;
      stream.emit('prefinish');
    }
  }
  if (state.pendingcb === 0) {
    state.finished = true;
    stream.emit('finish');
    const r = stream._readableState;
    if (state.autoDestroy && (!r || (r.autoDestroy && r.endEmitted))) stream.destroy();
  }
  return true;
}

hidden(proto, 'writableBuffer', function () { return this._writableState && this._writableState.getBuffer(); });
hidden(proto, 'writableHighWaterMark', function () { return this._writableState.highWaterMark; });
hidden(proto, 'writableLength', function () { return this._writableState.length; });
hidden(proto, 'destroyed', function () { return this._writableState === undefined ? false : this._writableState.destroyed; },
  function (v) { if (this._writableState) this._writableState.destroyed = v; });
proto.destroy = destroy;
proto._undestroy = revive;
proto._destroy = function (err, done) { done(err); };
return Writable;
