// Writes node.json: what Node's URL makes of many texts. Run by hand: node record.js (recorded with Node 20.20).
const fs = require('fs');
const schemes = ['http:', 'https:', 'ftp:', 'file:', 'ws:', 'mailto:', 'foo:', 'HTTP:', ''];
const hosts = ['//example.com', '//EXAMPLE.com', '//ex%41mple.com', '//bücher.de', '//1.2.3', '//0x7f.1', '//256.1.1.1', '//1.2.3.4.5', '//[::1]',
  '//[::ffff:1.2.3.4]', '//[::1%25eth]', '//a b', '//user:pa:ss@h', '//us er@h', '//@h', '//h:80', '//h:99999', '//h:', '//', '///', '/', '\\\\x\\y', '//a..b',
  '//faß.de', '//a_b.c', '//h%2fx', '//a\tb\nc', '//..', '//09.1', '//4294967296', '//{{host}}'];
const paths = ['', '/a/../b', '/%2e%2e/x', '/ä b', '/a?b=c d&é', '/?q=\'"<>`', '/#f g"<>`', '/C|/x', '/a\\b', '/{}|^`', '/%zz%41', '?x', '#y'];
const relative = ['', '.', '../..', 'x', '/x', '//x', '?y', '#z', 'http:', 'http:x', 'C|/x', '\\x', ':a', 'a:b', '///', 'file:x', 'file://h', './a:b'];
const bases = ['http://example.org/foo/bar?q#f', 'file:///C:/a/b', 'mailto:x@y', 'http://[::1]:80/a'];
const whole = [' http://a ', 'http:///a', '1http://a', 'data:text/html,<p> x ', 'blob:http://a/b', 'file:c:\\x', 'file://localhost/x', 'non-special://a:b@c:1/d?e#f',
  'a:b c #x', 'web+x:/.//p', 'foo://C:/..'];
const urls = ['http://u:p@example.com:81/a/b?q#f', 'https://h/', 'file:///a/b', 'mailto:x@y?z', 'foo://h:5/x', 'foo:/a', 'ws://1.2.3.4/', 'http://[::1]/',
  'data:a b?c #d'];
const values = {
  protocol: ['https', 'https:', 'foo', 'file', '', 'ws:x', '1a', 'HTTP'], username: ['', 'a b', 'ü', '@:/'], password: ['', 'p@:', 'é'],
  host: ['x.org', 'x:90', 'x:443', '', 'x/y', 'x?y', '[::2]:8', 'a b', '::1', 'x:abc', 'bücher.de', 'x\\y', '1.2', 'x:'],
  hostname: ['x.org', 'x:90', '', '[::2]', 'a b', 'x/y', 'X', 'x#y'], port: ['90', '80', '443', '', 'abc', '8a', '65536', '-1', '08', ' 9'],
  pathname: ['/x', 'x', '', '/a/../b', '/a?b#c', '/ü x', '\\a', '/%2e/x', '//x'], search: ['?a=b', 'a=b', '', '?', '? ü\'#x', '#'],
  hash: ['#x', 'x', '', '#', '# ü`"<>'],
};
const out = [];
const read = (url, base) => {
  try {
    const u = new URL(url, base);
    out.push({ url, base, href: u.href, origin: u.origin });
  } catch {
    out.push({ url, base });
  }
};
for (const s of schemes) for (const h of hosts) for (const p of paths) read(s + h + p);
for (const b of bases) for (const r of relative) read(r, b);
for (const u of whole) read(u);
for (const url of urls) for (const set in values) for (const to of values[set]) {
  const u = new URL(url);
  u[set] = to;
  out.push({ url, set, to, href: u.href });
}
fs.writeFileSync(__dirname + '/node.json', '[\n' + out.map((o) => JSON.stringify(o)).join(',\n') + '\n]\n');
