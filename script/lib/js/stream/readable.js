// ReadableStream, after the Streams standard: a source that is read one chunk at a time.
const b = require('#streambase');
const { badState, badThis, deferred, quiet, rejected, resolved, promised, Queue } = b;

const streams = new WeakMap(), readers = new WeakMap(), controllers = new WeakMap();
const of = (map, self, name) => {
  const s = map.get(self);
  if (!s) throw badThis(name);
  return s;
};
const streamOf = (v) => of(streams, v, 'ReadableStream');
const inside = {};
const rejectWith = (fn) => { try { return fn(); } catch (e) { return Promise.reject(e); } };

class ReadableStream {
  constructor(source, strategy) {
    const given = b.dictionary(source, 'source');
    const s = { self: this, state: 'readable', error: undefined, reader: undefined, disturbed: false, controller: undefined };
    streams.set(this, s);
    if (given === inside) return;
    const { type } = given;
    if (type !== undefined && String(type) !== 'bytes') {
      throw b.invalid('ERR_INVALID_ARG_VALUE', "The property 'source.type' is invalid. Received " + host.inspect(type), TypeError);
    }
    if (type !== undefined) {
      if (strategy && strategy.size !== undefined) throw b.invalid('ERR_INVALID_ARG_VALUE', "The property 'strategy.size' is invalid. Received " + host.inspect(strategy.size), RangeError);
      require('#bytestream').start(s, given, b.highWaterMark(strategy, 0));
      return;
    }
    start(s, {
      start: b.method(given, 'start'), pull: b.method(given, 'pull'), cancel: b.method(given, 'cancel'),
    }, b.highWaterMark(strategy, 1), b.sizeOf(strategy));
  }
  static from(list) {
    const iterator = iteratorOf(list);
    return make({
      async pull(c) {
        const step = await iterator.next();
        if (step === null || typeof step !== 'object') throw badState('The promise returned by the iterator.next() method must fulfill with an object');
        if (step.done) c.close();
        else c.enqueue(await step.value);
      },
      async cancel(reason) {
        if (typeof iterator.return !== 'function') return;
        await iterator.return(reason);
      },
    }, 0);
  }
  get locked() { return streamOf(this).reader !== undefined; }
  cancel(reason) {
    return rejectWith(() => {
      const s = streamOf(this);
      if (s.reader) throw badState('ReadableStream is locked');
      return cancel(s, reason);
    });
  }
  getReader(options) {
    streamOf(this);
    const { mode } = b.dictionary(options, 'options');
    if (mode === undefined) return new ReadableStreamDefaultReader(this);
    if (String(mode) !== 'byob') throw b.invalid('ERR_INVALID_ARG_VALUE', "The property 'options.mode' is invalid. Received " + host.inspect(mode), TypeError);
    return new (require('#bytestream').ReadableStreamBYOBReader)(this);
  }
  pipeThrough(transform, options) {
    const s = streamOf(this);
    const pair = b.dictionary(transform, 'transform');
    if (!streams.has(pair.readable)) throw b.badProperty('transform.readable', 'an instance of ReadableStream', pair.readable);
    const { streams: writables } = require('#writablestream').internal;
    if (!writables.has(pair.writable)) throw b.badProperty('transform.writable', 'an instance of WritableStream', pair.writable);
    if (s.reader) throw badState('The ReadableStream is locked');
    if (writables.get(pair.writable).writer) throw badState('The WritableStream is locked');
    quiet(require('#streampipe').pipe(this, pair.writable, b.dictionary(options, 'options')));
    return pair.readable;
  }
  pipeTo(destination, options) {
    return rejectWith(() => {
      const s = streamOf(this);
      const { streams: writables } = require('#writablestream').internal;
      if (!writables.has(destination)) throw b.badProperty('transform.writable', 'an instance of WritableStream', destination);
      if (s.reader) throw badState('The ReadableStream is locked');
      if (writables.get(destination).writer) throw badState('The WritableStream is locked');
      return require('#streampipe').pipe(this, destination, b.dictionary(options, 'options'));
    });
  }
  tee() { return require('#streampipe').tee(this); }
  values(options) {
    const s = streamOf(this);
    const { preventCancel = false } = b.dictionary(options, 'options');
    return iterate(new ReadableStreamDefaultReader(s.self), Boolean(preventCancel));
  }
}
Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, { value: ReadableStream.prototype.values, writable: true, configurable: true });

function iteratorOf(list) {
  if (list === null || list === undefined || typeof list !== 'object' && typeof list !== 'string' && typeof list !== 'function') {
    throw b.invalid('ERR_ARG_NOT_ITERABLE', host.inspect(list) + ' must be iterable');
  }
  const later = list[Symbol.asyncIterator];
  const now = later ? undefined : list[Symbol.iterator];
  if (!later && typeof now !== 'function') throw b.invalid('ERR_ARG_NOT_ITERABLE', host.inspect(list) + ' must be iterable');
  return Reflect.apply(later || now, list, []);
}

// iterate gives a reader's chunks by an async iterator; calls wait for those before them.
function iterate(reader, preventCancel) {
  let last = Promise.resolve(), done = false;
  const then = (fn) => { last = last.then(fn, fn); return last; };
  return {
    next: () => then(async () => {
      if (done) return { done: true, value: undefined };
      try {
        const step = await reader.read();
        if (step.done) {
          done = true;
          reader.releaseLock();
        }
        return { value: step.value, done: step.done };
      } catch (e) {
        done = true;
        reader.releaseLock();
        throw e;
      }
    }),
    return: (value) => then(async () => {
      if (!done) {
        done = true;
        const ended = preventCancel ? undefined : reader.cancel(value);
        reader.releaseLock();
        await ended;
      }
      return { value, done: true };
    }),
    [Symbol.asyncIterator]() { return this; },
  };
}

// make makes a stream for use in here.
function make(algorithms, mark, size) {
  const self = new ReadableStream(inside);
  start(streams.get(self), algorithms, mark === undefined ? 1 : mark, size || (() => 1));
  return self;
}

function cancel(s, reason) {
  s.disturbed = true;
  if (s.state === 'closed') return Promise.resolve();
  if (s.state === 'errored') return Promise.reject(s.error);
  closeStream(s);
  if (s.reader && s.reader.byob) for (const r of s.reader.requests.splice(0)) r.close(undefined);
  return s.controller.cancelSteps(reason).then(() => undefined);
}

function closeStream(s) {
  s.state = 'closed';
  if (!s.reader) return;
  s.reader.closed.resolve();
  s.reader.closed.settled = true;
  if (!s.reader.byob) for (const r of s.reader.requests.splice(0)) r.close();
}

function errorStream(s, e) {
  s.state = 'errored';
  s.error = e;
  if (!s.reader) return;
  s.reader.closed.reject(e);
  s.reader.closed.settled = true;
  quiet(s.reader.closed.promise);
  for (const r of s.reader.requests.splice(0)) r.error(e);
}

// attach makes a reader's state.
function attach(self, s, byob) {
  const r = { self, stream: s, requests: [], closed: deferred(), byob };
  s.reader = r;
  readers.set(self, r);
  if (s.state === 'closed') r.closed = Object.assign(resolved(), { settled: true });
  if (s.state === 'errored') r.closed = Object.assign(rejected(s.error), { settled: true });
  return r;
}

function release(r) {
  const s = r.stream;
  const gone = badState('Reader released');
  if (s.state === 'readable' && !r.closed.settled) {
    r.closed.reject(gone);
    quiet(r.closed.promise);
  } else {
    r.closed = rejected(gone);
  }
  s.controller.releaseSteps();
  s.reader = undefined;
  r.stream = undefined;
  for (const request of r.requests.splice(0)) request.error(badState('Releasing reader'));
}

const readerOf = (v, name) => {
  const r = readers.get(v);
  if (!r || r.byob !== (name === 'ReadableStreamBYOBReader')) throw badThis(name);
  return r;
};

// read asks for a chunk; request is {chunk, close, error}.
function read(r, request) {
  const s = r.stream;
  s.disturbed = true;
  if (s.state === 'closed') request.close();
  else if (s.state === 'errored') request.error(s.error);
  else s.controller.pullSteps(request);
}

function asPromise(fn) {
  const d = deferred();
  fn({ chunk: (value) => d.resolve({ done: false, value }), close: (value) => d.resolve({ done: true, value }), error: d.reject });
  return d.promise;
}

class ReadableStreamDefaultReader {
  constructor(stream) {
    const s = streams.get(stream);
    if (!s) throw b.badArgument('stream', 'an instance of ReadableStream', stream);
    if (s.reader) throw badState('ReadableStream is locked');
    attach(this, s, false);
  }
  read() {
    return rejectWith(() => {
      const r = readerOf(this, 'ReadableStreamDefaultReader');
      if (!r.stream) throw badState('The reader is not attached to a stream');
      return asPromise((request) => read(r, request));
    });
  }
  releaseLock() {
    const r = readerOf(this, 'ReadableStreamDefaultReader');
    if (r.stream) release(r);
  }
  get closed() { return rejectWith(() => readerOf(this, 'ReadableStreamDefaultReader').closed.promise); }
  cancel(reason) { return rejectWith(() => cancelBy(readerOf(this, 'ReadableStreamDefaultReader'), reason)); }
}

function cancelBy(r, reason) {
  if (!r.stream) throw badState('The reader is not attached to a stream');
  return cancel(r.stream, reason);
}

// start gives a stream its default controller.
function start(s, algorithms, mark, size) {
  const self = new ReadableStreamDefaultController(inside);
  const c = { self, stream: s, queue: new Queue(), mark, size, started: false, pulling: false, again: false, closing: false, ...algorithms };
  c.pullSteps = (request) => {
    if (c.queue.length) {
      const chunk = c.queue.take();
      if (c.closing && !c.queue.length) { forget(c); closeStream(s); } else pull(c);
      request.chunk(chunk);
    } else {
      s.reader.requests.push(request);
      pull(c);
    }
  };
  c.cancelSteps = (reason) => {
    c.queue.clear();
    const done = c.cancel ? promised(c.cancel, reason) : Promise.resolve();
    forget(c);
    return done;
  };
  c.releaseSteps = () => {};
  controllers.set(self, c);
  s.controller = c;
  begin(c, pull, fail);
}

// begin starts a controller of either kind and pulls when that is done.
function begin(c, pullOf, failOf) {
  const begun = c.start ? c.start(c.self) : undefined;
  Promise.resolve(begun).then(() => { c.started = true; pullOf(c); }, (e) => failOf(c, e));
}

const forget = (c) => { c.pull = c.cancel = undefined; c.size = () => 1; };
const desired = (c) => (c.stream.state === 'errored' ? null : c.stream.state === 'closed' ? 0 : c.mark - c.queue.total);
const open = (c) => !c.closing && c.stream.state === 'readable';

function wanted(c) {
  if (!open(c) || !c.started) return false;
  const { reader } = c.stream;
  return Boolean(reader && reader.requests.length > 0) || desired(c) > 0;
}

function pull(c) {
  if (!wanted(c)) return;
  if (c.pulling) {
    c.again = true;
    return;
  }
  c.pulling = true;
  const done = c.pull ? promised(c.pull, c.self) : Promise.resolve();
  done.then(() => {
    c.pulling = false;
    if (c.again) {
      c.again = false;
      pull(c);
    }
  }, (e) => fail(c, e));
}

function fail(c, e) {
  if (c.stream.state !== 'readable') return;
  c.queue.clear();
  forget(c);
  errorStream(c.stream, e);
}

function close(c) {
  c.closing = true;
  if (c.queue.length) return;
  forget(c);
  closeStream(c.stream);
}

function enqueue(c, chunk) {
  const { reader } = c.stream;
  if (reader && reader.requests.length) {
    reader.requests.shift().chunk(chunk);
  } else {
    try {
      c.queue.put(chunk, c.size(chunk));
    } catch (e) {
      fail(c, e);
      throw e;
    }
  }
  pull(c);
}

const controllerOf = (v) => of(controllers, v, 'ReadableStreamDefaultController');
class ReadableStreamDefaultController {
  constructor(mark) { if (mark !== inside) throw b.illegal(); }
  get desiredSize() { return desired(controllerOf(this)); }
  close() {
    const c = controllerOf(this);
    if (!open(c)) throw badState('Controller is already closed');
    close(c);
  }
  enqueue(chunk) {
    const c = controllerOf(this);
    if (!open(c)) throw badState('Controller is already closed');
    enqueue(c, chunk);
  }
  error(e) { fail(controllerOf(this), e); }
}

for (const Class of [ReadableStream, ReadableStreamDefaultReader, ReadableStreamDefaultController]) b.show(Class);
Object.assign(exports, {
  ReadableStream, ReadableStreamDefaultReader, ReadableStreamDefaultController,
  internal: {
    streams, streamOf, readers, readerOf, inside, make, cancel, cancelBy, closeStream, errorStream, attach, release, read, asPromise,
    begin, rejectWith, controllers, close, enqueue, fail, open, desired, pull,
  },
});
