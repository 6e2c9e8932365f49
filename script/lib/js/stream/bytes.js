// Streams of bytes: a controller whose chunks are views, and readers that bring the memory to read into.
const b = require('#streambase');
const r = require('#readablestream').internal;
const { badState, badThis, promised } = b;

const controllers = new WeakMap(), requests = new WeakMap();
const { inside } = r;
const controllerOf = (v) => {
  const c = controllers.get(v);
  if (!c) throw badThis('ReadableByteStreamController');
  return c;
};

// start gives a stream its controller of bytes. Entries of the queue are {buffer, offset, length}; into holds the
// places to read into: {buffer, start, size, filled, unit, Class, kind}.
function start(s, source, mark) {
  const auto = source.autoAllocateChunkSize;
  if (auto !== undefined && !(Number(auto) > 0)) throw b.invalid('ERR_INVALID_ARG_VALUE', "The property 'source.autoAllocateChunkSize' is invalid. Received " + host.inspect(auto), TypeError);
  const self = new ReadableByteStreamController(inside);
  const c = {
    self, stream: s, queue: [], total: 0, mark, started: false, pulling: false, again: false, closing: false, into: [], request: null, auto,
    start: b.method(source, 'start'), pull: b.method(source, 'pull'), cancel: b.method(source, 'cancel'),
  };
  c.pullSteps = (request) => pullSteps(c, request);
  c.cancelSteps = (reason) => {
    drop(c);
    c.queue = [];
    c.total = 0;
    const done = c.cancel ? promised(c.cancel, reason) : Promise.resolve();
    c.pull = c.cancel = undefined;
    return done;
  };
  c.releaseSteps = () => {
    if (c.into.length) {
      c.into[0].kind = 'none';
      c.into.length = 1;
    }
  };
  controllers.set(self, c);
  s.controller = c;
  r.begin(c, pull, fail);
}

const desired = (c) => (c.stream.state === 'errored' ? null : c.stream.state === 'closed' ? 0 : c.mark - c.total);
const waiting = (c) => (c.stream.reader ? c.stream.reader.requests.length : 0);

function pull(c) {
  if (c.stream.state !== 'readable' || c.closing || !c.started) return;
  if (!(waiting(c) > 0 || desired(c) > 0)) return;
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
  drop(c);
  c.queue = [];
  c.total = 0;
  c.pull = c.cancel = undefined;
  r.errorStream(c.stream, e);
}

// drop forgets the places to read into and the request that shows the first.
function drop(c) {
  unrequest(c);
  c.into = [];
}
function unrequest(c) {
  if (!c.request) return;
  requests.get(c.request).controller = undefined;
  requests.get(c.request).view = null;
  c.request = null;
}

function pullSteps(c, request) {
  if (c.total > 0) {
    const { buffer, offset, length } = c.queue.shift();
    c.total -= length;
    drained(c);
    request.chunk(new Uint8Array(buffer, offset, length));
    return;
  }
  if (c.auto !== undefined) {
    c.into.push({ buffer: new ArrayBuffer(Number(c.auto)), start: 0, size: Number(c.auto), filled: 0, unit: 1, Class: Uint8Array, kind: 'default' });
  }
  c.stream.reader.requests.push(request);
  pull(c);
}

function drained(c) {
  if (c.total === 0 && c.closing) {
    c.pull = c.cancel = undefined;
    r.closeStream(c.stream);
  } else pull(c);
}

// fill moves bytes of the queue into a place; true when it has whole units.
function fill(c, p) {
  const most = Math.min(c.total, p.size - p.filled);
  const whole = p.filled + most - (p.filled + most) % p.unit;
  let left = whole > p.filled ? whole - p.filled : most;
  const ready = whole > p.filled;
  while (left > 0) {
    const head = c.queue[0];
    const n = Math.min(left, head.length);
    new Uint8Array(p.buffer, p.start + p.filled, n).set(new Uint8Array(head.buffer, head.offset, n));
    if (n === head.length) c.queue.shift();
    else {
      head.offset += n;
      head.length -= n;
    }
    c.total -= n;
    p.filled += n;
    left -= n;
  }
  return ready;
}

const viewOf = (p) => new p.Class(p.buffer, p.start, p.Class === DataView ? p.filled : p.filled / p.unit);

function readInto(c, view, request) {
  const Class = view instanceof DataView ? DataView : view.constructor;
  const p = {
    buffer: view.buffer, start: view.byteOffset, size: view.byteLength, filled: 0,
    unit: Class === DataView ? 1 : Class.BYTES_PER_ELEMENT, Class, kind: 'byob',
  };
  if (c.into.length) {
    c.into.push(p);
    c.stream.reader.requests.push(request);
    return;
  }
  if (c.stream.state === 'closed') {
    request.close(new Class(p.buffer, p.start, 0));
    return;
  }
  if (c.total > 0) {
    if (fill(c, p)) {
      drained(c);
      request.chunk(viewOf(p));
      return;
    }
    if (c.closing) {
      const e = b.invalid('ERR_INVALID_STATE', 'Invalid state: Pending bytes');
      fail(c, e);
      request.error(e);
      return;
    }
  }
  c.into.push(p);
  c.stream.reader.requests.push(request);
  pull(c);
}

// settle hands a filled place to the request that waits for it.
function settle(c, p) {
  const request = c.stream.reader && c.stream.reader.requests.shift();
  if (!request) return;
  if (c.stream.state === 'closed') request.close(p.kind === 'default' ? undefined : viewOf(p));
  else request.chunk(viewOf(p));
}

function respond(c, n) {
  const p = c.into[0];
  if (c.stream.state === 'closed') {
    if (n !== 0) throw b.invalid('ERR_INVALID_ARG_VALUE', "The argument 'bytesWritten' is invalid. Received " + n);
    unrequest(c);
    if (p.kind === 'none') c.into.shift();
    while (c.stream.reader && c.stream.reader.byob && waiting(c) > 0 && c.into.length) settle(c, c.into.shift());
    return;
  }
  if (n === 0) throw b.invalid('ERR_INVALID_ARG_VALUE', "The argument 'bytesWritten' is invalid. Received 0");
  if (p.filled + n > p.size) throw b.invalid('ERR_INVALID_ARG_VALUE', 'The value of "bytesWritten" is out of range', RangeError);
  unrequest(c);
  p.filled += n;
  if (p.kind === 'none') {
    c.into.shift();
    push(c, p.buffer.slice(p.start, p.start + p.filled), 0, p.filled);
    flush(c);
    pull(c);
    return;
  }
  if (p.filled < p.unit) {
    pull(c);
    return;
  }
  c.into.shift();
  const over = p.filled % p.unit;
  if (over) {
    const end = p.start + p.filled;
    push(c, p.buffer.slice(end - over, end), 0, over);
    p.filled -= over;
  }
  settle(c, p);
  flush(c);
  pull(c);
}

function push(c, buffer, offset, length) {
  c.queue.push({ buffer, offset, length });
  c.total += length;
}

// flush fills the places that wait from the queue.
function flush(c) {
  while (c.into.length && c.total > 0) {
    const p = c.into[0];
    if (!fill(c, p)) return;
    c.into.shift();
    settle(c, p);
  }
}

class ReadableByteStreamController {
  constructor(mark) { if (mark !== inside) throw b.illegal(); }
  get byobRequest() {
    const c = controllerOf(this);
    if (c.request === null && c.into.length) {
      const p = c.into[0];
      c.request = new ReadableStreamBYOBRequest(inside);
      requests.set(c.request, { controller: c, view: new Uint8Array(p.buffer, p.start + p.filled, p.size - p.filled) });
    }
    return c.request;
  }
  get desiredSize() { return desired(controllerOf(this)); }
  close() {
    const c = controllerOf(this);
    if (c.closing) throw badState('Controller is already closed');
    if (c.stream.state !== 'readable') throw badState('ReadableStream is already closed');
    if (c.total > 0) {
      c.closing = true;
      return;
    }
    if (c.into.length && c.into[0].filled % c.into[0].unit) {
      const e = badState('Partial read');
      fail(c, e);
      throw e;
    }
    c.pull = c.cancel = undefined;
    r.closeStream(c.stream);
  }
  enqueue(chunk) {
    const c = controllerOf(this);
    if (!ArrayBuffer.isView(chunk)) throw b.badArgument('buffer', 'an instance of Buffer, TypedArray, or DataView', chunk);
    if (chunk.byteLength === 0) throw badState('chunk ArrayBuffer is zero-length or detached');
    if (c.closing) throw badState('Controller is already closed');
    if (c.stream.state !== 'readable') throw badState('ReadableStream is already closed');
    unrequest(c);
    const { buffer, byteOffset, byteLength } = chunk;
    const { reader } = c.stream;
    if (c.into.length && c.into[0].kind === 'none') {
      const p = c.into.shift();
      if (p.filled) push(c, p.buffer.slice(p.start, p.start + p.filled), 0, p.filled);
    }
    if (reader && !reader.byob) {
      if (reader.requests.length && c.total === 0) {
        if (c.into.length) c.into.shift();
        reader.requests.shift().chunk(new Uint8Array(buffer, byteOffset, byteLength));
      } else push(c, buffer, byteOffset, byteLength);
    } else {
      push(c, buffer, byteOffset, byteLength);
      if (reader) flush(c);
    }
    pull(c);
  }
  error(e) { fail(controllerOf(this), e); }
}

class ReadableStreamBYOBRequest {
  constructor(mark) { if (mark !== inside) throw b.illegal(); }
  get view() { return requestOf(this).view; }
  respond(n) {
    const q = requestOf(this);
    if (!q.controller) throw badState('This BYOB request has been invalidated');
    respond(q.controller, Number(n));
  }
  respondWithNewView(view) {
    const q = requestOf(this);
    if (!q.controller) throw badState('This BYOB request has been invalidated');
    if (!ArrayBuffer.isView(view)) throw b.badArgument('view', 'an instance of Buffer, TypedArray, or DataView', view);
    const p = q.controller.into[0];
    if (p.start + p.filled !== view.byteOffset) throw b.invalid('ERR_INVALID_ARG_VALUE', 'The argument "view" is invalid', RangeError);
    p.buffer = view.buffer;
    respond(q.controller, view.byteLength);
  }
}
const requestOf = (v) => {
  const q = requests.get(v);
  if (!q) throw badThis('ReadableStreamBYOBRequest');
  return q;
};

const name = 'ReadableStreamBYOBReader';
class ReadableStreamBYOBReader {
  constructor(stream) {
    const s = r.streams.get(stream);
    if (!s) throw b.badArgument('stream', 'an instance of ReadableStream', stream);
    if (s.reader) throw badState('ReadableStream is locked');
    if (!controllers.has(s.controller.self)) throw b.invalid('ERR_INVALID_ARG_VALUE', "The argument 'stream' must be a byte stream. Received " + host.inspect(stream));
    r.attach(this, s, true);
  }
  read(view) {
    return r.rejectWith(() => {
      const reader = r.readerOf(this, name);
      if (!ArrayBuffer.isView(view)) throw b.badArgument('view', 'an instance of Buffer, TypedArray, or DataView', view);
      if (view.byteLength === 0) throw badState('View or Viewed ArrayBuffer is zero-length or detached');
      if (!reader.stream) throw badState('The reader is not attached to a stream');
      const s = reader.stream;
      s.disturbed = true;
      if (s.state === 'errored') throw s.error;
      return r.asPromise((request) => readInto(s.controller, view, request));
    });
  }
  releaseLock() {
    const reader = r.readerOf(this, name);
    if (reader.stream) r.release(reader);
  }
  get closed() { return r.rejectWith(() => r.readerOf(this, name).closed.promise); }
  cancel(reason) { return r.rejectWith(() => r.cancelBy(r.readerOf(this, name), reason)); }
}

for (const Class of [ReadableByteStreamController, ReadableStreamBYOBRequest, ReadableStreamBYOBReader]) b.show(Class);
Object.assign(exports, { start, ReadableByteStreamController, ReadableStreamBYOBRequest, ReadableStreamBYOBReader });
