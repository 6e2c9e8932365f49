// require('xml2js'): the Parser with callback, events and promise, and the Builder.
// Reading is in Go.

const EventEmitter = require('events');

const defaults = {
  0.1: { explicitCharkey: false, trim: true, normalize: true, normalizeTags: false, attrkey: '@', charkey: '#', explicitArray: false, ignoreAttrs: false, mergeAttrs: false, explicitRoot: false, explicitChildren: false, childkey: '@@', charsAsChildren: false, includeWhiteChars: false, async: false, strict: true, emptyTag: '' },
  0.2: { explicitCharkey: false, trim: false, normalize: false, normalizeTags: false, attrkey: '$', charkey: '_', explicitArray: true, ignoreAttrs: false, mergeAttrs: false, explicitRoot: true, explicitChildren: false, preserveChildrenOrder: false, childkey: '$$', charsAsChildren: false, includeWhiteChars: false, async: false, strict: true, emptyTag: '', rootName: 'root', xmldec: { version: '1.0', encoding: 'UTF-8', standalone: true }, doctype: null, renderOpts: { pretty: true, indent: '  ', newline: '\n' }, headless: false, chunkSize: 10000, cdata: false },
};

class Parser extends EventEmitter {
  constructor(options) {
    super();
    this.options = Object.assign({}, defaults['0.2'], options);
  }
  reset() { this.removeAllListeners(); }
  parseString(text, callback) {
    if (typeof callback === 'function') {
      this.once('error', (err) => { this.reset(); callback(err); });
      this.once('end', (result) => { this.reset(); callback(null, result); });
    }
    let result;
    try {
      result = host.parse(text.toString(), this.options);
    } catch (err) {
      this.emit('error', err);
      return;
    }
    this.emit('end', result);
  }
  parseStringPromise(text) {
    return new Promise((resolve, reject) => {
      this.parseString(text, (err, value) => (err ? reject(err) : resolve(value)));
    });
  }
}

function parseString(text, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = {};
  }
  return new Parser(options).parseString(text, callback);
}

const escapeText = (s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#xD;');
const escapeAttr = (s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;').replace(/\t/g, '&#x9;').replace(/\n/g, '&#xA;').replace(/\r/g, '&#xD;');
const special = (s) => /[&<>]/.test(s);

// Builder first makes a tree of { name, attrs, children } where a child is a node or
// text already escaped, then writes it.
class Builder {
  constructor(options) { this.options = Object.assign({}, defaults['0.2'], options); }

  buildObject(object) {
    const { options } = this;
    let name = options.rootName;
    const keys = Object.keys(object);
    if (keys.length === 1 && name === defaults['0.2'].rootName) {
      name = keys[0];
      object = object[name];
    }
    const root = { name, attrs: [], children: [] };
    this.fill(root, object);
    const pretty = options.renderOpts && options.renderOpts.pretty;
    const { indent = '  ', newline = '\n' } = options.renderOpts || {};
    let head = '';
    if (!options.headless) {
      const dec = options.xmldec;
      head = '<?xml version="' + (dec.version || '1.0') + '"' + (dec.encoding ? ' encoding="' + dec.encoding + '"' : '')
        + (dec.standalone !== undefined && dec.standalone !== null ? ' standalone="' + (dec.standalone ? 'yes' : 'no') + '"' : '') + '?>' + (pretty ? newline : '');
    }
    return head + this.write(root, pretty ? { indent, newline } : null, 0);
  }

  text(node, value) {
    const text = String(value);
    node.children.push(this.options.cdata && special(text) ? '<![CDATA[' + text.replace(/]]>/g, ']]]]><![CDATA[>') + ']]>' : escapeText(text));
  }

  child(node, name) {
    const made = { name, attrs: [], children: [] };
    node.children.push(made);
    return made;
  }

  fill(node, object) {
    const { attrkey, charkey } = this.options;
    if (typeof object !== 'object' || object === null) {
      if (object !== undefined && object !== null) this.text(node, object);
      return;
    }
    if (Array.isArray(object)) {
      for (const entry of object) for (const key of Object.keys(entry)) this.fill(this.child(node, key), entry[key]);
      return;
    }
    for (const key of Object.keys(object)) {
      const value = object[key];
      if (key === attrkey) {
        if (typeof value === 'object' && value !== null) for (const a of Object.keys(value)) if (value[a] !== undefined && value[a] !== null) node.attrs.push([a, String(value[a])]);
      } else if (key === charkey) {
        this.text(node, value);
      } else if (Array.isArray(value)) {
        for (const entry of value) this.fill(this.child(node, key), entry);
      } else {
        this.fill(this.child(node, key), value === null || value === undefined ? '' : value);
      }
    }
  }

  write(node, pretty, depth) {
    const pad = pretty ? pretty.indent.repeat(depth) : '';
    const open = pad + '<' + node.name + node.attrs.map(([k, v]) => ' ' + k + '="' + escapeAttr(v) + '"').join('');
    const children = node.children.filter((c) => c !== '');
    if (children.length === 0) return open + '/>';
    // Text alone stays on the element's line; among elements it gets its own, as
    // xmlbuilder writes it.
    const inline = !pretty || (children.length === 1 && typeof children[0] === 'string');
    if (inline) return open + '>' + children.map((c) => (typeof c === 'string' ? c : this.write(c, null, 0))).join('') + '</' + node.name + '>';
    return open + '>' + pretty.newline + children.map((c) => (typeof c === 'string' ? pad + pretty.indent + c : this.write(c, pretty, depth + 1))).join(pretty.newline) + pretty.newline + pad + '</' + node.name + '>';
  }
}

const processors = {
  normalize: (s) => s.toLowerCase(),
  firstCharLowerCase: (s) => s.charAt(0).toLowerCase() + s.slice(1),
  stripPrefix: (s) => s.replace(/^(?!xmlns)[^:]*:/, ''),
  parseNumbers: (s) => (isNaN(s) ? s : s % 1 === 0 ? parseInt(s, 10) : parseFloat(s)),
  parseBooleans: (s) => (/^(?:true|false)$/i.test(s) ? s.toLowerCase() === 'true' : s),
};

class ValidationError extends Error {}

Object.assign(exports, {
  Parser, Builder, parseString, processors, defaults, ValidationError,
  parseStringPromise: (text, options) => new Parser(options).parseStringPromise(text),
});

// The global xml2Json: nothing is thrown, broken XML gives undefined.
Object.defineProperty(exports, 'toJson', {
  value(text) {
    let result;
    parseString(text, { explicitArray: false, async: false, trim: true, mergeAttrs: false }, (err, value) => { result = value; });
    return result;
  },
});
