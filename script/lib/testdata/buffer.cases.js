// Snippets for Buffer, atob and btoa, recorded with buffer 6.0.3. Left out is what
// that package does wrong and Node, on which newer Postman stands, does right:
// truncated characters and invalid hexadecimal digits in text, and how inspect()
// counts the rest.
'use strict';
const cases = [];
const add = (...list) => cases.push(...list);
const text = `'Hello, æøå€😀'`;
for (const e of ['utf8', 'utf-8', 'UTF8', 'hex', 'ascii', 'latin1', 'binary', 'base64', 'ucs2', 'utf16le', 'ucs-2', 'utf-16le']) {
  add(`Buffer.from(${text}, '${e}').toJSON().data.join()`, `Buffer.from(${text}).toString('${e}')`, `Buffer.byteLength('abcdef12', '${e}')`, `Buffer.isEncoding('${e}')`,
    `Buffer.from('68656c6c6f', '${e}').toString('hex')`, `var b=Buffer.alloc(10); return [b.write('${e === 'hex' ? 'a1b6' : 'a€b68'}', 2, '${e}'), b.toString('hex')]`, `Buffer.from([1,2,250,251,252,253]).toString('${e}', 1, 5)`,
    `Buffer.alloc(7, 'ab12', '${e}').toString('hex')`, `Buffer.from('ababab','${e}').indexOf('ab', ${/16|ucs/.test(e) ? 2 : 1}, '${e}')`);
}
add(`Buffer.from('x','nope')`, `Buffer.isEncoding('nope')`, `Buffer.from('aGk').toString('nope')`, `Buffer.from(5)`, `Buffer.from(null)`, `Buffer.from(undefined)`, `Buffer.from(true)`, `Buffer.from({})`,
  `Buffer.from([1,256,-1,'3','x',1.9,null]).toJSON()`, `Buffer.from({length:2,0:7,1:8}).toJSON()`, `Buffer.from(Buffer.from('abc')).toString()`, `Buffer.from(JSON.parse(JSON.stringify(Buffer.from('abc')))).toString()`,
  `Buffer.from(new Uint8Array([1,2,3])).toString('hex')`, `Buffer.from(new Uint16Array([1,256,65535])).toString('hex')`, `Buffer.from(new Uint8Array([1,2,3,4]).buffer,1,2).toString('hex')`,
  `var a=new Uint8Array([1,2,3]); var b=Buffer.from(a.buffer); a[0]=9; return b[0]`, `var a=Buffer.from('abc'); var b=Buffer.from(a); a[0]=1; return b[0]`,
  `Buffer.from(new Uint8Array(4).buffer,5)`, `Buffer.from(new Uint8Array(4).buffer,0,5)`, `Buffer.from(new String('str')).toString()`, `Buffer.from({valueOf:function(){return 'v'}}).toString()`,
  `Buffer.alloc(3).toJSON()`, `Buffer.alloc(5,'ab').toString()`, `Buffer.alloc(3,1).toString('hex')`, `Buffer.alloc(-1)`, `Buffer.alloc('5')`, `Buffer.alloc(1e12)`, `Buffer.allocUnsafe(4).length`, `new Buffer(3).length`, `new Buffer('abc').toString()`, `Buffer('abc').toString()`, `new Buffer(3,'x')`,
  `Buffer.concat([Buffer.from('a'),Buffer.from('bc')]).toString()`, `Buffer.concat([Buffer.from('abc')],2).toString()`, `Buffer.concat([Buffer.from('a')],3).toJSON()`, `Buffer.concat([]).length`, `Buffer.concat('x')`, `Buffer.concat(['x'])`, `Buffer.concat([new Uint8Array([65]),Buffer.from('b')]).toString()`,
  `Buffer.isBuffer(Buffer.alloc(1))`, `Buffer.isBuffer(new Uint8Array(1))`, `Buffer.isBuffer(null)`, `Buffer.byteLength('€')`, `Buffer.byteLength(Buffer.alloc(3))`, `Buffer.byteLength(new ArrayBuffer(5))`, `Buffer.byteLength(5)`,
  `Buffer.compare(Buffer.from('a'),Buffer.from('b'))`, `Buffer.compare(Buffer.from('ab'),Buffer.from('a'))`, `Buffer.compare('a','b')`, `[Buffer.from('b'),Buffer.from('a')].sort(Buffer.compare).join()`,
  `var b=Buffer.from('abcdef'); return [b.slice(1,3)+'', b.slice(-2)+'', b.slice(4,2)+'', b.slice(2)+'', b.subarray(1,4)+'', b.slice(0,-1)+'']`, `var b=Buffer.from('abc'); b.slice(1)[0]=65; return b+''`,
  `Buffer.from('abc').equals(Buffer.from('abc'))`, `Buffer.from('abc').equals('abc')`, `Buffer.from('abc').compare(Buffer.from('abd'))`, `Buffer.from('abcde').compare(Buffer.from('xxcd'),2,4,2,4)`, `Buffer.from('a').compare('b')`, `Buffer.from('a').compare(Buffer.from('b'),0,9)`,
  `var b=Buffer.alloc(5); return [Buffer.from('abc').copy(b,1), b.toString('hex')]`, `var b=Buffer.alloc(5); return [Buffer.from('abcdef').copy(b,3,2,6), b.toString('hex')]`, `Buffer.from('abc').copy('x')`, `Buffer.from('abc').copy(Buffer.alloc(3),0,5)`, `Buffer.from('abc').copy(Buffer.alloc(3),-1)`,
  `Buffer.alloc(6).fill('ab',1,5).toString('hex')`, `Buffer.alloc(3).fill(257).toString('hex')`, `Buffer.alloc(4).fill('ff00','hex').toString('hex')`, `Buffer.alloc(4).fill(Buffer.from('xy')).toString()`, `Buffer.alloc(4).fill('').toString('hex')`, `Buffer.alloc(4).fill('zz','hex')`, `Buffer.alloc(4).fill(1,5)`, `Buffer.alloc(4).fill('a','nope')`,
  `Buffer.from('hello hello').indexOf('lo')`, `Buffer.from('hello hello').lastIndexOf('lo')`, `Buffer.from('hello hello').indexOf('lo',4)`, `Buffer.from('hello hello').lastIndexOf('lo',8)`, `Buffer.from('hello').indexOf(108)`, `Buffer.from('hello').indexOf(Buffer.from('ll'))`, `Buffer.from('hello').includes('ell')`, `Buffer.from('hello').includes('x')`, `Buffer.from('hello').indexOf('')`, `Buffer.from('hello').indexOf('l',-2)`, `Buffer.from('hello').indexOf({})`, `Buffer.from('hello').indexOf('bGw=','base64')`,
  `JSON.stringify(Buffer.from('hi'))`, `Buffer.from('hi').toJSON()`, `Buffer.from('hi').length`, `Buffer.from('hi')[1]`, `var b=Buffer.from('hi'); b[0]=300; return b[0]`, `Array.from(Buffer.from('hi'))`, `[...Buffer.from('hi').entries()]`, `var s=0; for (var x of Buffer.from([1,2,3])) s+=x; return s`, `Buffer.from('abc').map(function(x){return x+1}).toString()`, `Buffer.from('abc').filter(function(x){return x>97})+''`, `Buffer.from('abc').reverse()+''`, `Buffer.from('cab').sort()+''`, `Buffer.from('abc').reduce(function(a,b){return a+b})`,
  `Buffer.from('abc') instanceof Uint8Array`, `Buffer.from('abc') instanceof Buffer`, `Buffer.from('abc').constructor === Buffer`, `Buffer.from('abc') + ''`, `Buffer.from('abc').toString('utf8',1)`, `Buffer.from('abc').toString(undefined,1,2)`, `Buffer.from('abc').inspect()`, `Buffer.from('abc').buffer.byteLength`, `Object.prototype.toString.call(Buffer.alloc(1))`,
  `Buffer.from('abc','hex').toString('hex')`, `Buffer.from('aGVsbG8','base64').toString()`, `Buffer.from('aGVs bG8=\\n','base64').toString()`, `Buffer.from('-_-_','base64').toString('hex')`, `Buffer.from('YQ==YQ==','base64').toString()`, `Buffer.from('a','base64').length`,
  `Buffer.from([0xff,0xfe,0x41]).toString()`, `Buffer.from([0xed,0xa0,0x80]).toString().length`, `Buffer.from('\\ud800x').toString('hex')`, `Buffer.from([0xc0,0x80,0x41]).toString().length`,
  `var b=Buffer.alloc(3); return [b.write('€€'), b.toString('hex')]`, `var b=Buffer.alloc(4); return [b.write('€€',1), b.toString('hex')]`, `var b=Buffer.alloc(4); return [b.write('abcdef',1,2), b+'']`, `Buffer.alloc(2).write('a',5)`,
  `Buffer.from('abcd').swap16()+''`, `Buffer.from('abcd').swap32()+''`, `Buffer.from('abcdefgh').swap64()+''`, `Buffer.from('abc').swap16()`, `Buffer.from('abc').swap32()`, `Buffer.from('abc').swap64()`);
const bytes = 'Buffer.from([0x81,0x02,0xf3,0x84,0x95,0x06,0x77,0xf8,0x3f,0xf1])';
for (const m of ['UInt8', 'Int8', 'UInt16LE', 'UInt16BE', 'Int16LE', 'Int16BE', 'UInt32LE', 'UInt32BE', 'Int32LE', 'Int32BE', 'FloatLE', 'FloatBE', 'DoubleLE', 'DoubleBE']) {
  add(`${bytes}.read${m}(0)`, `${bytes}.read${m}(1)`, `${bytes}.read${m}()`, `${bytes}.read${m}(10)`, `var b=Buffer.alloc(9); return [b.write${m}(5,1), b.toString('hex')]`, `var b=Buffer.alloc(9); return [b.write${m}(100), b.toString('hex')]`, `Buffer.alloc(3).write${m}(1,3)`);
  if (/Int/.test(m)) add(`Buffer.alloc(9).write${m}(1e12)`, `Buffer.alloc(9).write${m}(-1e12)`, `var b=Buffer.alloc(9); b.write${m}(${/UInt/.test(m) ? 200 : -100},0); return b.toString('hex')`);
  else add(`var b=Buffer.alloc(9); b.write${m}(-0.1,1); return b.toString('hex')`, `var b=Buffer.alloc(9); b.write${m}(-0.1,1); return b.read${m}(1)`);
}
for (const m of ['UIntLE', 'UIntBE', 'IntLE', 'IntBE']) for (const n of [1, 2, 3, 4, 5, 6]) add(`${bytes}.read${m}(1,${n})`, `var b=Buffer.alloc(8); return [b.write${m}(77,1,${n}), b.toString('hex')]`);
for (const m of ['BigUInt64LE', 'BigUInt64BE', 'BigInt64LE', 'BigInt64BE']) add(`${bytes}.read${m}(0)`, `${bytes}.read${m}(2)`, `var b=Buffer.alloc(9); return [b.write${m}(1234567890123456789n,1), b.toString('hex')]`, `Buffer.alloc(8).write${m}(2n**70n)`, `${bytes}.read${m}(5)`);
add(`typeof Buffer.prototype.readUint8`, `typeof Buffer.prototype.writeUint32LE`, `require('buffer').Buffer === Buffer`, `require('buffer').SlowBuffer(3).length`);
add(`atob('aGk=')`, `atob('aGk')`, `atob(' aG k= ')`, `atob('w6k=')`, `btoa('hi')`, `btoa('é')`, `btoa('')`, `atob('')`, `btoa(5)`, `btoa(undefined)`, `atob('a')`, `btoa('€')`, `atob('aGk=aGk=')`, `btoa('\\x00\\xff')`);
module.exports = cases;
