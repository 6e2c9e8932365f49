// Orders of texts.
'use strict';
const list = [];
const add = (code) => list.push(code);
const j = JSON.stringify;
const words = ['a', 'A', 'á', 'Á', 'ä', 'Ä', 'å', 'Å', 'aa', 'Aa', 'æ', 'Æ', 'ae', 'b', 'B', 'c', 'ch', 'ç', 'č', 'd', 'đ', 'e', 'é', 'ø', 'Ø', 'ö', 'o', 'oe', 'ü', 'u', 'y', 'z', 'ż', 'ñ', 'n', 'll', 'l', 'ł', 'ß', 'ss', 's', 'š', '1', '2', '10', 'a1', 'a10', 'a2', 'co-op', 'coop', 'co op', 'kari', 'KARI', 'Kari', 'résumé', 'resume', 'Resume', '', ' ', '-', '_', 'а', 'б', 'ё', 'е', 'ж', 'и', 'й', 'α', 'β', 'ω', '中', '文', 'あ', 'ア', 'か', 'が', '한', '글', 'İ', 'i', 'ı', 'I', '!', '"', '#', '$', '%', '@', '€', '+', '<', '=', 'ab', 'aB', 'AB', 'a b', 'a-b', 'w', 'v', 'þ', 'ð'];
const locales = 'en de de-AT fr fr-CA es it nl pl pt ru uk tr cs sk hu ro nb nn da sv fi is el he ar hi ja ko zh hr lt lv et vi'.split(' ');
for (const l of locales) {
  add(`${j(words)}.sort(new Intl.Collator('${l}').compare).join('|')`);
  add(`${j(words)}.sort((a, b) => a.localeCompare(b, '${l}')).join('|')`);
  for (const sensitivity of ['base', 'accent', 'case', 'variant']) add(`[['a','b'],['a','á'],['a','A'],['å','aa'],['ø','o'],['ö','o'],['ä','a'],['æ','ae'],['ü','u'],['ñ','n'],['ß','ss'],['é','e'],['i','ı'],['I','i'],['kari','KARI'],['ç','c'],['đ','d'],['ł','l'],['а','А'],['ё','е'],['й','и']].map(p => p[0].localeCompare(p[1], '${l}', {sensitivity: '${sensitivity}'}))`);
  add(`new Intl.Collator('${l}').resolvedOptions()`);
}
for (const o of [{ numeric: true }, { caseFirst: 'upper' }, { caseFirst: 'lower' }, { ignorePunctuation: true }, { usage: 'search' }, { usage: 'search', sensitivity: 'base' }, { numeric: true, sensitivity: 'base' }, { ignorePunctuation: true, sensitivity: 'base' }]) {
  add(`${j(words)}.sort(new Intl.Collator('en', ${j(o)}).compare).join('|')`);
  add(`['v1.10', 'v1.9', 'v1.2', 'a100', 'a20', 'a3', '007', '7', '07'].sort(new Intl.Collator('en', ${j(o)}).compare)`);
  add(`new Intl.Collator('en', ${j(o)}).resolvedOptions()`);
}
for (const code of [
  `'kari'.localeCompare('KARI', undefined, {sensitivity: 'base'})`, `'a'.localeCompare('b')`, `'b'.localeCompare('a')`, `'a'.localeCompare('a')`, `'a'.localeCompare()`, `'undefined'.localeCompare()`, `String.prototype.localeCompare.call(null)`, `'a'.localeCompare('b', 'xx')`, `'a'.localeCompare('b', 'de_DE')`, `'a'.localeCompare('b', 'de', {sensitivity: 'x'})`, `'a'.localeCompare('b', [])`, `['z', 'a', 'å'].sort((a, b) => a.localeCompare(b, 'sv'))`, `new Intl.Collator('de-u-co-phonebk').resolvedOptions().collation`, `['ä', 'ad', 'ae', 'af'].sort(new Intl.Collator('de-u-co-phonebk').compare)`, `new Intl.Collator('en-u-kn').resolvedOptions()`, `new Intl.Collator('en-u-kf-upper').resolvedOptions()`, `new Intl.Collator('en', {usage: 'x'})`, `new Intl.Collator('en', {caseFirst: 'x'})`, `typeof Intl.Collator().compare`, `Intl.Collator('de') instanceof Intl.Collator`, `Intl.Collator.prototype.resolvedOptions.call({})`, `new Intl.Collator('en').compare(1, 2)`, `new Intl.Collator('en').compare('a')`, `Intl.Collator.supportedLocalesOf(['de', 'xx'])`, `'i'.toLocaleUpperCase('tr')`, `'I'.toLocaleLowerCase('tr')`, `'ß'.toLocaleUpperCase('de')`, `'Σας'.toLocaleUpperCase('el')`, `'άέ'.toLocaleUpperCase('el')`, `'İ'.toLocaleLowerCase('en')`, `'a'.toLocaleUpperCase('x')`, `'a'.toLocaleUpperCase()`, `'abc'.toLocaleUpperCase(['xx', 'tr'])`, `'é'.localeCompare('e\\u0301')`, `'a\\u0000b'.localeCompare('ab')`,
]) add(code);
module.exports = list;
