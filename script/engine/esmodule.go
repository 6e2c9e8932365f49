package engine

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// moduleSyntax finds a line that only an ES module can have.
var moduleSyntax = regexp.MustCompile(`(?m)^[ \t]*(export[ \t*{]|import[ \t*{"'])`)

// lowerModule makes a function of a CommonJS module, with the parameters given, of the text of an ES module. The text
// that places lead back to has the line of the function's head in front.
func (w *lowerer) lowerModule(name, source, params string) (*lowering, *Fault) {
	return w.bounded(source, func() (*lowering, *Fault) {
		options := transformOptions(name)
		options.Format = api.FormatCommonJS
		return lowerBy(options, "\n"+source, func(l *lowering, mappings string) (string, error) {
			l.text = "(function(" + params + "){\n" + strings.TrimSuffix(l.text, "\n") + "\n})"
			mappings = ";" + mappings
			var file map[string]json.RawMessage
			if err := json.Unmarshal(l.file, &file); err != nil {
				return "", fmt.Errorf("reading a source map: %w", err)
			}
			file["mappings"], _ = json.Marshal(mappings)
			var err error
			l.file, err = json.Marshal(file)
			return mappings, err
		})
	})
}
