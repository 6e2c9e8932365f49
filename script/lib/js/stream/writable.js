// WritableStream, after the Streams standard: a sink that is written to one chunk at a time.
const b = require('#streambase');
const { AbortController } = require('#web');
const { badState, badThis, deferred, quiet, rejected, resolved, promised, Queue } = b;

const streams = new WeakMap(), writers = new WeakMap(), controllers = new WeakMap();
const of = (map, self, name) => {
  const s = map.get(self);
  if (!s) throw badThis(name);
  return s;
};
const streamOf = (v) => of(streams, v, 'WritableStream');
const inside = {};
const closeMark = Symbol('close');

// A state: writable, erroring, errored or closed.
class WritableStream {
  constructor(sink, strategy) {
    const source = b.dictionary(sink, 'sink');
    const s = {
      self: this, state: 'writable', error: undefined, writer: undefined, requests: [], inFlight: undefined,
      closing: undefined, closingInFlight: undefined, abort: undefined, pressure: false,
    };
    streams.set(this, s);
    if (source === inside) return; // made for another class, which starts it
    if (source.type !== undefined) throw b.invalid('ERR_INVALID_ARG_VALUE', "The argument 'type' is invalid. Received " + b.received(source.type).replace(/^ Received type \w+ \((.*)\)$/, '$1'), RangeError);
    const size = b.sizeOf(strategy);
    start(s, {
      start: b.method(source, 'start'), write: b.method(source, 'write'),
      close: b.method(source, 'close'), cancel: b.method(source, 'abort'),
    }, b.highWaterMark(strategy, 1), size);
  }
  get locked() { return streamOf(this).writer !== undefined; }
  abort(reason) {
    let s;
    try { s = streamOf(this); } catch (e) { return Promise.reject(e); }
    return s.writer ? Promise.reject(badState('WritableStream is locked')) : abort(s, reason);
  }
  close() {
    let s;
    try { s = streamOf(this); } catch (e) { return Promise.reject(e); }
    if (s.writer) return Promise.reject(badState('WritableStream is locked'));
    return isClosing(s) ? Promise.reject(badState('Failure closing WritableStream')) : close(s);
  }
  getWriter() { streamOf(this); return new WritableStreamDefaultWriter(this); }
}

// start gives a stream its controller. algorithms may be missing.
function start(s, algorithms, mark, size) {
  const self = new WritableStreamDefaultController(inside);
  const c = { self, stream: s, queue: new Queue(), started: false, mark, size, abort: new AbortController(), ...algorithms };
  controllers.set(self, c);
  s.controller = c;
  setPressure(s, desired(c) <= 0);
  const begun = c.start ? c.start(self) : undefined;
  Promise.resolve(begun).then(() => { c.started = true; advance(c); }, (e) => { c.started = true; deal(s, e); });
}

const desired = (c) => c.mark - c.queue.total;
const isClosing = (s) => s.closing !== undefined || s.closingInFlight !== undefined;
const isBusy = (s) => s.inFlight !== undefined || s.closingInFlight !== undefined;

function setPressure(s, on) {
  if (s.writer && on !== s.pressure) {
    if (on) s.writer.ready = deferred();
    else settle(s.writer.ready);
  }
  s.pressure = on;
}

function settle(d) {
  d.resolve();
  d.settled = true;
}

function abort(s, reason) {
  if (s.state === 'closed' || s.state === 'errored') return Promise.resolve();
  s.controller.abort.abort(reason);
  if (s.state === 'closed' || s.state === 'errored') return Promise.resolve();
  if (s.abort) return s.abort.promise;
  const already = s.state === 'erroring';
  const done = s.abort = Object.assign(deferred(), { reason: already ? undefined : reason, already });
  if (!already) startErroring(s, reason);
  return done.promise;
}

function close(s) {
  if (s.state === 'closed' || s.state === 'errored') return Promise.reject(badState('WritableStream is closed'));
  const done = s.closing = deferred();
  if (s.writer && s.pressure && s.state === 'writable') settle(s.writer.ready);
  s.controller.queue.put(closeMark, 0);
  advance(s.controller);
  return done.promise;
}

function deal(s, error) {
  if (s.state === 'writable') startErroring(s, error);
  else finishErroring(s);
}

function startErroring(s, reason) {
  s.state = 'erroring';
  s.error = reason;
  if (s.writer) spoil(s.writer, 'ready', reason);
  if (!isBusy(s) && s.controller.started) finishErroring(s);
}

// spoil rejects a promise of a writer, or puts a rejected one where it was settled.
function spoil(w, name, reason) {
  if (w[name].settled) w[name] = rejected(reason);
  else {
    w[name].reject(reason);
    quiet(w[name].promise);
  }
  w[name].settled = true;
}

function finishErroring(s) {
  s.state = 'errored';
  s.controller.queue.clear();
  for (const r of s.requests.splice(0)) r.reject(s.error);
  const pending = s.abort;
  if (!pending) return rejectClosed(s);
  s.abort = undefined;
  if (pending.already) {
    pending.reject(s.error);
    return rejectClosed(s);
  }
  const c = s.controller;
  const done = c.cancel ? promised(c.cancel, pending.reason) : Promise.resolve();
  forget(c);
  done.then(() => { pending.resolve(); rejectClosed(s); }, (e) => { pending.reject(e); rejectClosed(s); });
}

function rejectClosed(s) {
  if (s.closing) {
    s.closing.reject(s.error);
    s.closing = undefined;
  }
  if (s.writer) spoil(s.writer, 'closed', s.error);
}

function forget(c) { c.write = c.close = c.cancel = undefined; c.size = () => 1; }

// advance does the next thing that the sink is asked for.
function advance(c) {
  const s = c.stream;
  if (!c.started || s.inFlight) return;
  if (s.state === 'erroring') {
    if (!isBusy(s)) finishErroring(s);
    return;
  }
  if (c.queue.length === 0 || s.closingInFlight || s.state !== 'writable') return;
  if (c.queue.first === closeMark) finish(c, s);
  else writeOne(c, s, c.queue.first);
}

function finish(c, s) {
  s.closingInFlight = s.closing;
  s.closing = undefined;
  c.queue.take();
  const done = c.close ? promised(c.close) : Promise.resolve();
  forget(c);
  done.then(() => {
    s.closingInFlight.resolve();
    s.closingInFlight = undefined;
    if (s.state === 'erroring') {
      s.error = undefined;
      if (s.abort) {
        s.abort.resolve();
        s.abort = undefined;
      }
    }
    s.state = 'closed';
    if (s.writer) settle(s.writer.closed);
  }, (e) => {
    s.closingInFlight.reject(e);
    s.closingInFlight = undefined;
    if (s.abort) {
      s.abort.reject(e);
      s.abort = undefined;
    }
    deal(s, e);
  });
}

function writeOne(c, s, chunk) {
  s.inFlight = s.requests.shift();
  const done = c.write ? promised(c.write, chunk, c.self) : Promise.resolve();
  done.then(() => {
    s.inFlight.resolve();
    s.inFlight = undefined;
    c.queue.take();
    if (!isClosing(s) && s.state === 'writable') setPressure(s, desired(c) <= 0);
    advance(c);
  }, (e) => {
    if (s.state === 'writable') forget(c);
    s.inFlight.reject(e);
    s.inFlight = undefined;
    deal(s, e);
  });
}

const writerOf = (v) => of(writers, v, 'WritableStreamDefaultWriter');
class WritableStreamDefaultWriter {
  constructor(stream) {
    const s = streams.get(stream);
    if (!s) throw b.badArgument('stream', 'an instance of WritableStream', stream);
    if (s.writer) throw badState('WritableStream is locked');
    const w = { stream: s };
    s.writer = w;
    writers.set(this, w);
    w.ready = s.state === 'writable' && !isClosing(s) && s.pressure ? deferred() : Object.assign(resolved(), { settled: true });
    w.closed = deferred();
    if (s.state === 'erroring') w.ready = Object.assign(rejected(s.error), { settled: true });
    if (s.state === 'closed') { w.closed = Object.assign(resolved(), { settled: true }); }
    if (s.state === 'errored') {
      w.ready = Object.assign(rejected(s.error), { settled: true });
      w.closed = Object.assign(rejected(s.error), { settled: true });
    }
  }
  get closed() { try { return writerOf(this).closed.promise; } catch (e) { return Promise.reject(e); } }
  get ready() { try { return writerOf(this).ready.promise; } catch (e) { return Promise.reject(e); } }
  get desiredSize() {
    const { stream: s } = writerOf(this);
    if (!s) throw badState('Writer is not bound to a WritableStream');
    if (s.state === 'errored' || s.state === 'erroring') return null;
    return s.state === 'closed' ? 0 : desired(s.controller);
  }
  abort(reason) { return bound(this, (s) => abort(s, reason)); }
  close() {
    return bound(this, (s) => (isClosing(s) ? Promise.reject(badState('Failure to close WritableStream')) : close(s)));
  }
  releaseLock() {
    const w = writerOf(this);
    if (w.stream) release(w);
  }
  write(chunk) { return bound(this, (s, w) => write(s, w, chunk)); }
}

function bound(self, fn) {
  let w;
  try { w = writerOf(self); } catch (e) { return Promise.reject(e); }
  return w.stream ? fn(w.stream, w) : Promise.reject(badState('Writer is not bound to a WritableStream'));
}

function release(w) {
  const gone = badState('Writer has been released');
  w.stream.writer = undefined;
  w.stream = undefined;
  spoil(w, 'ready', gone);
  spoil(w, 'closed', gone);
}

function write(s, w, chunk) {
  const c = s.controller;
  let size = 1;
  try { size = c.size(chunk); } catch (e) { if (s.state === 'writable') startErroringBy(c, e); }
  if (w.stream !== s) return Promise.reject(badState('Mismatched WritableStreams'));
  if (s.state === 'errored') return Promise.reject(s.error);
  if (isClosing(s) || s.state === 'closed') return Promise.reject(badState('WritableStream is closed'));
  if (s.state === 'erroring') return Promise.reject(s.error);
  const d = deferred();
  s.requests.push(d);
  try { c.queue.put(chunk, size); } catch (e) {
    if (s.state === 'writable') startErroringBy(c, e);
    return d.promise;
  }
  if (!isClosing(s) && s.state === 'writable') setPressure(s, desired(c) <= 0);
  advance(c);
  return d.promise;
}

function startErroringBy(c, e) {
  forget(c);
  startErroring(c.stream, e);
}

const controllerOf = (v) => of(controllers, v, 'WritableStreamDefaultController');
class WritableStreamDefaultController {
  constructor(mark) { if (mark !== inside) throw b.illegal(); }
  get signal() { return controllerOf(this).abort.signal; }
  error(e) {
    const c = controllerOf(this);
    if (c.stream.state === 'writable') startErroringBy(c, e);
  }
}

for (const Class of [WritableStream, WritableStreamDefaultWriter, WritableStreamDefaultController]) b.show(Class);
Object.assign(exports, {
  WritableStream, WritableStreamDefaultWriter, WritableStreamDefaultController,
  internal: { streams, writers, writerOf, streamOf, start, abort, isClosing, inside, desired, startErroringBy, release, write, close },
});
