package lint

import (
	"slices"
	"strings"

	"posthaste/collection"
)

const (
	commentMark     = "posthaste-lint-ignore"
	descriptionMark = "lint-ignore:"
)

// ignored tells whether somebody has said that a finding is meant to be so: in the options, in the description of
// the request, of a folder around it or of the collection, or in a comment of the script.
func ignored(k *checker, f Finding) bool {
	path := joined(f.Path)
	for _, i := range k.opt.Ignore {
		if (i.Rule == "" || i.Rule == f.Rule) && (i.Path == "" || i.Path == path || strings.HasPrefix(path, i.Path+" / ")) {
			return true
		}
	}
	inFile := slices.ContainsFunc(k.files, func(v variableFile) bool { return v.env.File == f.File && f.File != k.c.File })
	if inFile {
		return ignoredVariable(k, f)
	}
	if ignores(k.c.Description, f.Rule) || f.comment != "" && commented(f.comment, f.commentLine, f.Rule) {
		return true
	}
	list := k.c.Items
	for _, name := range f.Path {
		i := slices.IndexFunc(list, func(it *collection.Item) bool { return it.Name == name })
		if i < 0 {
			return false
		}
		it := list[i]
		if ignores(it.Description, f.Rule) || it.Request != nil && ignores(it.Request.Description, f.Rule) {
			return true
		}
		list = it.Items
	}
	return false
}

// ignoredVariable looks at the description of an entry of an environment.
func ignoredVariable(k *checker, f Finding) bool {
	for _, v := range k.files {
		if v.env.File != f.File {
			continue
		}
		for _, entry := range v.env.Values {
			if entry.Key == f.Name && ignores(entry.Description, f.Rule) {
				return true
			}
		}
	}
	return false
}

// ignores reads the lines "lint-ignore: rule, rule" of a description. "all" is every rule.
func ignores(description, rule string) bool {
	if !strings.Contains(description, descriptionMark) {
		return false
	}
	for line := range strings.Lines(description) {
		if _, list, ok := strings.Cut(line, descriptionMark); ok && names(list, rule) {
			return true
		}
	}
	return false
}

// commented looks for "// posthaste-lint-ignore rule" in a line of a script and in the line above it.
func commented(script string, line int, rule string) bool {
	lines := strings.Split(script, "\n")
	for _, n := range []int{line, line - 1} {
		if n < 1 || n > len(lines) {
			continue
		}
		_, comment, ok := strings.Cut(lines[n-1], "//")
		if !ok {
			continue
		}
		if _, list, ok := strings.Cut(comment, commentMark); ok && names(list, rule) {
			return true
		}
	}
	return false
}

// names tells whether a list of rules holds one. What is no rule's name is a remark, and ends the list.
func names(list, rule string) bool {
	for _, word := range strings.FieldsFunc(list, func(r rune) bool {
		return r == ',' || r == ' ' || r == '\t' || r == '\r' || r == '\n' || r == ':' || r == '<'
	}) {
		if word == rule || word == "all" {
			return true
		}
	}
	return false
}
