package jsontext

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/lazy"
)

// Maker is what lazy values of a realm are made with. It keeps the index of one text, which
// is a response as a rule.
type Maker struct {
	*lazy.Maker
	least int           // bytes of the shortest text that is scanned
	push  goja.Callable // Array.prototype's, before any script could change it
	Last  *Index        // of the text that was scanned last: scripts parse a response again and again
}

// NewMaker returns the maker of a runtime. It must be called before scripts run. Texts of at
// least so many bytes have their large parts made when a script looks into them; 0 is 32 KiB,
// below 0 is never.
func NewMaker(vm *goja.Runtime, least int) Maker {
	m := Maker{Maker: lazy.New(vm), least: least}
	switch {
	case least == 0:
		m.least = lazyText
	case least < 0:
		m.least = math.MaxInt
	}
	m.push, _ = goja.AssertFunction(vm.GlobalObject().Get("Array").ToObject(vm).Get("prototype").ToObject(vm).Get("push"))
	return m
}

// Lazily makes the value of an indexed text. stop says whether the running script was told to
// end. It cannot fail: the text was scanned.
func (m *Maker) Lazily(vm *goja.Runtime, index *Index, stop func() bool) goja.Value {
	p := &parser{vm: vm, s: index.text, stop: stop, index: index, maker: m}
	p.space()
	return p.value()
}

// An Index knows where the parts of a text are, in the order in which they begin. It never
// changes.
type Index struct {
	text  string
	Parts []part
}

// Index scans a large text. Nil means that it has to be parsed at once: it is small, it is
// wrong, or it has no parts. Offsets are kept in 32 bits, so texts beyond 4 GiB have none.
func (m *Maker) Index(text string, stop func() bool) *Index {
	if len(text) < m.least || uint64(len(text)) > math.MaxUint32 {
		return nil
	}
	if m.Last != nil && m.Last.text == text {
		return m.Last
	}
	x := Scan{S: text, stop: stop, Least: max(m.least/lazyShare, 1)}
	if !x.Scan() || len(x.parts) == 0 {
		return nil
	}
	// They were found in the order of their ends.
	slices.SortFunc(x.parts, func(a, b part) int { return cmp.Compare(a.start, b.start) })
	m.Last = &Index{text, x.parts}
	return m.Last
}

// part returns the lazy value of the part that begins at the cursor and moves behind it, or
// nil where none begins.
func (p *parser) part() goja.Value {
	parts := p.index.Parts
	for p.next < len(parts) && parts[p.next].start < p.i {
		p.next++
	}
	if p.next == len(parts) || parts[p.next].start != p.i {
		return nil
	}
	found := &parts[p.next]
	p.i = found.end
	content := &content{part: found, index: p.index, maker: p.maker, vm: p.vm, stop: p.stop}
	if p.s[found.start] == '{' {
		return p.maker.Make(p.vm.NewObject(), content)
	}
	list := p.vm.NewArray()
	_ = list.Set("length", len(found.at))
	return p.maker.Make(list, content)
}

// content is a part on the way to be an object or an array. It implements lazy.Content. It is
// dropped when all of it was made.
type content struct {
	*part
	index *Index
	maker *Maker
	vm    *goja.Runtime
	stop  func() bool

	parser *parser            // made when it is first needed
	made   map[int]goja.Value // objects that were handed out, by their place in at
	asked  int                // how many properties were asked for one by one
	keys   map[string]int     // the place of each key of an object, the last of equal ones
}

// Once so many properties, and this share of all, were asked for one by one, all are made: a
// loop over a list is faster over a real one.
const (
	askedLeast = 32
	askedShare = 8
)

// Value makes one item or property. sure is false when the object should be filled instead;
// found says that there is such a property.
func (c *content) Value(name string) (v goja.Value, found, sure bool) {
	i, found, sure := c.place(name)
	if !found || !sure {
		return nil, found, sure
	}
	if v := c.made[i]; v != nil {
		return v, true, true
	}
	v = c.at(i)
	// Objects must be the same each time they are asked for; texts and numbers have no
	// identity.
	if _, ok := v.(*goja.Object); ok {
		if c.made == nil {
			c.made = map[int]goja.Value{}
		}
		c.made[i] = v
	}
	c.asked++
	return v, true, c.asked < askedLeast+len(c.part.at)/askedShare
}

// place finds the entry of c.part.at for a property. Items of lists are found by canonical
// numbers only, as JavaScript has it.
func (c *content) place(name string) (i int, found, sure bool) {
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

// readKeys notes where the keys of an object are. Of equal keys the last counts, as in
// JSON.parse.
func (c *content) readKeys() {
	c.keys = make(map[string]int, len(c.part.at))
	p := c.reader()
	for i, at := range c.part.at {
		p.i = int(at)
		key, _ := p.text()
		c.keys[key] = i
	}
}

// reader is a parser of the whole text, moved by seek.
func (c *content) reader() *parser {
	if c.parser == nil {
		c.parser = &parser{vm: c.vm, s: c.index.text, stop: c.stop, index: c.index, maker: c.maker}
	}
	return c.parser
}

// at makes the value of an entry.
func (c *content) at(i int) goja.Value {
	p := c.reader()
	p.seek(int(c.part.at[i]))
	if c.index.text[c.start] == '{' {
		p.text()
		p.colon()
	}
	return c.value(p)
}

// value makes the value at the parser's cursor. The text is known to be right, so only a
// stopped script has none.
func (c *content) value(p *parser) goja.Value {
	v := p.value()
	if p.err != nil {
		panic(jsvalue.NewError(c.vm, "Error", "interrupted"))
	}
	return v
}

// seek moves the cursor anywhere, and with it the next part.
func (p *parser) seek(to int) {
	p.i = to
	p.next = sort.Search(len(p.index.Parts), func(i int) bool { return p.index.Parts[i].start >= to })
}

// colon moves behind the colon after a key.
func (p *parser) colon() {
	p.space()
	p.i++
	p.space()
}

// Fill makes everything, with what was handed out before in its place. The list is filled by
// push, so that the engine gives it its fast form.
func (c *content) Fill(target *goja.Object) {
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

// again is the value at the cursor, or what was made of it before. The cursor is then not
// moved: the callers set it.
func (c *content) again(p *parser, i int) goja.Value {
	if v := c.made[i]; v != nil {
		return v
	}
	return c.value(p)
}
