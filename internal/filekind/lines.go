package filekind

import (
	"regexp"
	"strings"
	"sync"
)

var (
	assignment = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(export )?[A-Za-z_][\w.-]*\s*=`) })
	mapping    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(- )?["']?[\w$./-]+["']?:( |$)`) })
)

// lines recognises a text by its lines. ext is the end of the file's name, in lower case with its dot.
func lines(ext, text string) Kind {
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimRight(line, "\r"); strings.TrimSpace(line) != "" {
			all = append(all, line)
		}
	}
	var said []string // without comments
	for _, line := range all {
		if !strings.HasPrefix(strings.TrimSpace(line), "#") && line != "---" {
			said = append(said, line)
		}
	}
	switch {
	case (ext == ".csv" || ext == ".tsv") && tabular(all):
		return CSV
	case len(said) > 0 && assigns(said):
		return Dotenv
	case ext == ".csv", ext == ".tsv":
		return CSV
	case ext == ".md", ext == ".markdown":
		return Markdown
	case ext == ".yaml", ext == ".yml", len(said) > 1 && mapping().MatchString(said[0]) && mapping().MatchString(strings.TrimSpace(said[1])):
		return YAML
	case ext == ".js", ext == ".mjs", ext == ".ts":
		return JavaScript
	case ext == ".sh", ext == ".ps1", ext == ".bat":
		return Script
	case tabular(all):
		return CSV
	}
	return ""
}

// assigns reports whether the lines are KEY=value. A value in quotes may go on over lines, so only the first has to be one,
// and half of the others.
func assigns(said []string) bool {
	n := 0
	for _, line := range said {
		if assignment().MatchString(strings.TrimSpace(line)) {
			n++
		}
	}
	return assignment().MatchString(strings.TrimSpace(said[0])) && 2*n > len(said)
}

// tabular reports whether two lines or more have the same number of one delimiter, or one line has it and is all there is.
func tabular(all []string) bool {
	for _, delimiter := range []string{",", ";", "\t"} {
		if len(all) == 0 || strings.ContainsAny(all[0], "{}[]<>") {
			return false
		}
		n := strings.Count(all[0], delimiter)
		if n > 0 && (len(all) == 1 || strings.Count(all[1], delimiter) >= n) {
			return true
		}
	}
	return false
}

// Quote writes a name as a shell takes it. A name that is no file's, such as "-" or a URL, stands as FILE.
func Quote(name string) string {
	if name == "" || name == "-" || strings.Contains(name, "://") {
		return "FILE"
	}
	for _, r := range name {
		if !strings.ContainsRune("_-./:@%+=,\\~", r) && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r < 0x80 {
			return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
		}
	}
	return name
}
