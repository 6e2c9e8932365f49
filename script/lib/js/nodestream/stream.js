// require('stream'): the streams of Node, as readable-stream 3 has them.
const { Stream, later, errors, inherit, hidden } = require('#nodestream');
const Readable = require('#nodeflow');
const Writable = require('#nodewritable');
const { finished, pipeline } = require('#nodefinished');

function Duplex(options) {
  if (!(this instanceof Duplex)) return new Duplex(options);
  Readable.call(this, options);
  Writable.call(this, options);
  this.allowHalfOpen = true;
  if (!options) return;
  if (options.readable === false) this.readable = false;
  if (options.writable === false) this.writable = false;
  if (options.allowHalfOpen === false) {
    this.allowHalfOpen = false;
    this.once('end', () => { if (!this._writableState.ended) later(() => this.end()); });
  }
}
inherit(Duplex, Readable);
for (const name of Object.keys(Writable.prototype)) if (!Duplex.prototype[name]) Duplex.prototype[name] = Writable.prototype[name];
for (const name of ['writableHighWaterMark', 'writableBuffer', 'writableLength']) {
  Object.defineProperty(Duplex.prototype, name, Object.getOwnPropertyDescriptor(Writable.prototype, name));
}
hidden(Duplex.prototype, 'destroyed', function () {
  return !!this._readableState && !!this._writableState && this._readableState.destroyed && this._writableState.destroyed;
}, function (v) {
  if (this._readableState && this._writableState) this._readableState.destroyed = this._writableState.destroyed = v;
});

// A Transform reads what was made of what was written.
function Transform(options) {
  if (!(this instanceof Transform)) return new Transform(options);
  Duplex.call(this, options);
  const state = this._transformState = { needTransform: false, transforming: false, writecb: null, writechunk: null, writeencoding: null };
  state.afterTransform = (err, data) => transformed(this, err, data);
  this._readableState.needReadable = true;
  this._readableState.sync = false;
  if (options) {
    if (typeof options.transform === 'function') this._transform = options.transform;
    if (typeof options.flush === 'function') this._flush = options.flush;
  }
  this.on('prefinish', () => {
    if (typeof this._flush === 'function' && !this._readableState.destroyed) this._flush((err, data) => done(this, err, data));
    else done(this, null, null);
  });
}
inherit(Transform, Duplex);

function transformed(stream, err, data) {
  const state = stream._transformState, callback = state.writecb;
  state.transforming = false;
  if (callback === null) return stream.emit('error', errors.twice());
  state.writechunk = state.writecb = null;
  if (data !== null && data !== undefined) stream.push(data);
  callback(err);
  const reading = stream._readableState;
  reading.reading = false;
  if (reading.needReadable || reading.length < reading.highWaterMark) stream._read(reading.highWaterMark);
}
function done(stream, err, data) {
  if (err) return stream.emit('error', err);
  if (data !== null && data !== undefined) stream.push(data);
  return stream.push(null);
}
Transform.prototype.push = function (chunk, encoding) {
  this._transformState.needTransform = false;
  return Duplex.prototype.push.call(this, chunk, encoding);
};
Transform.prototype._transform = function (chunk, encoding, callback) { callback(errors.missing('_transform()')); };
Transform.prototype._write = function (chunk, encoding, callback) {
  const state = this._transformState, reading = this._readableState;
  state.writecb = callback;
  state.writechunk = chunk;
  state.writeencoding = encoding;
  if (!state.transforming && (state.needTransform || reading.needReadable || reading.length < reading.highWaterMark)) this._read(reading.highWaterMark);
};
Transform.prototype._read = function () {
  const state = this._transformState;
  if (state.writechunk !== null && !state.transforming) {
    state.transforming = true;
    this._transform(state.writechunk, state.writeencoding, state.afterTransform);
  } else state.needTransform = true;
};
Transform.prototype._destroy = function (err, callback) { Duplex.prototype._destroy.call(this, err, (err) => callback(err)); };

function PassThrough(options) {
  if (!(this instanceof PassThrough)) return new PassThrough(options);
  Transform.call(this, options);
}
inherit(PassThrough, Transform);
PassThrough.prototype._transform = function (chunk, encoding, callback) { callback(null, chunk); };

Object.assign(Stream, { Readable, Writable, Duplex, Transform, PassThrough, finished, pipeline, Stream });
return Stream;
