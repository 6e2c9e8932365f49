// Records what the real libraries answer, as testdata/*.json. In an empty folder:
//   npm i ajv@6.12.5 tv4@1.3.0 && NODE_PATH=$PWD/node_modules node .../testdata/record.js
'use strict'
const fs = require('fs'), path = require('path')

// A case that gives a promise is awaited.
async function answer(code, names, values) {
  try {
    return JSON.stringify(await new Function(...names, code)(...values)) ?? 'undefined'
  } catch (e) {
    return `throws ${e.message}`
  }
}

async function record(name) {
  const cases = require(`./${name}_cases.js`)
  const lib = require(name)
  const out = []
  for (const [title, code] of Object.entries(cases)) {
    out.push({title, code, want: await answer(code, ['lib'], [name === 'tv4' ? lib.freshApi() : lib])})
  }
  fs.writeFileSync(path.join(__dirname, `${name}.json`), JSON.stringify(out, null, 1) + '\n')
}

record('ajv').then(() => record('tv4'))
