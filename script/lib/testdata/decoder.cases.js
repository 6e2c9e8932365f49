// Snippets for string_decoder and for what of Buffer follows Node.
'use strict';
const cases = [];
const add = (...list) => cases.push(...list);
add(`var {StringDecoder}=require('string_decoder'); var d=new StringDecoder('utf8'); return [d.write(Buffer.from([0xe2,0x82])), d.write(Buffer.from([0xac])), d.end()]`,
  `var {StringDecoder}=require('string_decoder'); var d=new StringDecoder(); return [d.write(Buffer.from([0x61,0xf0,0x9f])), d.end(Buffer.from([0x98,0x80]))]`,
  `var {StringDecoder}=require('string_decoder'); var d=new StringDecoder('utf16le'); return [d.write(Buffer.from([0x61,0x00,0x3d,0xd8])), d.write(Buffer.from([0x00,0xde,0x62])), d.write(Buffer.from([0x00])), d.end()]`,
  `var {StringDecoder}=require('string_decoder'); var d=new StringDecoder('base64'); return [d.write(Buffer.from('ab')), d.write(Buffer.from('cd')), d.end()]`,
  `var {StringDecoder}=require('string_decoder'); return new StringDecoder('hex').write(Buffer.from('ab'))`, `var {StringDecoder}=require('string_decoder'); return new StringDecoder('nope')`);
add(`Buffer.from('0g','hex').length`, `Buffer.from([0xe2,0x82]).toString()`, `Buffer.from([0xf0,0x9f,0x98]).toString().length`, `Buffer.from([0xf0,0x9f,0x41]).toString()`, `Buffer.from([0xe2,0x28,0xa1]).toString()`, `Buffer.from('a_-b','base64url').toString('base64url')`);
add(`var {StringDecoder}=require('string_decoder'); return ['utf8','hex','base64','latin1','utf16le','ascii'].map(function(e){var d=new StringDecoder(e); return [d.write('bc'), d.write('å€'), d.write(''), d.end('z')]})`,
  `var {StringDecoder}=require('string_decoder'); var d=new StringDecoder('utf8'); return [d.write(Buffer.from([0xe2])), d.end('x'), d.end('y')]`);
module.exports = cases;
