package subject

import (
	"slices"

	"github.com/tidwall/gjson"

	"posthaste/collection"
)

// FileOf is the file that an item stands in; that of nil is the collection's.
func (k *Checker) FileOf(it *collection.Item) string {
	if it != nil && it.File != "" {
		return it.File
	}
	return k.C.File
}

// Json returns an item's JSON object, that of nil being the collection; false in files of other formats.
func (k *Checker) Json(it *collection.Item) (gjson.Result, *Document, bool) {
	d := k.Document(k.FileOf(it))
	if d == nil || !d.Root.Exists() {
		return gjson.Result{}, d, false
	}
	if it == nil {
		root := d.Root
		if inner := Get(root, "collection"); inner.IsObject() && !Get(root, "info").Exists() {
			root = inner // as the Postman API wraps it
		}
		return root, d, true
	}
	r, ok := d.objects()[d.Offset(it.Pos)]
	return r, d, ok
}

// Part is the span of what stands under some keys of an item, as deep as they lead: of the item itself where
// the first is missing. In YAML it is the item's file.
func (k *Checker) Part(it *collection.Item, keys ...string) Span {
	r, d, ok := k.Json(it)
	if !ok {
		if d == nil {
			return Span{}
		}
		return Span{d, 0, len(d.Text)}
	}
	for _, key := range keys {
		next := Get(r, key)
		if !next.Exists() {
			break
		}
		r = next
	}
	return d.Node(r)
}

// At is where one of the needles stands under some keys of an item, or the part itself.
func (k *Checker) At(it *collection.Item, needles []string, keys ...string) Span {
	for n := len(keys); n >= 0; n-- {
		if s := k.Part(it, keys[:n]...).Find(needles...); s.Known() {
			return s
		}
	}
	s := k.Part(it, keys...)
	if s.Known() {
		s.End = min(s.Start+1, len(s.Doc.Text))
	}
	return s
}

// Put fills in where a finding stands.
func (f *Finding) Put(s Span) {
	if !s.Known() {
		return
	}
	f.File, f.Pos = s.Doc.file, s.Doc.pos(s.Start)
	f.Source = s.Doc.line(f.Pos.Line)
	f.Mark = f.Pos.Col
	f.Length = min(s.End-s.Start, max(len(f.Source)-f.Pos.Col+1, 0))
}

// Finding makes one about an item, standing at its beginning until it is put elsewhere. nil is the collection.
func (k *Checker) Finding(it *collection.Item, name, text string) Finding {
	f := Finding{Name: name, Text: text, File: k.FileOf(it)}
	if it != nil {
		f.Path, f.Pos = append(it.Path(), it.Name), it.Pos
	}
	s := k.Part(it)
	if _, _, isJSON := k.Json(it); isJSON {
		if name := k.Part(it, "name"); it != nil && name.Text() != s.Text() {
			s = name // the line that people look for
		} else if name := k.Part(it, "info", "name"); it == nil && name.Text() != s.Text() {
			s = name
		}
		f.Put(s)
	} else if it != nil && it.Pos.Line > 0 && s.Known() {
		start := s.Doc.Offset(it.Pos)
		if start >= 0 {
			f.Put(Span{s.Doc, start, start})
		}
	}
	return f
}

// Report adds a finding.
func (k *Checker) Report(f Finding) { k.Found = append(k.Found, f) }

// Gathered reports findings of one rule about one name as one: the first, which names the others.
func (k *Checker) Gathered(list []Finding) {
	k.GatheredBy(list, func(f Finding) string { return f.Name })
}

// GatheredBy is Gathered for findings that a key makes one.
func (k *Checker) GatheredBy(list []Finding, key func(Finding) string) {
	first := map[string]int{}
	for _, f := range list {
		i, known := first[key(f)]
		if !known {
			first[key(f)] = len(k.Found)
			k.Report(f)
			continue
		}
		if path := Joined(f.Path); path != Joined(k.Found[i].Path) && !slices.Contains(k.Found[i].Also, path) && path != "" {
			k.Found[i].Also = append(k.Found[i].Also, path)
		}
	}
}
