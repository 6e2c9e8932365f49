// TransformStream, and those that come with it: text to bytes and back, compression.
const b = require('#streambase');
const r = require('#readablestream').internal;
const { WritableStream, internal: w } = require('#writablestream');
const { TextDecoder, TextEncoder } = require('#web');
const { badState, badThis, deferred, promised } = b;

const streams = new WeakMap(), controllers = new WeakMap();
const inside = {};

class TransformStream {
  constructor(transformer, writableStrategy, readableStrategy) {
    const t = b.dictionary(transformer, 'transformer');
    for (const name of ['readableType', 'writableType']) {
      if (t[name] !== undefined) throw b.invalid('ERR_INVALID_ARG_VALUE', "The property 'transformer." + name + "' is invalid. Received " + host.inspect(t[name]), RangeError);
    }
    const readSize = b.sizeOf(readableStrategy), readMark = b.highWaterMark(readableStrategy, 0);
    const writeSize = b.sizeOf(writableStrategy), writeMark = b.highWaterMark(writableStrategy, 1);
    const s = { self: this, pressure: undefined, change: undefined };
    streams.set(this, s);
    const c = {
      self: new TransformStreamDefaultController(inside), stream: s,
      transform: b.method(t, 'transform'), flush: b.method(t, 'flush'), cancel: b.method(t, 'cancel'),
    };
    controllers.set(c.self, c);
    s.controller = c;
    const ready = deferred();
    s.writable = new WritableStream(w.inside);
    w.start(w.streams.get(s.writable), {
      start: () => ready.promise, write: (chunk) => write(s, chunk), cancel: (reason) => { fail(s, reason); }, close: () => close(s),
    }, writeMark, writeSize);
    s.readable = r.make({
      start: () => ready.promise, pull: () => { setPressure(s, false); return s.change.promise; },
      cancel: (reason) => { failWritable(s, reason); },
    }, readMark, readSize);
    s.read = r.streams.get(s.readable);
    s.write = w.streams.get(s.writable);
    setPressure(s, true);
    const start = b.method(t, 'start');
    ready.resolve(start ? start(c.self) : undefined);
  }
  get readable() { return streamOf(this).readable; }
  get writable() { return streamOf(this).writable; }
}
const streamOf = (v) => {
  const s = streams.get(v);
  if (!s) throw badThis('TransformStream');
  return s;
};

function setPressure(s, on) {
  if (s.change) s.change.resolve();
  s.change = deferred();
  s.pressure = on;
}

function fail(s, e) {
  r.fail(s.read.controller, e);
  failWritable(s, e);
}

function failWritable(s, e) {
  forget(s.controller);
  if (s.write.state === 'writable') w.startErroringBy(s.write.controller, e);
  if (s.pressure) setPressure(s, false);
}

const forget = (c) => { c.transform = c.flush = undefined; c.gone = true; };

async function write(s, chunk) {
  if (s.pressure) {
    await s.change.promise;
    if (s.write.state === 'erroring') throw s.write.error;
  }
  const c = s.controller;
  try {
    if (c.transform) await c.transform(chunk, c.self);
    else if (!c.gone) enqueue(c, chunk);
  } catch (e) {
    fail(s, e);
    throw e;
  }
}

async function close(s) {
  const c = s.controller;
  const done = c.flush ? promised(c.flush, c.self) : Promise.resolve();
  forget(c);
  try {
    await done;
  } catch (e) {
    fail(s, e);
    throw s.read.error;
  }
  if (s.read.state === 'errored') throw s.read.error;
  if (r.open(s.read.controller)) r.close(s.read.controller);
}

function enqueue(c, chunk) {
  const s = c.stream, out = s.read.controller;
  if (!r.open(out)) throw badState('Unable to enqueue');
  try {
    r.enqueue(out, chunk);
  } catch (e) {
    failWritable(s, e);
    throw s.read.error;
  }
  const waiting = s.read.reader && s.read.reader.requests.length > 0;
  const full = !waiting && r.desired(out) <= 0;
  if (full !== s.pressure && full) setPressure(s, true);
}

const controllerOf = (v) => {
  const c = controllers.get(v);
  if (!c) throw badThis('TransformStreamDefaultController');
  return c;
};
class TransformStreamDefaultController {
  constructor(mark) { if (mark !== inside) throw b.illegal(); }
  get desiredSize() { return r.desired(controllerOf(this).stream.read.controller); }
  enqueue(chunk) { enqueue(controllerOf(this), chunk); }
  error(e) { fail(controllerOf(this).stream, e); }
  terminate() {
    const { stream: s } = controllerOf(this);
    if (r.open(s.read.controller)) r.close(s.read.controller);
    failWritable(s, badState('TransformStream has been terminated'));
  }
}

// over makes a class that is a transform with further members. Its constructor's arguments make the transformer.
const held = new WeakMap();
function over(name, make) {
  const get = (self) => {
    const s = held.get(self);
    if (!s || s.name !== name) throw badThis(name);
    return s;
  };
  const Class = { [name]: class {
    constructor(...args) {
      const { transformer, ...more } = make(...args);
      held.set(this, { name, stream: new TransformStream(transformer), ...more });
    }
    get readable() { return get(this).stream.readable; }
    get writable() { return get(this).stream.writable; }
  } }[name];
  return [Class, get];
}

const [TextEncoderStream, encoderOf] = over('TextEncoderStream', () => {
  const encoder = new TextEncoder();
  let half = '';
  const put = (text, c, last) => {
    let whole = half + text;
    half = '';
    const end = whole.charCodeAt(whole.length - 1);
    if (!last && end >= 0xd800 && end < 0xdc00) {
      half = whole.slice(-1);
      whole = whole.slice(0, -1);
    }
    const bytes = encoder.encode(whole);
    if (bytes.length) c.enqueue(bytes);
  };
  return { transformer: { transform: (chunk, c) => put(String(chunk), c, false), flush: (c) => put('', c, true) } };
});
Object.defineProperty(TextEncoderStream.prototype, 'encoding', { get() { encoderOf(this); return 'utf-8'; }, configurable: true });

const [TextDecoderStream, decoderOf] = over('TextDecoderStream', (encoding = 'utf-8', options) => {
  const decoder = new TextDecoder(encoding, options);
  const put = (text, c) => { if (text) c.enqueue(text); };
  return { decoder, transformer: {
    transform: (chunk, c) => put(decoder.decode(chunk, { stream: true }), c), flush: (c) => put(decoder.decode(), c),
  } };
});
for (const name of ['encoding', 'fatal', 'ignoreBOM']) {
  Object.defineProperty(TextDecoderStream.prototype, name, { get() { return decoderOf(this).decoder[name]; }, configurable: true });
}

// compression collects the bytes and works on them at the end: what is read is the same, in one chunk.
function compression(name, work) {
  const [Class] = over(name, (format) => {
    if (!['deflate', 'deflate-raw', 'gzip'].includes(format)) {
      throw b.invalid('ERR_INVALID_ARG_VALUE', "The argument 'format' is invalid. Received " + host.inspect(format), TypeError);
    }
    const chunks = [];
    return { transformer: {
      transform(chunk) {
        if (!ArrayBuffer.isView(chunk) && !(chunk instanceof ArrayBuffer)) {
          throw b.invalid('ERR_INVALID_ARG_TYPE', 'The "chunk" argument must be of type string or an instance of Buffer, TypedArray, or DataView.' + b.received(chunk), TypeError);
        }
        chunks.push(chunk);
      },
      flush(c) {
        const out = new Uint8Array(work(format, host.joinBytes(chunks)));
        if (out.length) c.enqueue(out);
      },
    } };
  });
  return b.show(Class);
}

for (const Class of [TransformStream, TransformStreamDefaultController]) b.show(Class);
Object.assign(exports, {
  TransformStream, TransformStreamDefaultController, TextEncoderStream, TextDecoderStream,
  CompressionStream: compression('CompressionStream', host.compress), DecompressionStream: compression('DecompressionStream', host.decompress),
});
