// Records what cheerio 0.22 answers to cases.js, as recorded.json. In an empty folder:
//   npm i cheerio@0.22.0 && NODE_PATH=$PWD/node_modules node .../testdata/record.js
'use strict'
const fs = require('fs'), path = require('path')
const {prelude, cases} = require('./cases.js')
const cheerio = require('cheerio')
const out = {}
for (const code of cases) {
  let said
  try { said = JSON.stringify(new Function('cheerio', prelude + '; return ' + code)(cheerio)) ?? 'undefined' } catch (e) { said = 'throws ' + e.name }
  out[code] = said
}
fs.writeFileSync(path.join(__dirname, 'recorded.json'), JSON.stringify(out, null, 1) + '\n')
