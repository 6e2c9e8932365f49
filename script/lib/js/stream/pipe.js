// Piping a readable stream into a writable one, and splitting one in two.
const b = require('#streambase');
const r = require('#readablestream').internal;
const w = require('#writablestream').internal;
const { ReadableStreamDefaultReader } = require('#readablestream');
const { badState } = b;

// pipe moves all chunks from source to destination and settles when that is done, failed or aborted.
function pipe(source, destination, options) {
  const { signal } = options;
  const keep = { abort: Boolean(options.preventAbort), cancel: Boolean(options.preventCancel), close: Boolean(options.preventClose) };
  if (signal !== undefined && (typeof signal !== 'object' || signal === null || typeof signal.aborted !== 'boolean')) {
    throw b.badArgument('options.signal', 'an instance of AbortSignal', signal);
  }
  const from = r.streams.get(source), to = w.streams.get(destination);
  const reader = new ReadableStreamDefaultReader(source), writer = destination.getWriter();
  from.disturbed = true;
  return new Promise((resolve, reject) => {
    let over = false, last = Promise.resolve();
    const finish = (failed, error) => {
      if (signal) signal.removeEventListener('abort', stop);
      writer.releaseLock();
      reader.releaseLock();
      if (failed) reject(error);
      else resolve(undefined);
    };
    // end waits for what was written, does one more thing, and settles.
    const end = (act, failed, error) => {
      if (over) return;
      over = true;
      const after = () => (act ? b.promised(act) : Promise.resolve());
      last.then(after, after).then(() => finish(failed, error), (e) => finish(true, e));
    };
    const stop = () => end(() => {
      const jobs = [];
      if (!keep.abort && to.state === 'writable') jobs.push(w.abort(to, signal.reason));
      if (!keep.cancel && from.state === 'readable') jobs.push(r.cancel(from, signal.reason));
      return Promise.all(jobs);
    }, true, signal.reason);
    const readFailed = (e) => end(keep.abort ? undefined : () => w.abort(to, e), true, e);
    const writeFailed = (e) => end(keep.cancel ? undefined : () => r.cancel(from, e), true, e);
    const readEnded = () => end(keep.close ? undefined : () => {
      if (w.isClosing(to) || to.state === 'closed') return undefined;
      return to.state === 'errored' ? Promise.reject(to.error) : w.close(to);
    });
    if (signal) {
      if (signal.aborted) {
        stop();
        return;
      }
      signal.addEventListener('abort', stop);
    }
    if (from.state === 'errored') return readFailed(from.error);
    if (to.state === 'errored' || to.state === 'erroring') return writeFailed(to.error);
    if (w.isClosing(to) || to.state === 'closed') return writeFailed(badState('Destination WritableStream is closed'));
    reader.closed.then(undefined, readFailed);
    writer.closed.then(() => { if (!over) writeFailed(badState('Destination WritableStream is closed')); }, writeFailed);
    const step = () => {
      if (over) return;
      writer.ready.then(() => reader.read()).then(({ done, value }) => {
        if (done) return readEnded();
        last = writer.write(value);
        last.then(undefined, () => {});
        step();
      }, () => {});
    };
    step();
  });
}

// tee gives two streams with the chunks of one.
function tee(stream) {
  const s = r.streamOf(stream);
  if (s.reader) throw badState('ReadableStream is locked');
  const reader = new ReadableStreamDefaultReader(stream);
  let reading = false, again = false;
  const canceled = [false, false], reasons = [undefined, undefined], done = b.deferred();
  const branches = [];
  const pull = () => {
    if (reading) {
      again = true;
      return Promise.resolve();
    }
    reading = true;
    reader.read().then((step) => {
      reading = false;
      for (const i of [0, 1]) {
        if (canceled[i]) continue;
        const c = branches[i];
        if (step.done) r.close(c);
        else r.enqueue(c, step.value);
      }
      if (step.done) {
        if (!canceled[0] || !canceled[1]) done.resolve(undefined);
      } else if (again) {
        again = false;
        pull();
      }
    }, () => { reading = false; });
    return Promise.resolve();
  };
  const cancel = (i) => (reason) => {
    canceled[i] = true;
    reasons[i] = reason;
    if (canceled[0] && canceled[1]) done.resolve(r.cancel(s, reasons));
    return done.promise;
  };
  const made = [0, 1].map((i) => r.make({ pull, cancel: cancel(i) }));
  made.forEach((m, i) => { branches[i] = r.streams.get(m).controller; });
  reader.closed.then(undefined, (e) => {
    for (const c of branches) r.fail(c, e);
    if (!canceled[0] || !canceled[1]) done.resolve(undefined);
  });
  return made;
}

Object.assign(exports, { pipe, tee });
