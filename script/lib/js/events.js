// require('events'): Node's EventEmitter. Listeners are kept as arrays under the event's name. One that is
// called once is in a wrapper, which has it as its listener, so that removal by function finds both kinds.

let defaultMax = 10;

function check(listener) {
  if (typeof listener !== 'function') {
    throw new TypeError('The "listener" argument must be of type Function. Received type ' + typeof listener);
  }
}

function EventEmitter() {
  EventEmitter.init.call(this);
}

EventEmitter.init = function () {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = Object.create(null);
    this._eventsCount = 0;
  }
  this._maxListeners = this._maxListeners || undefined;
};

const proto = EventEmitter.prototype;
proto._events = undefined;
proto._eventsCount = 0;
proto._maxListeners = undefined;

function table(emitter) {
  if (emitter._events === undefined) {
    emitter._events = Object.create(null);
    emitter._eventsCount = 0;
  }
  return emitter._events;
}

// held are the listeners of a name, undefined without. Asking for them changes nothing.
const held = (emitter, type) => (emitter._events === undefined ? undefined : emitter._events[type]);

// single calls a listener once. It takes itself away with removeListener, which a class may have of its own.
function single(emitter, type, fn) {
  check(fn);
  let called = false;
  const wrapper = function (...args) {
    if (called) return undefined;
    emitter.removeListener(type, wrapper);
    called = true;
    return fn.apply(emitter, args);
  };
  wrapper.listener = fn;
  return wrapper;
}

function add(emitter, type, fn, first) {
  check(fn);
  const events = table(emitter);
  // Announced before it is added, so that a newListener handler runs first.
  if (events.newListener !== undefined) emitter.emit('newListener', type, fn.listener || fn);
  let list = events[type];
  if (list === undefined) {
    list = events[type] = [];
    emitter._eventsCount++;
  }
  list = events[type] = list.slice(); // an emit under way keeps the old list
  list[first ? 'unshift' : 'push'](fn);
  return emitter;
}

proto.on = proto.addListener = function (type, fn) { return add(this, type, fn, false); };
proto.prependListener = function (type, fn) { return add(this, type, fn, true); };
// These add with the members that the object has: a stream flows with its first listener of data, also with one for once.
proto.once = function (type, fn) {
  this.on(type, single(this, type, fn));
  return this;
};
proto.prependOnceListener = function (type, fn) {
  this.prependListener(type, single(this, type, fn));
  return this;
};

proto.off = proto.removeListener = function (type, fn) {
  check(fn);
  const list = held(this, type);
  if (list === undefined) return this;
  for (let i = list.length - 1; i >= 0; i--) {
    if (list[i] === fn || list[i].listener === fn) {
      drop(this, type, list[i]);
      break;
    }
  }
  return this;
};

function drop(emitter, type, entry) {
  const events = emitter._events;
  const list = events[type];
  const at = list.lastIndexOf(entry), rest = list.slice(0, at).concat(list.slice(at + 1));
  if (rest.length) {
    events[type] = rest;
  } else {
    delete events[type];
    emitter._eventsCount--;
  }
  if (events.removeListener !== undefined) emitter.emit('removeListener', type, entry.listener || entry);
}

proto.removeAllListeners = function (type) {
  const events = this._events;
  if (events === undefined) return this;
  if (arguments.length === 0) {
    for (const key of Reflect.ownKeys(events)) if (key !== 'removeListener') this.removeAllListeners(key);
    if (events.removeListener !== undefined) this.removeAllListeners('removeListener');
    this._events = Object.create(null);
    this._eventsCount = 0;
    return this;
  }
  const list = events[type];
  if (list === undefined) return this;
  if (events.removeListener !== undefined) {
    for (let i = list.length - 1; i >= 0; i--) this.removeListener(type, list[i]);
  } else {
    delete events[type];
    this._eventsCount--;
  }
  return this;
};

proto.emit = function (type, ...args) {
  const list = held(this, type);
  if (list === undefined) {
    if (type !== 'error') return false;
    const cause = args[0];
    if (cause instanceof Error) throw cause;
    const err = new Error('Unhandled error.' + (cause ? ' (' + cause.message + ')' : ''));
    err.context = cause;
    throw err;
  }
  for (const fn of list) fn.apply(this, args);
  return true;
};

proto.listeners = function (type) { return (held(this, type) || []).map((fn) => fn.listener || fn); };
proto.rawListeners = function (type) { return (held(this, type) || []).slice(); };
proto.listenerCount = function (type) { return (held(this, type) || []).length; };
proto.eventNames = function () { return this._eventsCount > 0 ? Reflect.ownKeys(this._events) : []; };

proto.setMaxListeners = function (n) {
  if (typeof n !== 'number' || n < 0 || n !== n) {
    throw new RangeError('The value of "n" is out of range. It must be a non-negative number. Received ' + n + '.');
  }
  this._maxListeners = n;
  return this;
};
proto.getMaxListeners = function () { return this._maxListeners === undefined ? defaultMax : this._maxListeners; };

EventEmitter.EventEmitter = EventEmitter;
EventEmitter.listenerCount = (emitter, type) => emitter.listenerCount(type);
Object.defineProperty(EventEmitter, 'defaultMaxListeners', {
  enumerable: true,
  get: () => defaultMax,
  set(n) {
    if (typeof n !== 'number' || n < 0 || n !== n) {
      throw new RangeError('The value of "defaultMaxListeners" is out of range. It must be a non-negative number. Received ' + n + '.');
    }
    defaultMax = n;
  },
});
EventEmitter.once = (emitter, type) => new Promise((resolve, reject) => {
  const fail = (err) => { emitter.removeListener(type, done); reject(err); };
  const done = (...args) => { emitter.removeListener('error', fail); resolve(args); };
  emitter.once(type, done);
  if (type !== 'error') emitter.once('error', fail);
});
return EventEmitter;
