// The caches that scripts meet: memoize.Cache, and the stack that customizers are given.

const fillFrom = (cache, entries) => {
  cache.clear();
  for (const entry of entries || []) cache.set(entry[0], entry[1]);
};

function Hash(entries) { fillFrom(this, entries); }

Object.assign(Hash.prototype, {
  clear() {
    this.__data__ = Object.create(null);
    this.size = 0;
  },
  delete(key) {
    const had = this.has(key) && delete this.__data__[key];
    this.size -= had ? 1 : 0;
    return had;
  },
  get(key) { return this.__data__[key]; },
  has(key) { return key in this.__data__; },
  set(key, value) {
    this.size += this.has(key) ? 0 : 1;
    this.__data__[key] = value;
    return this;
  },
});

function ListCache(entries) { fillFrom(this, entries); }

function placeOf(list, key) {
  for (let i = list.length; i--;) if (list[i][0] === key || (key !== key && list[i][0] !== list[i][0])) return i;
  return -1;
}

Object.assign(ListCache.prototype, {
  clear() {
    this.__data__ = [];
    this.size = 0;
  },
  delete(key) {
    const at = placeOf(this.__data__, key);
    if (at < 0) return false;
    this.__data__.splice(at, 1);
    --this.size;
    return true;
  },
  get(key) {
    const at = placeOf(this.__data__, key);
    return at < 0 ? undefined : this.__data__[at][1];
  },
  has(key) { return placeOf(this.__data__, key) > -1; },
  set(key, value) {
    const at = placeOf(this.__data__, key);
    if (at < 0) {
      ++this.size;
      this.__data__.push([key, value]);
    } else this.__data__[at][1] = value;
    return this;
  },
});

function MapCache(entries) { fillFrom(this, entries); }

function partOf(cache, key) {
  const { __data__: data } = cache;
  const type = typeof key;
  if (type === 'string') return key === '__proto__' ? data.map : data.string;
  return type === 'number' || type === 'symbol' || type === 'boolean' || key === null ? data.hash : data.map;
}

Object.assign(MapCache.prototype, {
  clear() {
    this.size = 0;
    this.__data__ = { hash: new Hash(), map: new Map(), string: new Hash() };
  },
  delete(key) {
    const had = partOf(this, key).delete(key);
    this.size -= had ? 1 : 0;
    return had;
  },
  get(key) { return partOf(this, key).get(key); },
  has(key) { return partOf(this, key).has(key); },
  set(key, value) {
    const part = partOf(this, key);
    const before = part.size;
    part.set(key, value);
    this.size += part.size === before ? 0 : 1;
    return this;
  },
});

const LARGE = 199;

function Stack(entries) {
  const data = this.__data__ = new ListCache(entries);
  this.size = data.size;
}

Object.assign(Stack.prototype, {
  clear() {
    this.__data__ = new ListCache();
    this.size = 0;
  },
  delete(key) {
    const had = this.__data__.delete(key);
    this.size = this.__data__.size;
    return had;
  },
  get(key) { return this.__data__.get(key); },
  has(key) { return this.__data__.has(key); },
  set(key, value) {
    const data = this.__data__;
    if (data instanceof ListCache && data.size >= LARGE) this.__data__ = new MapCache(data.__data__);
    this.__data__.set(key, value);
    this.size = this.__data__.size;
    return this;
  },
});

// Cache3 is memoize.Cache of lodash 3: keys are text there.
function Cache3() { this.__data__ = {}; }

Object.assign(Cache3.prototype, {
  delete(key) { return this.has(key) && delete this.__data__[key]; },
  get(key) { return key == '__proto__' ? undefined : this.__data__[key]; }, // eslint-disable-line eqeqeq
  has(key) { return key != '__proto__' && Object.prototype.hasOwnProperty.call(this.__data__, key); }, // eslint-disable-line eqeqeq
  set(key, value) {
    if (key != '__proto__') this.__data__[key] = value; // eslint-disable-line eqeqeq
    return this;
  },
});

return { Cache3, Hash, ListCache, MapCache, Stack };
