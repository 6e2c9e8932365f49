// Expressions over $ (a page), $x (an XML document), t (a loader of other texts), whose JSON must be the same.
'use strict'
const page = `<!DOCTYPE html><html lang="en"><head><title>A &amp; B</title><style>p > a { x: "y" }</style></head><body>
<div id="main" class="a b" data-n="5" data-flag="true" data-obj='{"k":1}' data-long-name="x">
<h1>Title</h1><p class="first">One <b>bold</b></p><p>Two &lt;é&gt;</p><ul id="l"><li class="x">1<li class="y">2<li class="x y">3</ul>
<a href="/a?x=1&amp;y=2" title='"q"'>link</a><a href="https://b.c/d">second</a><img src=i.png><br>
<form id="f"><input name="u" value="joe"><input type="password" name="p" value=""><input type="checkbox" name="c" checked>
<input type="radio" name="r" value="1"><input type="radio" name="r" value="2" checked><input type="submit" name="s" value="go"><input name="d" disabled value="z">
<textarea name="t">a
b</textarea><select name="sel"><option value="1">uno<option value="2" selected>dos</select><select name="m" multiple><option selected>p</option><option value="q" selected>r</option></select>
<input type="hidden" name="csrf" value="tok'en"></form>
<table><tr><th>K<th>V<tr><td>a<td>1<tr><td>b<td>2</table><!-- note --><script>if (a < b) { "</b>" }</script></div><p style="color: red; width:5px">last</p></body></html>`
const xml = `<?xml version="1.0"?><Root xmlns:a="u"><Item Id="1"><Name>x</Name><a:Price>1.5</a:Price><Empty/></Item><Item Id="2"><![CDATA[<raw>]]></Item></Root>`
const prelude = `var $ = cheerio.load(${JSON.stringify(page)}), $x = cheerio.load(${JSON.stringify(xml)}, {xmlMode: true}), t = function (s, o) { return cheerio.load(s, o) }`
const cases = String.raw`
$('h1').text()
$('title').text()
$('p').text()
$('#main').length
$('.a.b').length
$('p').length
$('li').map(function (i, el) { return $(this).text() }).get()
$('li').map((i, el) => i + $(el).text()).get().join()
$('li').get().length
$('li').toArray().length
$('li').get(1).children[0].data
$('li').get(-1).attribs
$('a').attr('href')
$('a').attr('title')
$('a').first().attr('href')
$('a').last().attr('href')
$('a').eq(1).text()
$('a').eq(-1).text()
$('a').eq(9).length
$('a')[0].name
$('a')[0].type
$('a')[0].attribs.href
$('a')[0].parent.attribs.id
$('a')[0].next.name
$('h1')[0].prev.data
$('a').attr()
$('nope').attr('x')
$('nope').text()
$('nope').html()
$('nope').length
$('nope').val()
$('#main > p').length
$('#main p.first b').text()
$('p + p').text()
$('h1 ~ p').length
$('ul > li').length
$('li.x').length
$('li.x.y').text()
$('li:first-child').text()
$('li:last-child').text()
$('li:nth-child(2)').text()
$('li:nth-child(odd)').text()
$('li:nth-child(2n)').text()
$('li:nth-child(n+2)').text()
$('li:nth-child(-n+2)').text()
$('li:nth-last-child(1)').text()
$('p:first-of-type').text()
$('p:last-of-type').length
$('b:only-child').text()
$('li:not(.x)').text()
$('div:has(h1)').attr('id')
$('p:contains(Two)').text()
$('p:contains("One")').length
$('a[href]').length
$('a[href="/a?x=1&y=2"]').text()
$('a[href^="https"]').text()
$('a[href$=d]').text()
$('a[href*="b.c"]').text()
$('li[class~=y]').length
$('html[lang|=en]').length
$('input[name!=u]').length
$('input[NAME=u]').length
$('h1, a').length
$('a, h1').get().map(e => e.name)
$('*').length
$('body *').length
$(':checked').length
$('input:checked').length
$('option:selected').length
$(':disabled').attr('name')
$('input:enabled').length
$(':header').text()
$(':input').length
$(':button').length
$(':submit').length
$(':text').length
$(':radio').length
$(':empty').length
$(':parent').length
$(':root').length
$('td').map((i, e) => $(e).text()).get()
$('tr').map((i, tr) => $(tr).find('td').map((j, td) => $(td).text()).get().join('=')).get()
$('tr').length
$('table').find('tr').eq(1).children().last().text()
$('li').first().next().text()
$('li').last().prev().text()
$('li').first().nextAll().length
$('li').last().prevAll().get().map(e => $(e).text())
$('li').first().nextUntil('.x').length
$('li').last().prevUntil('.x').length
$('li').eq(1).siblings().length
$('li').siblings('.y').length
$('h1').siblings('p').length
$('b').parent().attr('class')
$('b').parents().length
$('b').parents('div').attr('id')
$('b').parentsUntil('body').length
$('b').closest('div').attr('id')
$('b').closest('b').length
$('b').closest('zzz').length
$('li').closest('ul').length
$('#l').children().length
$('#l').children('.x').length
$('#main').contents().length
$('p').first().contents().length
$('p').first().contents().get().map(n => n.type)
$('ul').find('li').filter('.x').length
$('li').filter((i, el) => $(el).text() > 1).length
$('li').filter(function (i) { return i === 0 }).text()
$('li').filter($('.y')).length
$('li').not('.x').text()
$('li').not((i) => i === 0).length
$('li').is('.x')
$('li').is('p')
$('li').is((i, el) => el.name === 'li')
$('li').has('b').length
$('p').has('b').length
$('p').has($('b')[0]).length
$('li').first().is(':first-child')
$('li').index($('li').eq(1))
$('li').eq(2).index()
$('li').index($('li')[1])
$('li').eq(1).index('li')
$('li').slice(1).length
$('li').slice(0, 2).text()
$('li').slice(-1).text()
$('li').add('h1').length
$('h1').add('li').get().map(e => e.name)
$('ul').find('li').end().attr('id')
$('li').first().addBack().length
$('ul').find('.x').addBack().length
$('li').each(function (i, el) { this.seen = i }).length
(function () { var n = 0; $('li').each(function (i) { n++; return i < 1 }); return n })()
$('#main').hasClass('a')
$('#main').hasClass('ab')
$('#main').addClass('c a').attr('class')
$('#main').removeClass('a').attr('class')
$('#main').removeClass().attr('class')
$('#main').toggleClass('a z').attr('class')
$('#main').toggleClass('a', true).attr('class')
$('li').addClass('k').eq(1).attr('class')
$('h1').addClass((i, c) => 'q' + i).attr('class')
$('#main').data('n')
$('#main').data('flag')
$('#main').data('obj')
$('#main').data('longName')
$('#main').data()
$('#main').data('new', 5).data('new')
$('#main').data('none')
$('a').attr('href', 'x').attr('href')
$('a').attr({href: 'y', rel: 'z'}).attr()
$('a').attr('href', (i, v) => i + v).eq(1).attr('href')
$('a').attr('title', null).attr('title')
$('a').removeAttr('href').attr('href')
$('input[type=checkbox]').attr('checked')
$('input[type=checkbox]').prop('checked')
$('input[name=u]').prop('checked')
$('input[name=u]').prop('tagName')
$('input[name=u]').prop('value')
$('input[name=u]').prop('checked', true).prop('checked')
$('input[name=u]').val()
$('input[name=u]').val('new').val()
$('input[name=csrf]').val()
$('input[type=checkbox]').val()
$('textarea').val()
$('textarea').val('x').val()
$('select').val()
$('select[name=m]').val()
$('select').first().val('1').val()
$('option').val()
$('#f').serializeArray()
$('#f').serialize()
$('input').serializeArray().length
$('p').last().css('color')
$('p').last().css()
$('p').last().css('color', 'blue').attr('style')
$('p').last().css({a: 'b', width: ''}).attr('style')
$('p').first().html()
$('p').eq(1).html()
$('p').eq(1).text()
$.html('p')
$.html($('a'))
$('a').toString()
$.text().length
$.text($('li'))
$.html().length
$('ul').html()
$('script').html()
$('style').html()
$('table').html()
$('form').html().length
$('h1').html('<i>x</i>').html()
$('h1').text('<i>').html()
$('h1').text((i, s) => s + '!').text()
$('h1').append('<i>z</i>').html()
$('h1').append('a', 'b').html()
$('h1').prepend('<i>z</i>', 'y').html()
$('h1').append((i, h) => h + i).html()
$('ul').append($('h1')).html()
$('li').first().after('<li>n').parent().html()
$('li').first().before('<li>n</li>').parent().html()
$('li').last().insertBefore($('li').first()).parent().html()
$('<li>q</li>').appendTo('ul').parent().html()
$('<li>q</li>').prependTo($('ul')).parent().children().length
$('<li>q</li>').insertAfter('li.x').length
$('li').remove('.x').length + $('li').length
$('ul').empty().html()
$('li').first().replaceWith('<p>r</p>').length + $('ul').html()
$('li').replaceWith((i, el) => '<q>' + i + '</q>').length + $('ul').html()
$('li').wrap('<div class="w"></div>').length + $('ul').html()
$('b').wrap($('<i></i>')).parent().parent().html()
$('ul').clone().html() === $('ul').html()
(function () { var c = $('ul').clone(); c.find('li').remove(); return $('li').length })()
$('<div><p>x</p></div>').find('p').text()
$('<b>1</b><i>2</i>').length
$('plain').length
$('li', 'ul').length
$('li', $('ul')).length
$('li', $('ul')[0]).length
$('li', '<ul><li>a</li></ul>').length
$($('li')).length
$($('li')[0]).text()
$([$('li')[0], $('a')[0]]).length
$().length
$(null).length
$('').length
$.root().children().length
$.root()[0].type
$.root().html() === $.html()
$.contains($('body')[0], $('b')[0])
$.contains($('b')[0], $('body')[0])
$.contains($('b')[0], $('b')[0])
$.parseHTML('<b>x</b><script>y</script>').length
$.parseHTML('<b>x</b><script>y</script>', true).length
$.parseHTML('')
$.parseHTML(null)
$.xml('a')
$.xml().length > 100
$('br').toString() + $.xml('br')
$('img').toString()
$x('Item').length
$x('item').length
$x('Name').text()
$x('Item').attr('Id')
$x('Item[Id="2"]').text()
$x('a\\:Price').text()
$x.xml()
$x.html()
$x('Empty').length
$x('Item').first().html()
$x('Item').first().children().get().map(e => e.name)
$x.root().children().first()[0].type
t('<ul><li>a<li>b</ul>').html()
t('<p>a<p>b<div>c').html()
t('<div/>x').html()
t('</p>').html()
t('<br></br>').html()
t('<a b c="d" e=f g=\'h"i\'>').html()
t('<A HREF="X">y</A>').html()
t('a < b & c > d &amp; &copy; &nbsp; &bogus; &#65; &#x42;').html()
t('a < b &amp; &copy;').text()
t('<b title="a&amp;b&quot;">').html()
t('é 😀 \u00a0').html()
t('é', {decodeEntities: false}).html()
t('&amp;é<b a="&lt;">', {decodeEntities: false}).html()
t('<!-- c --><!doctype html><?php x ?>').html()
t('<input checked disabled="" value="">').html()
t('<script>a<b></script>c').html()
t('<textarea><b></textarea>').html()
t('<title><b></title>').html()
t('<table><tr><td>1<td>2<tr><td>3</table>').html()
t('<select><option>1<option selected>2</select>').html()
t('<a><b></a></b>').html()
t('<li>a</li><li>b</li>')('li').first().siblings().length
t('<li>a</li><li>b</li>')('li').parent().length
t('<li>a</li><li>b</li>')('li').eq(1).index()
t('<li>a</li><li>b</li>')('li').eq(1).prev().text()
t('<li>a</li><li>b</li>')('li:first-child').text()
t('<li>a</li><li>b</li>')('li:last-child').text()
t('  <b> x   y </b>  ', {normalizeWhitespace: true}).html()
t('')('b').length
t('').html()
t('text only').text()
t('<svg><path d="x"/></svg>').html()
t('<![CDATA[x]]>').html()
t('<p>x</p>y').root().contents().length
t('<a/><b/>', {xmlMode: true}).html()
t('<a><b>1</b></a>', {xmlMode: true})('a > b').text()
t('<A b="1"/>', {xmlMode: true, lowerCaseTags: true}).xml()
t('<a>&amp;&lt;</a>', {xmlMode: true}).xml()
t('<a x>y</a>', {xmlMode: true}).xml()
cheerio.load('<b>1</b>')('b').text()
cheerio('b', '<b>1</b>').text()
cheerio('<b>1</b>').text()
cheerio.parseHTML('<b>').length
cheerio.contains(1, 1)
typeof cheerio.load
$('p')[0].firstChild.data
$('p')[0].childNodes.length
$('p')[0].parentNode.name
$('p')[0].tagName
$('p')[0].nodeType
$('p')[0].firstChild.nodeType
$('p')[0].nextSibling.name
$('p').prevObject !== undefined
$('p').cheerio
$('p').constructor === $
$('p') instanceof $
$('p') instanceof cheerio
$.fn === $.prototype
($.fn.mine = function () { return this.length }, $('li').mine())
$('li:first')
$('li:zzz')
$('[')
$('a:eq(0)')
$('#main').find('> h1').length
$('#main').find('> p').length
$('#main').find('+ p').length
$('h1').find('*').length
t('<li>a</li><li>b</li>')('li + li').length
t('<li>a</li><li>b</li>')('li ~ li').length
t('<b>x</b>')('b:only-child').length
$('ul').end().length
$('li').add($('h1')).get().map(e => e.name)
$('li').parents().get().map(e => e.name)
$('tr > *').length
$('a[href^="http"]:not([title])').text()
$('td:contains("a") + td').text()
$('#main').find($('b')).length
$('#main').find($('b')[0]).length
$('ul').find('#l').length
$('div ul li.x').length
$('li.x, li.y').length
$('p').map(() => null).length
$('p').map(() => [1, 2]).get()
$('p').get(99)
$('li').text('x').text()
$('li').attr('class', 'same').get().map(e => e.attribs.class)
Object.keys($('li')[0])
Object.keys($('li')[0].children[0])
$('p').first().text().trim()
$('p').nextAll('ul').length
$('p').next('p').length
$('h1').next().next().text()
$('a').map((i, e) => $(e).attr('href')).get()
$('meta[name="x"]').attr('content')
$('input[name="csrf"]').attr('value')
$('p').toArray().map(p => $(p).text().length)
cheerio.load('<ul>\n  <li> a  b </li>\n  <li>c</li>\n</ul>', {ignoreWhitespace: true}).html()
cheerio.load('<ul>\n  <li> a  b </li>\n</ul>', {normalizeWhitespace: true}).html()
cheerio.load('<p>a </p>  \n <p> b</p> c <b>d</b>  e', {ignoreWhitespace: true})('p').map((i, e) => e.children[0].data).get()
cheerio.load('a &amp;  b < c   d', {normalizeWhitespace: true}).html()
cheerio.load('<pre>\n a\n\n b </pre><script>var  a  =  1</script>', {ignoreWhitespace: true}).html()
cheerio.load('<p>\u00a0 x \u00a0</p>', {ignoreWhitespace: true})('p').text()
cheerio.load('<A Href="X" DATA-Foo="y">t</A>').html()
cheerio.load('<A Href="X">t</A>', {lowerCaseTags: false}).html()
cheerio.load('<a Href="X" hREF="Y">t</a>', {lowerCaseAttributeNames: false}).html()
cheerio.load('<A Href="X">t</A>', {xmlMode: true}).html()
cheerio.load('<A Href="X">t</A>', {xmlMode: true, lowerCaseTags: true}).html()
cheerio.load('<A Href="X">t</A>', {xmlMode: true, lowerCaseAttributeNames: true}).html()
cheerio.load('<div/><p/>x', {recognizeSelfClosing: true}).html()
cheerio.load('<div/><p/>x').html()
cheerio.load('<p><![CDATA[ a < b ]]></p>', {recognizeCDATA: true}).html()
cheerio.load('<p><![CDATA[ a < b ]]></p>', {recognizeCDATA: true})('p').text()
cheerio.load('<p><![CDATA[ a ]]></p>').html()
cheerio.load('<p>&eacute; &lt; &amp;</p>', {decodeEntities: false}).html()
cheerio.load('<p>&eacute; &lt; &amp; é</p>').html()
cheerio.load('<p>&eacute; &lt;</p>', {decodeEntities: false})('p').text()
[cheerio.load('<p><b>x</b></p>', {withDomLvl1: false})('p')[0].firstChild === undefined, cheerio.load('<p><b>x</b></p>')('p')[0].firstChild.tagName]
cheerio.load('<p><b>x</b></p>', {withDomLvl1: false})('p b').text()
cheerio.load('<a/><b>t</b>', {xmlMode: true}).xml()
cheerio.load('<br>', {xmlMode: false}).xml()
`.trim().split('\n').filter(Boolean)
module.exports = {prelude, cases}
