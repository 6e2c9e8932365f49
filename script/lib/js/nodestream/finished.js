// finished tells when a stream is over, pipeline ties streams together so that all of them end with one.
const { errors } = require('#nodestream');
const nothing = () => {};

function once(fn) {
  let called = false;
  return function (...args) {
    if (called) return;
    called = true;
    fn.apply(this, args);
  };
}

function finished(stream, options, callback) {
  if (typeof options === 'function') return finished(stream, null, options);
  options = options || {};
  callback = once(callback || nothing);
  let readable = options.readable || (options.readable !== false && stream.readable);
  let writable = options.writable || (options.writable !== false && stream.writable);
  let written = stream._writableState && stream._writableState.finished;
  let read = stream._readableState && stream._readableState.endEmitted;
  const onfinish = () => {
    writable = false;
    written = true;
    if (!readable) callback.call(stream);
  };
  const onend = () => {
    readable = false;
    read = true;
    if (!writable) callback.call(stream);
  };
  const onerror = (err) => callback.call(stream, err);
  const onclose = () => {
    let err;
    if (readable && !read) {
      if (!stream._readableState || !stream._readableState.ended) err = errors.premature();
      return callback.call(stream, err);
    }
    if (writable && !written) {
      if (!stream._writableState || !stream._writableState.ended) err = errors.premature();
      return callback.call(stream, err);
    }
  };
  const onlegacy = () => { if (!stream.writable) onfinish(); };
  const heard = [['end', onend], ['finish', onfinish], ['close', onclose]];
  if (options.error !== false) heard.push(['error', onerror]);
  if (writable && !stream._writableState) heard.push(['end', onlegacy], ['close', onlegacy]);
  for (const [name, fn] of heard) stream.on(name, fn);
  return () => { for (const [name, fn] of heard) stream.removeListener(name, fn); };
}

function destroyer(stream, reading, writing, callback) {
  callback = once(callback);
  let closed = false, gone = false;
  stream.on('close', () => { closed = true; });
  finished(stream, { readable: reading, writable: writing }, (err) => {
    if (err) return callback(err);
    closed = true;
    callback();
  });
  return (err) => {
    if (closed || gone) return;
    gone = true;
    if (typeof stream.destroy === 'function') return stream.destroy();
    callback(err || new Error('Cannot call pipe after a stream was destroyed'));
  };
}

function pipeline(...streams) {
  const callback = streams.length && typeof streams[streams.length - 1] === 'function' ? streams.pop() : nothing;
  if (Array.isArray(streams[0])) streams = streams[0];
  if (streams.length < 2) throw errors.arguments('streams');
  let error;
  const all = streams.map((stream, i) => destroyer(stream, i < streams.length - 1, i > 0, (err) => {
    if (!error) error = err;
    if (err) all.forEach((end) => end());
    if (i < streams.length - 1) return;
    all.forEach((end) => end());
    callback(error);
  }));
  return streams.reduce((from, to) => from.pipe(to));
}

Object.assign(exports, { finished, pipeline });
