package watch

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// snapshot is the times and sizes of all files that are watched, as one text.
func (w *watching) snapshot() string {
	var b strings.Builder
	for _, name := range w.files {
		const most = 10_000 // files of a directory
		seen := 0
		_ = filepath.WalkDir(w.process.Path(name), func(path string, entry fs.DirEntry, err error) error { // what is not there has not changed
			if err != nil || seen > most {
				return nil //nolint:nilerr // see above
			}
			if entry.IsDir() && path != w.process.Path(name) && strings.HasPrefix(entry.Name(), ".") {
				return filepath.SkipDir
			}
			if info, err := entry.Info(); err == nil && !info.IsDir() {
				seen++
				fmt.Fprintf(&b, "%s %d %d\n", path, info.ModTime().UnixNano(), info.Size())
			}
			return nil
		})
	}
	return b.String()
}

// fingerprint maps the path of each item of a collection to what it is made of, without what is in it. What belongs to the
// whole collection has the path "".
func fingerprint(document []byte) map[string]string {
	var whole map[string]any
	if json.Unmarshal(document, &whole) != nil {
		return nil
	}
	found := map[string]string{}
	var walk func(node map[string]any, path string)
	walk = func(node map[string]any, path string) {
		items, _ := node["item"].([]any)
		own := maps.Clone(node)
		for _, key := range []string{"item", "id", "_postman_id", "response"} {
			delete(own, key)
		}
		if path == "" {
			delete(own, "info")
		}
		text, err := json.Marshal(own)
		if err != nil {
			return
		}
		found[path] += string(text) // two items may have the same path
		for _, item := range items {
			if child, ok := item.(map[string]any); ok {
				name, _ := child["name"].(string)
				walk(child, strings.TrimPrefix(path+"/"+name, "/"))
			}
		}
	}
	walk(whole, "")
	return found
}

// changes lists the paths of items that are new or other than before. whole is true where that does not say what to run: a
// file that is not a collection changed, what belongs to a whole collection did, an item went, or there are several collections.
func changes(before, now map[string]map[string]string) (changed []string, whole bool) {
	if len(before) != 1 || len(now) != 1 {
		return nil, true
	}
	for name, items := range now {
		old, ok := before[name]
		if !ok || old[""] != items[""] {
			return nil, true
		}
		for path := range old {
			if _, there := items[path]; !there {
				return nil, true
			}
		}
		for _, path := range slices.Sorted(maps.Keys(items)) {
			if old[path] != items[path] && !slices.ContainsFunc(changed, func(above string) bool { return strings.HasPrefix(path, above+"/") }) {
				changed = append(changed, path)
			}
		}
	}
	return changed, len(changed) == 0
}
