// Records what Node's Intl answers to the snippets in *.cases.js, into *.golden.json.
//
//	TZ=UTC LANG=en_US.UTF-8 node script/intl/testdata/record.js [NAME …]
//
// Recorded with Node 20.20.2 (ICU 78.2, CLDR 48).
'use strict';
const fs = require('fs');
const path = require('path');
function show(v) {
  if (typeof v === 'string') return v;
  const text = JSON.stringify(v);
  return text === undefined ? String(v) : text;
}
const only = process.argv.slice(2);
for (const file of fs.readdirSync(__dirname).filter((f) => f.endsWith('.cases.js'))) {
  const name = file.replace('.cases.js', '');
  if (only.length && !only.includes(name)) continue;
  const golden = [];
  for (const code of require(path.join(__dirname, file))) {
    let want;
    try {
      want = show(new Function('return (' + code + '\n);')());
    } catch (e) {
      want = 'throws ' + e.name + ': ' + e.message;
    }
    golden.push(JSON.stringify([code, want]));
  }
  fs.writeFileSync(path.join(__dirname, name + '.golden.json'), '[\n' + golden.join(',\n') + '\n]\n');
  console.log(name, golden.length);
}
