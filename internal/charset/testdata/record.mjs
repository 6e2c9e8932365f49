// Asks newman's iconv-lite for its encodings: writes the tables of those of one byte to ../tables.txt, and what each name
// makes of some bytes to names.json. Usage, in this folder: node record.mjs NODE_MODULES, the folder of newman 6.2.2.
import crypto from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const iconv = createRequire(path.resolve(process.argv[2], 'x.js'))('iconv-lite')
iconv.encodingExists('utf8')
const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i))
const texts = ['日本語テスト、カナ', 'ｶﾅ', '简体中文，测试', '한국어 시험', '繁體中文，測試', '😀']

const tables = new Map()
const names = {}
for (const name of Object.keys(iconv.encodings).filter(n => n[0] !== '_').sort()) {
  const kind = iconv.getCodec(name).constructor.name
  if (kind === 'SBCSCodec') {
    const table = Array.from(all, b => iconv.decode(Buffer.from([b]), name)).join('')
    tables.set(table, [...(tables.get(table) ?? []), name])
    names[name] = ['', 'sha256:' + crypto.createHash('sha256').update(table).digest('hex')]
    continue
  }
  const same = t => iconv.decode(iconv.encode(t, name), name) === t
  const text = kind === 'DBCSCodec' ? texts.filter(same).join(' ') : 'a Å € æøå 日本 😀'
  const bytes = kind === 'InternalCodec' && /base64|hex/.test(name) ? all : iconv.encode(text, name)
  names[name] = [bytes.toString('base64'), iconv.decode(bytes, name)]
}
const escape = c => (c < ' ' || c === '\\' || (c >= '\x7f' && c < '\xa1') ? '\\' + c.charCodeAt(0).toString(16).padStart(2, '0') : c)
const ascii = Array.from({ length: 128 }, (_, i) => String.fromCharCode(i)).join('')
const lines = [...tables].map(([table, of]) => {
  const [low, high] = [table.slice(0, 128), table.slice(128)]
  return [of.join(' '), Array.from(high, escape).join(''), low === ascii ? '' : Array.from(low, escape).join('')].join('\t').trimEnd()
})
fs.writeFileSync('../tables.txt', lines.join('\n') + '\n')
fs.writeFileSync('names.json', '{\n' + Object.entries(names).map(([n, v]) => JSON.stringify(n) + ':' + JSON.stringify(v)).join(',\n') + '\n}\n')
