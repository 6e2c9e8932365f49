// The caches that scripts meet: memoize.Cache, and the stack that customizers are given.

class Hash {
  constructor(entries) {
    this.clear();
    for (const entry of entries || []) this.set(entry[0], entry[1]);
  }

  get size() { return this.__data__.size; }
  clear() { this.__data__ = new Map(); }
  delete(key) { return this.__data__.delete(key); }
  get(key) { return this.__data__.get(key); }
  has(key) { return this.__data__.has(key); }
  set(key, value) {
    this.__data__.set(key, value);
    return this;
  }
}

class ListCache extends Hash {}
class MapStore extends Hash {}

const simple = (key) => typeof key === 'string' || typeof key === 'number' || typeof key === 'boolean' || typeof key === 'symbol';

class MapCache extends Hash {
  get size() { return this.__data__.hash.size + this.__data__.map.size + this.__data__.string.size; }
  clear() { this.__data__ = { hash: new Hash(), map: new MapStore(), string: new Hash() }; }
  part(key) {
    if (typeof key === 'string') return this.__data__.string;
    return simple(key) || key === null ? this.__data__.hash : this.__data__.map;
  }

  delete(key) { return this.part(key).delete(key); }
  get(key) { return this.part(key).get(key); }
  has(key) { return this.part(key).has(key); }
  set(key, value) {
    this.part(key).set(key, value);
    return this;
  }
}

class Stack extends Hash {
  get size() { return this.__data__.size; }
  clear() { this.__data__ = new ListCache(); }
}

return { Hash, ListCache, MapCache, Stack };
