package lint

import (
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/lint/subject"
)

const (
	commentMark     = "posthaste-lint-ignore"
	descriptionMark = "lint-ignore:"
)

// ignored reports whether somebody has said that a finding is meant to be so: in the options, in the description of
// the request, of a folder around it or of the collection, or in a comment of the script.
func ignored(k *subject.Checker, f subject.Finding) bool {
	path := subject.Joined(f.Path)
	for _, i := range k.Opt.Ignore {
		if (i.Rule == "" || i.Rule == f.Rule) && (i.Path == "" || i.Path == path || strings.HasPrefix(path, i.Path+" / ")) {
			return true
		}
	}
	inFile := slices.ContainsFunc(k.Files, func(v subject.VariableFile) bool { return v.Env.File == f.File && f.File != k.C.File })
	if inFile {
		return ignoredVariable(k, f)
	}
	if ignores(k.C.Description, f.Rule) || f.Comment != "" && commented(f.Comment, f.CommentLine, f.Rule) {
		return true
	}
	list := k.C.Items
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
func ignoredVariable(k *subject.Checker, f subject.Finding) bool {
	for _, v := range k.Files {
		if v.Env.File != f.File {
			continue
		}
		for _, entry := range v.Env.Values {
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

// names reports whether a list of rules holds one. What is no rule's name is a remark, and ends the list.
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
