// Adds the short names of scripts and properties to unicode.txt, which unicode.js wrote: `node unicode_alias.js` beside that file.
const fs=require('fs');const lines=fs.readFileSync('unicode.txt','utf8').trim().split('\n');
const by={};for(const l of lines){const i=l.indexOf(': ');const n=l.slice(0,i),r=l.slice(i+2);if(n.startsWith('sc=')) (by['sc|'+r]=by['sc|'+r]||[]).push(n.slice(3)); else if(!n.includes('=')) by['b|'+r]=n}
const ranges=property=>{const re=new RegExp(`\\p{${property}}`,'u'),out=[];let end=0,from=-1;for(let c=0;c<=0x110000;c++){const has=c<0x110000&&re.test(String.fromCodePoint(c));if(has&&from<0)from=c;if(!has&&from>=0){out.push((from-end).toString(36)+' '+(c-from).toString(36));end=c;from=-1}}return out.join(' ')}
const A='abcdefghijklmnopqrstuvwxyz';const out=[];
for(const a of A.toUpperCase())for(const b of A)for(const c of A)for(const d of A){const s=a+b+c+d;try{new RegExp(`\\p{sc=${s}}`,'u')}catch{continue}
 const r=by['sc|'+ranges('sc='+s)];if(r&&r[0]!==s)out.push('alias sc='+s+' '+r[0])}
for(const s of 'AHex Alpha Bidi_C Bidi_M CI CWCF CWCM CWKCF CWL CWT CWU DI Dep Dia EBase EComp EMod EPres Ext ExtPict Gr_Base Gr_Ext Hex IDC IDS IDSB IDST Ideo Join_C LOE Lower NChar Pat_Syn Pat_WS QMark RI SD STerm Term UIdeo Upper VS XIDC XIDS space'.split(' ')){try{const r=by['b|'+ranges(s)];if(r)out.push('alias '+s+' '+r);else console.error('no',s)}catch(e){console.error(s,e.message)}}
fs.appendFileSync('unicode.txt',out.join('\n')+'\n');
