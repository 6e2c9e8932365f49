package subject

import (
	"regexp"
	"sync"
)

// serverTemplate finds what only template languages have: sections, else, raw values, filters, statements.
var serverTemplate = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\{\{\s*[#/^>!&]|\{\{\s*else\b|\{\{\s*(?:this|@\w+)\b|\{\{\{[^{}]+\}\}\}|\{%|\{\{[^{}]*\|[^{}]*\}\}`)
})

// IsServerTemplate reports whether a text is a template for the server that it is sent to. Its placeholders are the
// server's, but for those whose names a variable has.
func IsServerTemplate(text string) bool { return serverTemplate().MatchString(text) }
