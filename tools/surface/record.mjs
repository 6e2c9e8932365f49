// Lists the members of the libraries that the sandbox has in Go, at the versions that Postman's newest sandbox
// (postman-sandbox 6.7.2) bundles, into script/testdata/surface.json. docs/sandbox.md has a row for each of them.
//
//	npm i --ignore-scripts --prefix /tmp/lib chai@4.4.1 ajv@6.12.5 tv4@1.3.0 cheerio@0.22.0 crypto-js@3.3.0 \
//	  csv-parse@1.2.4 xml2js@0.6.2 postman-collection@5.3.1 moment@2.29.4 postman-sandbox@6.7.2
//	node tools/surface/record.mjs /tmp/lib
import { createRequire } from 'node:module'
import { readFileSync, writeFileSync } from 'node:fs'

const require = createRequire(process.argv[2] + '/')
const version = name => JSON.parse(readFileSync(`${process.argv[2]}/node_modules/${name}/package.json`)).version
const ofFunctions = new Set(['length', 'name', 'prototype', 'arguments', 'caller', 'constructor', 'super_'])
const ofObjects = new Set(Object.getOwnPropertyNames(Object.prototype))

// kind is how a member is defined: typeof, or getter.
function kind(of, name) {
  const d = Object.getOwnPropertyDescriptor(of, name)
  return d.get ? 'getter' : d.value === null ? 'null' : Array.isArray(d.value) ? 'array' : typeof d.value
}

// members lists what an object has under its names, those below classes and plain objects included.
function members(of, prefix, depth, out, seen = new Set()) {
  if (depth < 0 || seen.has(of)) return
  seen.add(of)
  for (const name of Object.getOwnPropertyNames(of).sort()) {
    if (name.startsWith('_') && name !== '__methods' && name !== '_obj' || ofObjects.has(name) || /^\d+$/.test(name)) continue
    if (typeof of === 'function' && ofFunctions.has(name)) continue
    const path = prefix + name
    const k = out[path] = kind(of, name)
    if (k === 'getter' || depth === 0) continue
    const v = of[name]
    if (typeof v === 'function') {
      members(v, path + '.', depth - 1, out, seen)
      if (v.prototype && Object.getOwnPropertyNames(v.prototype).length > 1) members(v.prototype, path + '.prototype.', 0, out, seen)
    } else if (k === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(v))) members(v, path + '.', depth - 1, out, seen)
  }
}

// options lists the names of an interface in TypeScript's words.
const options = (file, name) => {
  const text = readFileSync(`${process.argv[2]}/node_modules/${file}`, 'utf8')
  const body = new RegExp(`interface ${name} \\{([^]*?)\\n  \\}`).exec(text)[1]
  return [...body.matchAll(/^\s{4}(\$?\w+)\?:/gm)].map(m => m[1])
}

const libraries = []
function library(name, pkg, roots, optionNames = []) {
  const out = {}
  for (const [prefix, of, depth] of roots) members(of, prefix, depth, out)
  libraries.push({ name, version: version(pkg), members: out, options: optionNames })
}

const chai = require('chai')
library('chai', 'chai', [['', chai, 2], ['should().', chai.should(), 1]])
delete Object.prototype.should
const Ajv = require('ajv')
library('ajv', 'ajv', [['', Ajv, 1], ['prototype.', Ajv.prototype, 0]], options('ajv/lib/ajv.d.ts', 'Options'))
library('tv4', 'tv4', [['', require('tv4'), 1]])
const cheerio = require('cheerio'), $ = cheerio.load('')
library('cheerio', 'cheerio', [['', cheerio, 0], ['load().', $, 0], ['prototype.', cheerio.prototype, 0]], ['withDomLvl1', 'normalizeWhitespace', 'xmlMode', 'decodeEntities', 'ignoreWhitespace', 'lowerCaseTags', 'lowerCaseAttributeNames', 'recognizeSelfClosing', 'recognizeCDATA'])
library('crypto-js', 'crypto-js', [['', require('crypto-js'), 2]])
library('csv-parse/lib/sync', 'csv-parse', [], Object.keys(require('csv-parse')().options))
const xml2js = require('xml2js')
library('xml2js', 'xml2js', [['', xml2js, 0], ['Parser.prototype.', xml2js.Parser.prototype, 0], ['Builder.prototype.', xml2js.Builder.prototype, 0], ['processors.', xml2js.processors, 0]], Object.keys(xml2js.defaults['0.2']))
library('postman-collection', 'postman-collection', [['', require('postman-collection'), 1]])
const moment = require('moment')
library('moment', 'moment', [['', moment, 2], ['localeData().', Object.getPrototypeOf(moment.localeData()), 0]])
library('uuid', 'postman-sandbox', [['', require('postman-sandbox/lib/vendor/uuid'), 1]]) // a file of the sandbox's own

writeFileSync(new URL('../../script/testdata/surface.json', import.meta.url), JSON.stringify(libraries, null, 1) + '\n')
for (const l of libraries) console.log(l.name, l.version, Object.keys(l.members).length, l.options.length)
