// Package convert turns collections of one format into another: 1, 2.0, 2.1 and 3.0 into 2.1 or 3.0.
//
// Nothing is lost in silence. Whatever is written is read back and compared with what it was made from, as runs
// and reports see it; each difference is a Loss. What only Postman's own bookkeeping uses (keys that begin with
// "_", uuids, ids of scripts and of what had none, the places of white space) is not compared.
package convert

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"posthaste/collection"
	v3 "posthaste/collection/v3"
	"posthaste/collection/v3/write"
)

// A Loss is something that the format that was written cannot say.
type Loss = collection.Loss

// A Source is what is converted: a file's bytes, or a directory of format 3.
type Source struct {
	Name string // as the user gave it
	Data []byte // of a file of format 1 or 2; not used when FS is set

	FS   fs.FS
	Dir  string              // the collection's directory in FS
	Show func(string) string // what errors call a path of FS; nil leaves it alone
}

// Open returns the source that a path names: a directory, the file of a request of format 3, or a file of format
// 1 or 2. The name is the path as the user gave it; abs is the same, absolute.
func Open(name, abs string) (Source, error) {
	info, err := os.Stat(abs)
	if err != nil {
		return Source{}, &collection.ParseError{File: name, Err: fmt.Errorf("reading: %w", err)}
	}
	if info.IsDir() || v3.IsRequest(abs) {
		root, dir, show := v3.Split(name, abs)
		return Source{Name: name, FS: os.DirFS(root), Dir: dir, Show: show}, nil
	}
	data, err := os.ReadFile(abs)
	if err != nil {
		return Source{}, &collection.ParseError{File: name, Err: fmt.Errorf("reading: %w", err)}
	}
	return Source{Name: name, Data: data}, nil
}

// A Result is what a conversion made: Document for 2.1, Files for 3.0.
type Result struct {
	Document []byte
	Files    map[string][]byte // by path in the collection's directory, with slashes
	Losses   []Loss            // in the order of the collection; empty when nothing was lost
	Notices  []string          // what reading the source had to say
	Requests int
}

// Run reads the source and converts it to "3.0" or "2.1". The same source gives the same result.
func Run(in Source, to string) (Result, error) {
	if to != "3.0" && to != "2.1" {
		return Result{}, fmt.Errorf("converting to %q: the formats are 3.0 and 2.1", to)
	}
	c, err := in.read()
	if err != nil {
		return Result{}, err
	}
	r := Result{Notices: c.Notices, Requests: len(c.Requests())}
	if to == "3.0" {
		var said []string
		r.Files, r.Losses, said, err = to3(c)
		r.Notices = append(r.Notices, said...)
	} else {
		r.Document, r.Losses, err = To21(c)
	}
	return r, err
}

// read parses the source. Ids that it does not have are not made up, but for the collection's, which follows
// from what the collection holds.
func (in Source) read() (c *collection.Collection, err error) {
	none := func() string { return "" }
	if in.FS == nil {
		c, err = collection.Parse(in.Name, in.Data, collection.Options{NewID: none})
	} else {
		c, err = v3.ParseDir(in.FS, in.Dir, v3.Options{NewID: none, Name: in.Show})
	}
	if err != nil {
		return nil, err
	}
	if c.Selected != nil {
		return nil, &collection.ParseError{File: in.Name, Hint: "give the directory of the whole collection", Err: errors.New("this is a part of a collection")}
	}
	if c.ID == "" {
		sum := sha256.Sum256(c.Document())
		c.ID = collection.NewUUID(strings.NewReader(string(sum[:])))
	}
	if c.Name == "" {
		c.Name = "collection"
	}
	return c, nil
}

// To3 returns the collection as the files of format 3.0, by path in the collection's directory.
func To3(c *collection.Collection) (files map[string][]byte, losses []Loss, err error) {
	files, losses, _, err = to3(c)
	return files, losses, err
}

// to3 also returns what is left out and changes nothing.
func to3(c *collection.Collection) (files map[string][]byte, losses []Loss, notices []string, err error) {
	w := write.Collection(c)
	again, err := v3.ParseDir(tree(w.Files), ".", v3.Options{NewID: func() string { return "" }})
	if err != nil {
		return nil, nil, nil, fmt.Errorf("reading back what was written: %w", err)
	}
	losses = append(append([]Loss{}, c.Lost...), w.Losses...)
	return w.Files, append(losses, differences(c, again, w.Lost)...), w.Notices, nil
}

// To21 returns the collection as a file of format 2.1. A file that is of this format already is returned with
// all it has.
func To21(c *collection.Collection) ([]byte, []Loss, error) {
	if strings.Contains(c.Schema, "/v2.1.") {
		return c.Export(collection.ExportOptions{}), nil, nil
	}
	doc := c.Export21()
	again, err := collection.Parse("", doc, collection.Options{NewID: func() string { return "" }})
	if err != nil {
		return nil, nil, fmt.Errorf("reading back what was written: %w", err)
	}
	losses := append([]Loss{}, c.Lost...)
	scoped, lost := protocolScripts(c)
	losses = append(losses, scoped...)
	return doc, append(losses, differences(c, again, lost)...), nil
}

// protocolScripts lists scripts that are for one kind of request and, in format 2, run for the other as well.
func protocolScripts(c *collection.Collection) (losses []Loss, lost func(it *collection.Item, field string) bool) {
	affected := map[*collection.Item]bool{}
	check := func(owner *collection.Item, events []collection.Event, below []*collection.Item) {
		for _, e := range events {
			if e.Only == "" {
				continue
			}
			n := 0
			sub := collection.Collection{Items: below}
			for _, it := range sub.Requests() {
				if (it.Kind == "graphql") != (e.Only == "graphql") {
					affected[it] = true
					n++
				}
			}
			if n > 0 {
				losses = append(losses, Loss{Path: write.Path(c, owner), What: fmt.Sprintf("%s script: that it is for %s requests only; it runs for %d others as well", e.Listen, e.Only, n)})
			}
		}
	}
	check(nil, c.Events, c.Items)
	_ = c.Walk(func(it *collection.Item) error {
		if it.IsFolder() {
			check(it, it.Events, it.Items)
		}
		return nil
	})
	return losses, func(it *collection.Item, field string) bool { return field == "Events" && affected[it] }
}
