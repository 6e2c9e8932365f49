package cldr

import (
	"sort"
	"strings"
)

// A Tag is a language tag (BCP 47) in parts, in canonical case: "nb-Latn-NO-u-nu-latn".
type Tag struct {
	Language, Script, Region string
	Variants                 []string
	// Unicode are the keywords of the extension u by their keys, Attributes what stands before them.
	Unicode    map[string]string
	Attributes []string
	// Others are further extensions and the private part, as they stand.
	Others []string
}

// Parse reads a tag that is well formed. Use Valid for text of a user: what Parse returns for
// a malformed tag is only its beginning.
func Parse(text string) Tag {
	t, _ := Valid(text)
	return t
}

// alpha, digit and alnum accept ASCII only, and no empty text.
func alpha(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return s != ""
}

func digit(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

func alnum(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}

// isVariant: five to eight characters, or four that begin with a digit ("1996").
func isVariant(s string) bool {
	return alnum(s) && (len(s) >= 5 && len(s) <= 8 || len(s) == 4 && s[0] >= '0' && s[0] <= '9')
}

// Valid reads a language tag as Unicode's locale identifiers are written (UTS 35, part 1,
// 3.2); ok is false where it is not one. A tag that ECMA-402 calls structurally valid is
// accepted, whether or not its language exists.
func Valid(text string) (t Tag, ok bool) {
	parts := strings.Split(text, "-")
	first := parts[0]
	// A script alone is no language, and four letters are reserved.
	if !alpha(first) || len(first) == 4 || len(first) < 2 || len(first) > 8 {
		return t, false
	}
	t.Language = strings.ToLower(first)
	rest := parts[1:]
	if len(rest) > 0 && len(rest[0]) == 4 && alpha(rest[0]) {
		t.Script = strings.ToUpper(rest[0][:1]) + strings.ToLower(rest[0][1:])
		rest = rest[1:]
	}
	if len(rest) > 0 && (len(rest[0]) == 2 && alpha(rest[0]) || len(rest[0]) == 3 && digit(rest[0])) {
		t.Region = strings.ToUpper(rest[0])
		rest = rest[1:]
	}
	seen := map[string]bool{}
	for len(rest) > 0 && isVariant(rest[0]) {
		v := strings.ToLower(rest[0])
		// A variant must not come twice (ECMA-402).
		if seen[v] {
			return t, false
		}
		seen[v] = true
		t.Variants = append(t.Variants, v)
		rest = rest[1:]
	}
	sort.Strings(t.Variants)
	return t, t.extensions(rest)
}

// extensions reads what follows the language part: runs that begin with a singleton. It
// returns false for an empty extension or a repeated singleton. After "x" everything is
// private.
func (t *Tag) extensions(rest []string) bool {
	seen := map[string]bool{}
	for len(rest) > 0 {
		single := strings.ToLower(rest[0])
		if len(single) != 1 || !alnum(single) || seen[single] {
			return false
		}
		seen[single] = true
		n := 1
		for n < len(rest) && (single == "x" && len(rest[n]) >= 1 || len(rest[n]) >= 2) && len(rest[n]) <= 8 && alnum(rest[n]) {
			n++
		}
		if n == 1 {
			return false
		}
		if single == "u" {
			t.keywords(rest[1:n])
		} else {
			t.Others = append(t.Others, strings.ToLower(strings.Join(rest[:n], "-")))
		}
		rest = rest[n:]
	}
	sort.SliceStable(t.Others, func(i, j int) bool { // the private part comes last
		a, b := t.Others[i], t.Others[j]
		return a[0] != 'x' && (b[0] == 'x' || a < b)
	})
	return true
}

// keywords reads the Unicode extension of a tag (UTS 35, 3.6): attributes first, then keys of
// two letters with types. "u-nu-latn-ca-gregory" has nu=latn and ca=gregory; a key without a
// type means true.
func (t *Tag) keywords(parts []string) {
	t.Unicode = map[string]string{}
	key := ""
	for _, p := range parts {
		p = strings.ToLower(p)
		switch {
		case len(p) == 2:
			key = p
			if _, twice := t.Unicode[key]; twice {
				key = "-" // only the first of a key counts
			} else {
				t.Unicode[key] = ""
			}
		case key == "":
			t.Attributes = append(t.Attributes, p)
		case key == "-":
		case t.Unicode[key] == "":
			t.Unicode[key] = p
		default:
			t.Unicode[key] += "-" + p
		}
	}
}

// Base is the tag without extensions.
func (t Tag) Base() string {
	parts := []string{t.Language}
	for _, p := range append([]string{t.Script, t.Region}, t.Variants...) {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, "-")
}

// String is the whole tag in canonical form: extensions sorted by singleton, the private part
// last, keywords sorted by key. "true" is left out as a type, being the default.
func (t Tag) String() string {
	var extensions []string
	if len(t.Unicode)+len(t.Attributes) > 0 {
		u := append([]string{"u"}, t.Attributes...)
		keys := make([]string, 0, len(t.Unicode))
		for key := range t.Unicode {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		for _, key := range keys {
			u = append(u, key)
			if v := t.Unicode[key]; v != "" && v != "true" && v != "yes" {
				u = append(u, v)
			}
		}
		extensions = append(extensions, strings.Join(u, "-"))
	}
	extensions = append(extensions, t.Others...)
	sort.SliceStable(extensions, func(i, j int) bool {
		a, b := extensions[i], extensions[j]
		return a[0] != 'x' && (b[0] == 'x' || a[0] < b[0])
	})
	return strings.Join(append([]string{t.Base()}, extensions...), "-")
}

// Canonical replaces subtags for which CLDR has newer names: iw by he, a region that no
// longer exists by its successor. Of several successors (SU) it is the one that the language
// most likely means.
func (t Tag) Canonical() Tag {
	s := Rules()
	for _, key := range []string{t.Language + "-" + t.Region, t.Language} {
		to, ok := s.Language[key]
		if !ok || strings.HasSuffix(key, "-") {
			continue
		}
		n := Parse(strings.ReplaceAll(to, "_", "-"))
		t.Language = n.Language
		if t.Script == "" {
			t.Script = n.Script
		}
		if key != t.Language && n.Region != "" && t.Region == "" {
			t.Region = n.Region
		}
		break
	}
	if to, ok := s.Territory[t.Region]; ok && t.Region != "" {
		options := strings.Fields(to)
		t.Region = options[0]
		likely := Maximize(Tag{Language: t.Language, Script: t.Script}).Region
		for _, o := range options {
			if o == likely {
				t.Region = o
			}
		}
	}
	return t
}

// Maximize adds the script and the region that a tag most likely means (UTS 35, Likely
// Subtags): "nb" is nb-Latn-NO. Subtags that are there stay. A language that the data does
// not know is returned as it is.
func Maximize(t Tag) Tag {
	likely := Rules().Likely
	for _, key := range []string{
		t.Language + "-" + t.Script + "-" + t.Region, t.Language + "-" + t.Region, t.Language + "-" + t.Script, t.Language, "und-" + t.Script,
	} {
		full, ok := likely[strings.Trim(key, "-")]
		// A part that is missing leaves a hole in the key: such a key is that of a shorter
		// one, which comes later.
		if !ok || strings.Contains(key, "--") || strings.HasSuffix(key, "-") {
			continue
		}
		n := Parse(full)
		if t.Language == "und" || t.Language == "" {
			t.Language = n.Language
		}
		if t.Script == "" {
			t.Script = n.Script
		}
		if t.Region == "" {
			t.Region = n.Region
		}
		return t
	}
	return t
}

// Minimize removes what Maximize would add again: "nb-Latn-NO" is "nb".
func Minimize(t Tag) Tag {
	full := Maximize(t)
	for _, try := range []Tag{
		{Language: full.Language}, {Language: full.Language, Region: full.Region}, {Language: full.Language, Script: full.Script},
	} {
		got := Maximize(try)
		if got.Language == full.Language && got.Script == full.Script && got.Region == full.Region {
			t.Language, t.Script, t.Region = try.Language, try.Script, try.Region
			return t
		}
	}
	return full
}
