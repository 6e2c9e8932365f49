// require('url'): Node's legacy parse, format and resolve, and the WHATWG classes.

const querystring = require('querystring');
const punycode = require('punycode');
const slashed = /^(https?|ftp|gopher|file|wss?):$/;
const hostless = /^javascript:?$/;
const unsafe = /[\t\n\r "<>\\^`{|}']/g;
const fields = ['protocol', 'slashes', 'auth', 'host', 'port', 'hostname', 'hash', 'search', 'query', 'pathname', 'path', 'href'];

function Url() {
  for (const name of fields) this[name] = null;
}

function parse(url, parseQuery, slashesDenoteHost) {
  if (url instanceof Url) return url;
  const u = new Url();
  u.parse(url, parseQuery, slashesDenoteHost);
  return u;
}

Url.prototype.parse = function (url, parseQuery, slashesDenoteHost) {
  if (typeof url !== 'string') throw new TypeError("Parameter 'url' must be a string, not " + typeof url);
  // Browsers take backslashes before the query for slashes.
  const q = url.indexOf('?');
  const hashAt = url.indexOf('#');
  const splitter = q !== -1 && (hashAt === -1 || q < hashAt) ? '?' : '#';
  const pieces = url.split(splitter);
  pieces[0] = pieces[0].replace(/\\/g, '/');
  let rest = pieces.join(splitter).trim();
  if (!slashesDenoteHost && url.split('#').length === 1) {
    const simple = /^(\/\/?(?!\/)[^?\s]*)(\?[^\s]*)?$/.exec(rest);
    if (simple) {
      this.path = this.href = rest;
      this.pathname = simple[1];
      this.search = simple[2] || (parseQuery ? '' : null);
      this.query = simple[2] ? (parseQuery ? querystring.parse(simple[2].slice(1)) : simple[2].slice(1)) : (parseQuery ? {} : null);
      return this;
    }
  }
  const scheme = /^([a-z0-9.+-]+:)/i.exec(rest);
  let proto = '';
  if (scheme) {
    proto = scheme[1].toLowerCase();
    this.protocol = proto;
    rest = rest.slice(scheme[1].length);
  }
  let slashes = false;
  if (slashesDenoteHost || proto || /^\/\/[^@/]+@[^@/]+/.test(rest)) {
    slashes = rest.startsWith('//');
    if (slashes && !(proto && hostless.test(proto))) {
      rest = rest.slice(2);
      this.slashes = true;
    }
  }
  if (!hostless.test(proto) && (slashes || (proto && !slashed.test(proto)))) rest = this.takeHost(rest, proto);
  if (!hostless.test(proto)) rest = rest.replace(unsafe, (c) => (c === "'" ? '%27' : encodeURIComponent(c)));
  const hash = rest.indexOf('#');
  if (hash !== -1) {
    this.hash = rest.slice(hash);
    rest = rest.slice(0, hash);
  }
  const query = rest.indexOf('?');
  if (query !== -1) {
    this.search = rest.slice(query);
    this.query = parseQuery ? querystring.parse(rest.slice(query + 1)) : rest.slice(query + 1);
    rest = rest.slice(0, query);
  } else if (parseQuery) {
    this.search = '';
    this.query = {};
  }
  if (rest) this.pathname = rest;
  if (slashed.test(proto) && this.hostname && !this.pathname) this.pathname = '/';
  if (this.pathname || this.search) this.path = (this.pathname || '') + (this.search || '');
  this.href = this.format();
  return this;
};

// takeHost reads auth, hostname and port off the front and returns what follows.
Url.prototype.takeHost = function (rest, proto) {
  const end = rest.search(/[/?#]/);
  const limit = end === -1 ? rest.length : end;
  const at = rest.lastIndexOf('@', limit === rest.length ? limit : limit);
  if (at !== -1 && at < limit) {
    this.auth = decodeURIComponent(rest.slice(0, at));
    rest = rest.slice(at + 1);
  }
  const stop = rest.search(/[%/?;#'{}|\\^`<>" \r\n\t]/);
  const hostEnd = stop === -1 ? rest.length : stop;
  this.host = rest.slice(0, hostEnd);
  rest = rest.slice(hostEnd);
  this.parseHost();
  this.hostname = this.hostname || '';
  const ipv6 = this.hostname[0] === '[' && this.hostname.endsWith(']');
  if (!ipv6) {
    const parts = this.hostname.split('.');
    for (let i = 0; i < parts.length; i++) {
      if (!parts[i]) continue;
      const ascii = parts[i].replace(/[^\0-\x7f]/g, 'x');
      if (/^[+a-z0-9A-Z_-]{0,63}$/.test(ascii)) continue;
      // What cannot be in a host begins the path.
      const good = /^[+a-z0-9A-Z_-]{0,63}/.exec(parts[i]);
      const bad = [good[0], parts[i].slice(good[0].length)].filter((x, n) => n === 0 || x);
      const left = parts.slice(0, i);
      const over = parts.slice(i + 1);
      if (good[0]) left.push(bad[0]);
      if (bad[1]) over.unshift(bad[1]);
      if (over.length) rest = '/' + over.join('.') + rest;
      this.hostname = left.join('.');
      break;
    }
  }
  this.hostname = this.hostname.length > 255 ? '' : this.hostname.toLowerCase();
  if (!ipv6) this.hostname = punycode.toASCII(this.hostname);
  this.host = this.hostname + (this.port ? ':' + this.port : '');
  if (ipv6) {
    this.hostname = this.hostname.slice(1, -1);
    if (rest[0] !== '/') rest = '/' + rest;
  }
  return rest;
};

Url.prototype.parseHost = function () {
  let name = this.host;
  const port = /:[0-9]*$/.exec(name);
  if (port) {
    if (port[0] !== ':') this.port = port[0].slice(1);
    name = name.slice(0, -port[0].length);
  }
  if (name) this.hostname = name;
};

Url.prototype.format = function () {
  let auth = this.auth || '';
  if (auth) auth = encodeURIComponent(auth).replace(/%3A/i, ':') + '@';
  let protocol = this.protocol || '';
  let pathname = this.pathname || '';
  let hash = this.hash || '';
  let hostText = false;
  if (this.host) hostText = auth + this.host;
  else if (this.hostname) hostText = auth + (this.hostname.includes(':') ? '[' + this.hostname + ']' : this.hostname) + (this.port ? ':' + this.port : '');
  let query = '';
  if (this.query && typeof this.query === 'object' && Object.keys(this.query).length) query = querystring.stringify(this.query);
  let search = this.search || (query && '?' + query) || '';
  if (protocol && !protocol.endsWith(':')) protocol += ':';
  if (this.slashes || ((!protocol || slashed.test(protocol)) && hostText !== false)) {
    hostText = '//' + (hostText || '');
    if (pathname && pathname[0] !== '/') pathname = '/' + pathname;
  } else if (!hostText) {
    hostText = '';
  }
  if (hash && hash[0] !== '#') hash = '#' + hash;
  if (search && search[0] !== '?') search = '?' + search;
  pathname = pathname.replace(/[?#]/g, encodeURIComponent);
  return protocol + hostText + pathname + search.replace('#', '%23') + hash;
};

Url.prototype.resolve = function (relative) { return this.resolveObject(parse(relative, false, true)).format(); };

function finish(u) {
  if (u.pathname || u.search) u.path = (u.pathname || '') + (u.search || '');
  u.href = u.format();
  return u;
}

Url.prototype.resolveObject = function (relative) {
  if (typeof relative === 'string') relative = parse(relative, false, true);
  const result = Object.assign(new Url(), this);
  result.hash = relative.hash;
  if (relative.href === '') {
    result.href = result.format();
    return result;
  }
  if (relative.slashes && !relative.protocol) {
    for (const k of Object.keys(relative)) if (k !== 'protocol') result[k] = relative[k];
    if (slashed.test(result.protocol) && result.hostname && !result.pathname) result.path = result.pathname = '/';
    result.href = result.format();
    return result;
  }
  if (relative.protocol && relative.protocol !== result.protocol) return otherScheme(result, relative);
  const absolute = result.pathname && result.pathname[0] === '/';
  const relAbsolute = relative.host || (relative.pathname && relative.pathname[0] === '/');
  let mustAbsolute = relAbsolute || absolute || (result.host && relative.pathname);
  const keepAbove = !mustAbsolute || (absolute && !relAbsolute) === undefined;
  let path = (result.pathname && result.pathname.split('/')) || [];
  const relPath = (relative.pathname && relative.pathname.split('/')) || [];
  if (relAbsolute) {
    if (relative.host || relative.host === '') {
      result.host = relative.host;
      result.hostname = relative.hostname;
      result.port = relative.host ? relative.port : result.port;
      result.auth = relative.auth;
    }
    result.search = relative.search;
    result.query = relative.query;
    path = relPath;
  } else if (relPath.length) {
    path.pop();
    path = path.concat(relPath);
    result.search = relative.search;
    result.query = relative.query;
  } else if (relative.search !== null && relative.search !== undefined) {
    result.search = relative.search;
    result.query = relative.query;
    return finish(result);
  }
  if (!path.length) {
    result.pathname = null;
    result.path = result.search ? '/' + result.search : null;
    result.href = result.format();
    return result;
  }
  return finish(withPath(result, relative, path, mustAbsolute));
};

// otherScheme is a reference that names a scheme of its own.
function otherScheme(result, relative) {
  if (!slashed.test(relative.protocol)) {
    Object.assign(result, relative);
    result.href = result.format();
    return result;
  }
  result.protocol = relative.protocol;
  if (!relative.host && !/^file:?$/.test(relative.protocol) && !hostless.test(relative.protocol)) {
    const parts = (relative.pathname || '').split('/');
    while (parts.length && !(relative.host = parts.shift()));
    relative.host = relative.host || '';
    relative.hostname = relative.hostname || '';
    if (parts[0] !== '') parts.unshift('');
    if (parts.length < 2) parts.unshift('');
    result.pathname = parts.join('/');
  } else {
    result.pathname = relative.pathname;
  }
  result.search = relative.search;
  result.query = relative.query;
  result.host = relative.host || '';
  result.auth = relative.auth;
  result.hostname = relative.hostname || relative.host;
  result.port = relative.port;
  result.slashes = result.slashes || relative.slashes;
  return finish(result);
}

// withPath resolves the dots of a merged path.
function withPath(result, relative, path, mustAbsolute) {
  const last = path[path.length - 1];
  const trailing = ((result.host || relative.host || path.length > 1) && (last === '.' || last === '..')) || last === '';
  let up = 0;
  for (let i = path.length - 1; i >= 0; i--) {
    if (path[i] === '.') path.splice(i, 1);
    else if (path[i] === '..') { path.splice(i, 1); up++; } else if (up) { path.splice(i, 1); up--; }
  }
  if (!mustAbsolute) for (; up > 0; up--) path.unshift('..');
  if (mustAbsolute && path[0] !== '' && (!path[0] || path[0][0] !== '/')) path.unshift('');
  if (trailing && path.join('/').slice(-1) !== '/') path.push('');
  const absolute = path[0] === '' || (path[0] && path[0][0] === '/');
  if (!slashed.test(result.protocol) && result.protocol) {
    result.hostname = result.host = absolute ? '' : path.length ? path.shift() : '';
  }
  mustAbsolute = mustAbsolute || (result.host && path.length);
  if (mustAbsolute && !absolute) path.unshift('');
  if (path.length) {
    result.pathname = path.join('/');
  } else {
    result.pathname = null;
    result.path = null;
  }
  result.auth = relative.auth || result.auth;
  result.slashes = result.slashes || relative.slashes;
  return result;
}

const web = require('#url');

// describe turns a WHATWG URL back to text by the options of url.format.
function describe(url, options) {
  const o = Object.assign({ fragment: true, search: true, auth: true, unicode: false }, options);
  const u = new web.URL(url.href);
  if (!o.fragment) u.hash = '';
  if (!o.search) u.search = '';
  if (!o.auth) { u.username = ''; u.password = ''; }
  return o.unicode ? u.href.replace(u.hostname, punycode.toUnicode(u.hostname)) : u.href;
}

function format(object, options) {
  if (object instanceof web.URL) return describe(object, options);
  if (typeof object === 'string') object = parse(object);
  return object instanceof Url ? object.format() : Url.prototype.format.call(object);
}

Object.assign(exports, {
  parse, format, Url,
  resolve: (source, relative) => parse(source, false, true).resolve(relative),
  resolveObject: (source, relative) => (source ? parse(source, false, true).resolveObject(relative) : relative),
  URL: web.URL, URLSearchParams: web.URLSearchParams,
  domainToASCII: (d) => { try { return new web.URL('http://' + d).hostname; } catch (e) { return ''; } },
  domainToUnicode: (d) => punycode.toUnicode(d),
  pathToFileURL: (p) => new web.URL('file://' + encodeURI(p)),
  fileURLToPath: (u) => decodeURIComponent(new web.URL(u).pathname),
});
