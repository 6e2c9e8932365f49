// require('path'): Node's path.posix. Scripts see no file system; the working
// directory is taken to be "/".

function need(path, name) {
  if (typeof path !== 'string') {
    throw new TypeError('Path must be a string. Received ' + JSON.stringify(path));
  }
}

// squeeze resolves "." and ".." in a path; above says whether leading ".." stay.
function squeeze(path, above) {
  const out = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') out.push(part);
    else if (out.length && out[out.length - 1] !== '..') out.pop();
    else if (above) out.push('..');
  }
  return out.join('/');
}

function normalize(path) {
  need(path);
  if (path === '') return '.';
  const absolute = path[0] === '/';
  let text = squeeze(path, !absolute);
  if (text === '' && !absolute) text = '.';
  if (text !== '' && path.endsWith('/')) text += '/';
  return absolute ? '/' + text : text;
}

function join(...parts) {
  parts.forEach((p) => need(p));
  const joined = parts.filter((p) => p !== '').join('/');
  return joined === '' ? '.' : normalize(joined);
}

function resolve(...parts) {
  let path = '';
  for (let i = parts.length - 1; i >= -1 && path[0] !== '/'; i--) {
    const part = i < 0 ? '/' : parts[i];
    need(part);
    if (part !== '') path = path === '' ? part : part + '/' + path;
  }
  return '/' + squeeze(path, false);
}

function relative(from, to) {
  need(from);
  need(to);
  const a = resolve(from).split('/').filter(Boolean);
  const b = resolve(to).split('/').filter(Boolean);
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same++;
  return a.slice(same).map(() => '..').concat(b.slice(same)).join('/');
}

// bare cuts trailing slashes, but keeps the root.
const bare = (path) => path.replace(/(.)\/+$/s, '$1');

function dirname(path) {
  need(path);
  if (path === '') return '.';
  const text = bare(path);
  const i = text.lastIndexOf('/');
  if (i < 0) return '.';
  if (i === 0) return '/';
  return text.slice(0, i) === '/' ? '//' : text.slice(0, i);
}

function basename(path, ext) {
  if (ext !== undefined && typeof ext !== 'string') throw new TypeError('"ext" argument must be a string');
  need(path);
  if (ext && path === ext) return '';
  const text = path.replace(/\/+$/, '');
  const name = text.slice(text.lastIndexOf('/') + 1);
  if (ext && name !== ext && name.endsWith(ext)) return name.slice(0, -ext.length);
  return name;
}

function extname(path) {
  const name = basename(path);
  const i = name.lastIndexOf('.');
  return i <= 0 || name === '..' ? '' : name.slice(i);
}

function parse(path) {
  need(path);
  const root = path[0] === '/' ? '/' : '';
  const base = basename(path);
  const ext = extname(path);
  const text = bare(path);
  const cut = text.lastIndexOf('/');
  const dir = cut > 0 ? text.slice(0, cut) : root;
  return { root, dir, base, ext, name: ext ? base.slice(0, -ext.length) : base };
}

function format(object) {
  if (object === null || typeof object !== 'object') {
    throw new TypeError('The "pathObject" argument must be of type Object. Received type ' + typeof object);
  }
  const dir = object.dir || object.root;
  const base = object.base || (object.name || '') + (object.ext || '');
  if (!dir) return base;
  return dir === object.root ? dir + base : dir + '/' + base;
}

Object.assign(exports, {
  resolve, normalize, isAbsolute: (path) => { need(path); return path[0] === '/'; }, join, relative,
  _makeLong: (path) => path, dirname, basename, extname, format, parse, sep: '/', delimiter: ':', win32: null,
});
exports.posix = exports;
