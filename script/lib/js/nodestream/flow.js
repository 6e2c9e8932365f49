// What a readable stream does for others: pipe, events, async iteration.
const { later, errors, fail, hidden, Stream } = require('#nodestream');
const { Readable, flow, announce } = require('#nodereadable');
const finished = require('#nodefinished').finished;
const proto = Readable.prototype;

proto.pipe = function (dest, options) {
  const source = this, state = this._readableState;
  state.pipes.push(dest);
  let cleaned = false;
  const onend = () => dest.end();
  const unpipe = () => source.unpipe(dest);
  const atEnd = !options || options.end !== false ? onend : unpipe;
  if (state.endEmitted) later(atEnd);
  else source.once('end', atEnd);
  const ondrain = () => {
    if (state.awaitDrain) state.awaitDrain--;
    if (state.awaitDrain === 0 && source.listenerCount('data')) {
      state.flowing = true;
      flow(source);
    }
  };
  const ondata = (chunk) => {
    if (dest.write(chunk) !== false) return;
    if (state.pipes.includes(dest) && !cleaned) state.awaitDrain++;
    source.pause();
  };
  const onerror = (err) => {
    unpipe();
    dest.removeListener('error', onerror);
    if (dest.listenerCount('error') === 0) fail(dest, err);
  };
  const onclose = () => { dest.removeListener('finish', onfinish); unpipe(); };
  const onfinish = () => { dest.removeListener('close', onclose); unpipe(); };
  const onunpipe = (from, info) => {
    if (from !== source || !info || info.hasUnpiped !== false) return;
    info.hasUnpiped = cleaned = true;
    for (const [of, name, fn] of [[dest, 'close', onclose], [dest, 'finish', onfinish], [dest, 'drain', ondrain], [dest, 'error', onerror],
      [dest, 'unpipe', onunpipe], [source, 'end', onend], [source, 'end', unpipe], [source, 'data', ondata]]) of.removeListener(name, fn);
    // A pause that only waited for this destination would never end.
    if (state.awaitDrain && (!dest._writableState || dest._writableState.needDrain)) ondrain();
  };
  dest.on('unpipe', onunpipe);
  dest.on('drain', ondrain);
  source.on('data', ondata);
  if (dest.prependListener) dest.prependListener('error', onerror);
  else dest.on('error', onerror);
  dest.once('close', onclose);
  dest.once('finish', onfinish);
  dest.emit('pipe', source);
  if (!state.flowing) source.resume();
  return dest;
};

proto.unpipe = function (dest) {
  const state = this._readableState;
  if (dest !== undefined && dest !== null) {
    const i = state.pipes.indexOf(dest);
    if (i < 0) return this;
    state.pipes.splice(i, 1);
    if (state.pipes.length === 0) state.flowing = false;
    dest.emit('unpipe', this, { hasUnpiped: false });
    return this;
  }
  const all = state.pipes;
  if (all.length === 0) return this;
  state.pipes = [];
  state.flowing = false;
  for (const d of all) d.emit('unpipe', this, { hasUnpiped: false });
  return this;
};

proto.on = proto.addListener = function (name, fn) {
  const res = Stream.prototype.on.call(this, name, fn), state = this._readableState;
  if (name === 'data') {
    state.readableListening = this.listenerCount('readable') > 0;
    if (state.flowing !== false) this.resume();
  } else if (name === 'readable' && !state.endEmitted && !state.readableListening) {
    state.readableListening = state.needReadable = true;
    state.flowing = state.emittedReadable = false;
    if (state.length) announce(this);
    else if (!state.reading) later(() => this.read(0));
  }
  return res;
};
function listening(stream) {
  const state = stream._readableState;
  state.readableListening = stream.listenerCount('readable') > 0;
  if (state.resumeScheduled && !state.paused) state.flowing = true;
  else if (stream.listenerCount('data') > 0) stream.resume();
}
proto.removeListener = proto.off = function (name, fn) {
  const res = Stream.prototype.removeListener.call(this, name, fn);
  if (name === 'readable') later(listening, this);
  return res;
};
proto.removeAllListeners = function (name) {
  const res = Stream.prototype.removeAllListeners.apply(this, arguments);
  if (name === 'readable' || name === undefined) later(listening, this);
  return res;
};

proto.resume = function () {
  const state = this._readableState;
  if (!state.flowing) {
    state.flowing = !state.readableListening;
    if (!state.resumeScheduled) {
      state.resumeScheduled = true;
      later(() => {
        if (!state.reading) this.read(0);
        state.resumeScheduled = false;
        this.emit('resume');
        flow(this);
        if (state.flowing && !state.reading) this.read(0);
      });
    }
  }
  state.paused = false;
  return this;
};
proto.pause = function () {
  const state = this._readableState;
  if (state.flowing !== false) {
    state.flowing = false;
    this.emit('pause');
  }
  state.paused = true;
  return this;
};

// wrap reads from a stream of the old kind, which only emits.
proto.wrap = function (old) {
  const state = this._readableState;
  let paused = false;
  old.on('end', () => {
    if (state.decoder && !state.ended) {
      const chunk = state.decoder.end();
      if (chunk && chunk.length) this.push(chunk);
    }
    this.push(null);
  });
  old.on('data', (chunk) => {
    if (state.decoder) chunk = state.decoder.write(chunk);
    if (state.objectMode ? chunk === null || chunk === undefined : !chunk || !chunk.length) return;
    if (!this.push(chunk)) {
      paused = true;
      old.pause();
    }
  });
  for (const name in old) {
    if (this[name] === undefined && typeof old[name] === 'function') this[name] = (...args) => old[name](...args);
  }
  for (const name of ['error', 'close', 'destroy', 'pause', 'resume']) old.on(name, (...args) => this.emit(name, ...args));
  this._read = () => {
    if (paused) {
      paused = false;
      old.resume();
    }
  };
  return this;
};

// Async iteration gives what read() gives and waits while that is nothing. Leaving the loop destroys the stream.
proto[Symbol.asyncIterator] = function () {
  const stream = this, result = (value, done) => ({ value, done });
  let over = stream._readableState.endEmitted, problem = null;
  let asked = null; // a call of next that waits
  let last = null; // the last promise, while it waits
  const answer = (how, v) => {
    const { [how]: tell } = asked;
    asked = null;
    tell(v);
  };
  const look = () => {
    const value = asked ? stream.read() : null;
    if (value !== null) answer('ok', result(value, false));
  };
  stream.on('readable', () => later(look)); // an error may come before
  finished(stream, { writable: false }, (err) => {
    if (err && err.code !== 'ERR_STREAM_PREMATURE_CLOSE') {
      problem = err;
      if (asked) answer('no', err);
      return;
    }
    over = true;
    if (asked) answer('ok', result(undefined, true));
  });
  return {
    stream,
    next() {
      if (problem) return Promise.reject(problem);
      if (over) return Promise.resolve(result(undefined, true));
      if (stream.destroyed) return new Promise((ok, no) => later(() => (problem ? no(problem) : ok(result(undefined, true)))));
      const before = last;
      if (!before) {
        const value = stream.read();
        if (value !== null) return Promise.resolve(result(value, false));
      }
      const mine = last = new Promise((ok, no) => {
        const wait = () => {
          if (over) return ok(result(undefined, true));
          asked = { ok, no };
          look();
        };
        if (before) before.then(wait, no);
        else wait();
      });
      const clear = () => { if (last === mine) last = null; };
      mine.then(clear, clear);
      return mine;
    },
    return() {
      return new Promise((ok, no) => stream.destroy(null, (err) => (err ? no(err) : ok(result(undefined, true)))));
    },
    [Symbol.asyncIterator]() { return this; },
  };
};

Readable.from = function (iterable, options) {
  const it = iterable && (iterable[Symbol.asyncIterator] ? iterable[Symbol.asyncIterator]() : iterable[Symbol.iterator] && iterable[Symbol.iterator]());
  if (!it) throw new TypeError('The "iterable" argument must be one of type Iterable. Received type ' + typeof iterable);
  let reading = false;
  const stream = new Readable(Object.assign({ objectMode: true }, options));
  stream._read = async () => {
    if (reading) return;
    reading = true;
    try {
      for (;;) {
        const { value, done } = await it.next();
        if (done) { stream.push(null); break; }
        if (!stream.push(await value)) { reading = false; break; }
      }
    } catch (err) { stream.destroy(err); }
  };
  return stream;
};
Readable._fromList = (n, state) => {
  const all = state.buffer;
  return all.length ? all.shift() : null;
};

hidden(proto, 'readableHighWaterMark', function () { return this._readableState.highWaterMark; });
hidden(proto, 'readableBuffer', function () { return this._readableState && this._readableState.buffer; });
hidden(proto, 'readableFlowing', function () { return this._readableState.flowing; }, function (v) { if (this._readableState) this._readableState.flowing = v; });
hidden(proto, 'readableLength', function () { return this._readableState.length; });
return Readable;
