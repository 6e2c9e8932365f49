package engine

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/module/lazy"
)

// jsonMaker is what lazy values of a realm are made with.
type jsonMaker struct {
	*lazy.Maker
	least int           // bytes of the shortest text that is scanned
	push  goja.Callable // Array.prototype's, before any script could change it
	last  *jsonIndex    // of the text that was scanned last: scripts parse an answer again and again
}

func newJSONMaker(vm *goja.Runtime, least int) jsonMaker {
	m := jsonMaker{Maker: lazy.New(vm), least: least}
	switch {
	case least == 0:
		m.least = lazyText
	case least < 0:
		m.least = math.MaxInt
	}
	m.push, _ = goja.AssertFunction(vm.GlobalObject().Get("Array").ToObject(vm).Get("prototype").ToObject(vm).Get("push"))
	return m
}

// A jsonIndex knows where the parts of a text are, in the order in which they begin. It never changes.
type jsonIndex struct {
	text  string
	parts []part
}

// index scans a large text. Nil means that it has to be parsed at once: it is small, it is wrong, or it has no parts.
func (m *jsonMaker) index(text string, stop func() bool) *jsonIndex {
	if len(text) < m.least || uint64(len(text)) > math.MaxUint32 {
		return nil
	}
	if m.last != nil && m.last.text == text {
		return m.last
	}
	x := jsonScan{s: text, stop: stop, least: max(m.least/lazyShare, 1)}
	if !x.scan() || len(x.parts) == 0 {
		return nil
	}
	slices.SortFunc(x.parts, func(a, b part) int { return cmp.Compare(a.start, b.start) })
	m.last = &jsonIndex{text, x.parts}
	return m.last
}

// parse makes the value of an indexed text.
func (r *Realm) parseLazily(index *jsonIndex) goja.Value {
	p := &jsonParser{vm: r.VM, s: index.text, stop: r.Stopped, index: index, maker: &r.json}
	p.space()
	return p.value()
}

// part returns the lazy value of the part that begins at the cursor and moves behind it, or nil where none begins.
func (p *jsonParser) part() goja.Value {
	parts := p.index.parts
	for p.next < len(parts) && parts[p.next].start < p.i {
		p.next++
	}
	if p.next == len(parts) || parts[p.next].start != p.i {
		return nil
	}
	found := &parts[p.next]
	p.i = found.end
	content := &jsonContent{part: found, index: p.index, maker: p.maker, vm: p.vm, stop: p.stop}
	if p.s[found.start] == '{' {
		return p.maker.Make(p.vm.NewObject(), content)
	}
	list := p.vm.NewArray()
	_ = list.Set("length", len(found.at))
	return p.maker.Make(list, content)
}

// jsonContent is a part on the way to be an object or an array. It implements lazy.Content.
type jsonContent struct {
	*part
	index *jsonIndex
	maker *jsonMaker
	vm    *goja.Runtime
	stop  func() bool

	parser *jsonParser        // made when it is first needed
	made   map[int]goja.Value // objects that were handed out, by their place in at
	asked  int                // how many properties were asked for one by one
	keys   map[string]int     // the place of each key of an object, the last of equal ones
}

// Once so many properties, and this share of all, were asked for one by one, all are made.
const (
	askedLeast = 32
	askedShare = 8
)

// Value makes one item or property.
func (c *jsonContent) Value(name string) (v goja.Value, found, sure bool) {
	i, found, sure := c.place(name)
	if !found || !sure {
		return nil, found, sure
	}
	if v := c.made[i]; v != nil {
		return v, true, true
	}
	v = c.at(i)
	if _, ok := v.(*goja.Object); ok {
		if c.made == nil {
			c.made = map[int]goja.Value{}
		}
		c.made[i] = v
	}
	c.asked++
	return v, true, c.asked < askedLeast+len(c.part.at)/askedShare
}

// place finds the entry of c.part.at for a property.
func (c *jsonContent) place(name string) (i int, found, sure bool) {
	if c.index.text[c.start] == '{' {
		if c.keys == nil {
			c.readKeys()
		}
		i, found = c.keys[name]
		return i, found, !strings.ContainsRune(name, '\uFFFD') // it may stand for a lone surrogate
	}
	i, err := strconv.Atoi(name)
	if err != nil || i < 0 || i >= len(c.part.at) || name[0] == '+' || name[0] == '-' || name[0] == '0' && len(name) > 1 {
		return 0, false, true
	}
	return i, true, true
}

// readKeys notes where the keys of an object are.
func (c *jsonContent) readKeys() {
	c.keys = make(map[string]int, len(c.part.at))
	p := c.reader()
	for i, at := range c.part.at {
		p.i = int(at)
		key, _ := p.text()
		c.keys[key] = i
	}
}

func (c *jsonContent) reader() *jsonParser {
	if c.parser == nil {
		c.parser = &jsonParser{vm: c.vm, s: c.index.text, stop: c.stop, index: c.index, maker: c.maker}
	}
	return c.parser
}

// at makes the value of an entry.
func (c *jsonContent) at(i int) goja.Value {
	p := c.reader()
	p.seek(int(c.part.at[i]))
	if c.index.text[c.start] == '{' {
		p.text()
		p.colon()
	}
	return c.value(p)
}

// value makes the value at the parser's cursor. The text is known to be right, so only a stopped script has none.
func (c *jsonContent) value(p *jsonParser) goja.Value {
	v := p.value()
	if p.err != nil {
		panic(newError(c.vm, "Error", "interrupted"))
	}
	return v
}

// seek moves the cursor anywhere.
func (p *jsonParser) seek(to int) {
	p.i = to
	p.next = sort.Search(len(p.index.parts), func(i int) bool { return p.index.parts[i].start >= to })
}

// colon moves behind the colon after a key.
func (p *jsonParser) colon() {
	p.space()
	p.i++
	p.space()
}

// Fill makes everything.
func (c *jsonContent) Fill(target *goja.Object) {
	p := c.reader()
	p.seek(c.start)
	if c.index.text[c.start] == '{' {
		for i, at := range c.part.at {
			p.i = int(at)
			key, units := p.text()
			p.colon()
			p.set(target, key, units, c.again(p, i))
		}
		return
	}
	items := make([]goja.Value, len(c.part.at))
	for i, at := range c.part.at {
		p.i = int(at)
		items[i] = c.again(p, i)
	}
	_ = target.Set("length", 0)
	if _, err := c.maker.push(target, items...); err != nil {
		panic(err)
	}
}

// again is the value at the cursor, or what was made of it before.
func (c *jsonContent) again(p *jsonParser, i int) goja.Value {
	if v := c.made[i]; v != nil {
		return v
	}
	return c.value(p)
}
