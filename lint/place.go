package lint

import (
	"slices"

	"github.com/tidwall/gjson"

	"posthaste/collection"
)

// fileOf is the file that an item stands in; that of nil is the collection's.
func (k *checker) fileOf(it *collection.Item) string {
	if it != nil && it.File != "" {
		return it.File
	}
	return k.c.File
}

// json returns an item's JSON object, that of nil being the collection; false in files of other formats.
func (k *checker) json(it *collection.Item) (gjson.Result, *document, bool) {
	d := k.document(k.fileOf(it))
	if d == nil || !d.root.Exists() {
		return gjson.Result{}, d, false
	}
	if it == nil {
		root := d.root
		if inner := get(root, "collection"); inner.IsObject() && !get(root, "info").Exists() {
			root = inner // as the Postman API wraps it
		}
		return root, d, true
	}
	r, ok := d.objects()[d.offset(it.Pos)]
	return r, d, ok
}

// part is the span of what stands under some keys of an item, as deep as they lead: of the item itself where
// the first is missing. In YAML it is the item's file.
func (k *checker) part(it *collection.Item, keys ...string) span {
	r, d, ok := k.json(it)
	if !ok {
		if d == nil {
			return span{}
		}
		return span{d, 0, len(d.text)}
	}
	for _, key := range keys {
		next := get(r, key)
		if !next.Exists() {
			break
		}
		r = next
	}
	return d.node(r)
}

// at is where one of the needles stands under some keys of an item, or the part itself.
func (k *checker) at(it *collection.Item, needles []string, keys ...string) span {
	for n := len(keys); n >= 0; n-- {
		if s := k.part(it, keys[:n]...).find(needles...); s.known() {
			return s
		}
	}
	s := k.part(it, keys...)
	if s.known() {
		s.end = min(s.start+1, len(s.doc.text))
	}
	return s
}

// put fills in where a finding stands.
func (f *Finding) put(s span) {
	if !s.known() {
		return
	}
	f.File, f.Pos = s.doc.file, s.doc.pos(s.start)
	f.Source = s.doc.line(f.Pos.Line)
	f.Mark = f.Pos.Col
	f.Length = min(s.end-s.start, max(len(f.Source)-f.Pos.Col+1, 0))
}

// finding makes one about an item, standing at its beginning until it is put elsewhere. nil is the collection.
func (k *checker) finding(it *collection.Item, name, text string) Finding {
	f := Finding{Name: name, Text: text, File: k.fileOf(it)}
	if it != nil {
		f.Path, f.Pos = append(it.Path(), it.Name), it.Pos
	}
	s := k.part(it)
	if _, _, isJSON := k.json(it); isJSON {
		if name := k.part(it, "name"); it != nil && name.text() != s.text() {
			s = name // the line that people look for
		} else if name := k.part(it, "info", "name"); it == nil && name.text() != s.text() {
			s = name
		}
		f.put(s)
	} else if it != nil && it.Pos.Line > 0 && s.known() {
		start := s.doc.offset(it.Pos)
		if start >= 0 {
			f.put(span{s.doc, start, start})
		}
	}
	return f
}

func (k *checker) report(f Finding) { k.found = append(k.found, f) }

// gathered reports findings of one rule about one name as one: the first, which names the others.
func (k *checker) gathered(list []Finding) {
	k.gatheredBy(list, func(f Finding) string { return f.Name })
}

func (k *checker) gatheredBy(list []Finding, key func(Finding) string) {
	first := map[string]int{}
	for _, f := range list {
		i, known := first[key(f)]
		if !known {
			first[key(f)] = len(k.found)
			k.report(f)
			continue
		}
		if path := joined(f.Path); path != joined(k.found[i].Path) && !slices.Contains(k.found[i].Also, path) && path != "" {
			k.found[i].Also = append(k.found[i].Also, path)
		}
	}
}
