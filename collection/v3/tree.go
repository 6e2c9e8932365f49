package v3

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/collection/v3/format"
)

// Bounds on what one collection may hold. The largest that is known has some 13,000 files.
const (
	maxFolders = 64 // one inside of the other
	maxEntries = 200_000
)

// A sibling is a folder or request with what says its place among the others.
type sibling struct {
	item    *collection.Item
	file    string // its base name
	order   float64
	ordered bool
}

// ParseDir reads the collection that dir is or lies in: a collection's directory, a folder in
// it or the file of one request. In the last two cases the whole collection is read, so that
// what is inherited applies, and Selected is what dir names. A directory that holds several
// collections is a *WorkspaceError, any other error a *collection.ParseError.
func ParseDir(fsys fs.FS, dir string, opt Options) (*collection.Collection, error) {
	dir = path.Clean(dir)
	info, err := fs.Stat(fsys, dir)
	if err != nil {
		return nil, &collection.ParseError{File: opt.name(dir), Err: fmt.Errorf("reading: %w", err)}
	}
	start := dir
	if !info.IsDir() {
		if requestStem(dir) == "" {
			return nil, fileError(opt.name(dir), "a request's file is called NAME.request.yaml", "this is no request of format 3")
		}
		start = path.Dir(dir)
	} else if err := workspace(fsys, dir, opt); err != nil {
		return nil, err
	}
	r := &reader{fsys: fsys, opt: opt, newID: opt.newID(), root: findRoot(fsys, start)}
	items := map[string]*collection.Item{}
	c := r.collection(items)
	if r.err != nil {
		return nil, r.err
	}
	if dir != r.root {
		if c.Selected = items[dir]; c.Selected == nil {
			return nil, fileError(opt.name(dir), r.skippedHint(), "nothing in it runs")
		}
	} else if len(c.Items) == 0 && definitionPath(fsys, r.root) == "" && len(r.skipped) == 0 {
		return nil, fileError(opt.name(dir), "a collection holds *.request.yaml files, and .resources/definition.yaml", "found no collection of format 3")
	}
	return c, nil
}

// fileError is an error about a file or directory as a whole.
func fileError(name, hint, text string) error {
	return &collection.ParseError{File: name, Hint: hint, Err: errors.New(text)}
}

// IsRequest reports whether a file is a request of format 3 by its name. It takes paths of
// Windows too.
func IsRequest(name string) bool { return requestStem(strings.ReplaceAll(name, `\`, "/")) != "" }

// requestStem returns a request's name as its file says it, "" where the file is not a
// request. ".request.yaml" alone is not one.
func requestStem(name string) string {
	base := path.Base(name)
	for _, suffix := range [...]string{".request.yaml", ".request.yml"} {
		if stem, ok := strings.CutSuffix(base, suffix); ok && stem != "" {
			return stem
		}
	}
	return ""
}

// requestResources returns where a request's examples and scripts lie:
// .resources/NAME.resources beside it.
func requestResources(file string) string {
	return path.Join(path.Dir(file), ".resources", requestStem(file)+".resources")
}

// isFile follows links; linked is asked separately.
func isFile(fsys fs.FS, name string) bool {
	info, err := fs.Stat(fsys, name)
	return err == nil && info.Mode().IsRegular()
}

// isDir too.
func isDir(fsys fs.FS, name string) bool {
	info, err := fs.Stat(fsys, name)
	return err == nil && info.IsDir()
}

// linked reports whether a part of a path below a directory is a symbolic link. Links are not
// followed: they may lead anywhere, and in circles. The directory itself may be reached by a
// link.
func linked(fsys fs.FS, dir, name string) bool {
	for ; name != dir && name != "." && name != "/"; name = path.Dir(name) {
		if info, err := fs.Lstat(fsys, name); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return true
		}
	}
	return false
}

// warnLink says that a symbolic link was passed over. It is no error: version control systems
// may hold links for other tools.
func (r *reader) warnLink(name string) {
	r.report(Warning{Code: "symlink", File: r.opt.name(name), Text: "a symbolic link is not followed", Hint: "put the file or folder itself there"})
}

// inside reports whether a path lies in a directory, by the texts alone. Both must be clean.
func inside(dir, name string) bool {
	return dir == "." && name != ".." && !strings.HasPrefix(name, "../") && !path.IsAbs(name) || name == dir || strings.HasPrefix(name, dir+"/")
}

// collection reads the whole tree and fills items by path. The collection is made before
// anything is read, since warnings are kept in it.
func (r *reader) collection(items map[string]*collection.Item) *collection.Collection {
	r.c = &collection.Collection{File: r.opt.name(r.root), Name: r.dirName(r.root)}
	c := r.c
	if d := r.definition(r.root, nil, true); d != nil {
		v := d.root
		c.ID = r.text(v.get("id"), "id")
		c.Name = cmp.Or(r.itemName(v, c.Name), c.Name)
		c.Description = r.text(v.get("description"), "description")
		c.Schema = r.text(v.get("$schema"), "$schema")
		c.Variables = r.variables(v.get("variables"))
		c.Auth = r.auth(v.get("auth"), nil)
		c.Events = r.scripts(v.get("scripts"), nil, format.Collection)
	}
	c.Events = append(c.Events, r.scriptFiles(path.Join(r.root, ".resources", "scripts"), format.Collection, nil)...)
	if c.ID == "" {
		c.ID = r.newID()
	}
	c.Items = r.dir(r.root, nil, items, 0)
	if more := r.warnings - maxNotices; more > 0 {
		c.Notices = append(c.Notices, fmt.Sprintf("There are %d more such warnings.", more))
	}
	r.warnings = 0 // what follows is said in any case
	if r.prerelease {
		r.report(Warning{Code: "pre-release", Text: "the collection is of the pre-release dialect of format 3, which Postman no longer reads", Hint: "convert it to rewrite it"})
	}
	if hint := r.skippedHint(); hint != "" {
		r.report(Warning{Code: "skipped-kind", Text: hint})
	}
	return c
}

// dirName names a collection after its directory; that of a file system's root is told by its
// path only.
func (r *reader) dirName(dir string) string {
	base := path.Base(strings.ReplaceAll(r.opt.name(dir), `\`, "/"))
	if dir != "." {
		base = path.Base(dir)
	}
	if base == "." || base == "/" || base == ".." {
		return "collection"
	}
	return base
}

// skip counts an item of a kind that does not run, for the notice and for conversions.
func (r *reader) skip(parent *collection.Item, name, kind string) {
	it := collection.Item{Name: name, Parent: parent}
	r.skipped = append(r.skipped, fmt.Sprintf("%s (%s)", strings.Join(append(it.Path(), name), " / "), strings.TrimSuffix(kind, "-request")))
	r.lose(&it, "the request, which is of kind %s", kind)
}

// skippedHint says what was skipped, "" when nothing was. Ten are named.
func (r *reader) skippedHint() string {
	n := len(r.skipped)
	if n == 0 {
		return ""
	}
	shown := r.skipped[:min(n, 10)]
	rest := ""
	if n > len(shown) {
		rest = fmt.Sprintf(" and %d more", n-len(shown))
	}
	if n == 1 {
		return "1 request is of a kind that does not run here and was skipped: " + shown[0]
	}
	return fmt.Sprintf("%d requests are of kinds that do not run here and were skipped: %s%s", n, strings.Join(shown, ", "), rest)
}

// dir reads a directory's folders and requests in the order in which they run: by order,
// those without last, of equal order by name.
func (r *reader) dir(dir string, parent *collection.Item, items map[string]*collection.Item, depth int) []*collection.Item {
	if depth > maxFolders {
		r.fail(&collection.ParseError{File: r.opt.name(dir), Err: fmt.Errorf("folders nest deeper than %d levels", maxFolders)})
	}
	if r.err != nil {
		return nil
	}
	entries, err := fs.ReadDir(r.fsys, dir)
	if err != nil {
		r.fail(&collection.ParseError{File: r.opt.name(dir), Err: fmt.Errorf("reading: %w", err)})
		return nil
	}
	if r.entries += len(entries); r.entries > maxEntries {
		r.fail(&collection.ParseError{File: r.opt.name(dir), Err: fmt.Errorf("the collection has more than %d files", maxEntries)})
		return nil
	}
	refs := r.refs(dir)
	names := map[string]string{}
	var list []sibling
	for _, e := range entries {
		s, ok := r.entry(dir, e, parent, items, depth)
		if !ok {
			continue
		}
		if first, twice := names[strings.ToLower(s.file)]; twice {
			r.report(Warning{Code: "duplicate-name", File: r.opt.name(path.Join(dir, e.Name())), Text: fmt.Sprintf("the name differs from %q only in case", first), Hint: "rename one: some file systems take them for one file"})
		}
		names[strings.ToLower(s.file)] = e.Name()
		// The list of the early dialect counts only where a file gives no order itself.
		if i := slices.Index(refs, s.file); i >= 0 && !s.ordered {
			s.order, s.ordered = float64(i), true
		}
		list = append(list, s)
	}
	slices.SortStableFunc(list, func(a, b sibling) int {
		if a.ordered != b.ordered {
			if a.ordered {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.item.Name, b.item.Name))
	})
	found := make([]*collection.Item, len(list))
	for i, s := range list {
		found[i] = s.item
	}
	return found
}

// entry reads what one name of a directory stands for; false is nothing that runs. Names with
// a dot before them are the format's own or of other tools.
func (r *reader) entry(dir string, e fs.DirEntry, parent *collection.Item, items map[string]*collection.Item, depth int) (sibling, bool) {
	name := e.Name()
	full := path.Join(dir, name)
	s := sibling{file: name}
	if strings.HasPrefix(name, ".") {
		return s, false
	}
	if e.Type()&fs.ModeSymlink != 0 {
		r.warnLink(full)
		return s, false
	}
	if !e.IsDir() && !e.Type().IsRegular() {
		return s, false // a pipe or a socket
	}
	var f *file
	if e.IsDir() {
		s.item, f = r.folder(full, parent, items, depth)
	} else if requestStem(name) == "" {
		r.notRequest(full)
		return s, false
	} else if f = r.open(full); f != nil {
		s.item = r.request(f, parent)
	}
	if s.item == nil {
		return s, false
	}
	items[full] = s.item
	if f != nil {
		s.order, s.ordered = r.order(f.root.get("order"))
	}
	return s, true
}

// notRequest warns of files that look like requests and are not called so, which Postman
// skips in silence. Only the first 4 KiB are looked at.
func (r *reader) notRequest(name string) {
	ext := path.Ext(name)
	if ext != ".yaml" && ext != ".yml" || strings.HasSuffix(name, ".example"+ext) {
		return
	}
	data, err := readLimited(r.fsys, name)
	if err == nil && strings.Contains(string(data[:min(len(data), 4096)]), "$kind: http-request") {
		r.report(Warning{Code: "not-a-request", File: r.opt.name(name), Text: "the file holds a request and is not called one, so it does not run", Hint: "call it NAME.request.yaml"})
	}
}

// order reads a place among siblings; false means that the file gives no place. Any number
// will do, also negative and broken ones.
func (r *reader) order(v value) (float64, bool) {
	if v.isNull() {
		return 0, false
	}
	n, ok := collection.ParseNumber(v.text())
	if !ok || v.text() == "" || n != n {
		r.wrong(v, "write a number such as 1000", "order: expected a number, found %s", v.shown())
		return 0, false
	}
	if !v.isPlain() {
		r.warn(v, "quoted-order", "remove the quotes", "order is a number, and this one is quoted")
	}
	return n, true
}
