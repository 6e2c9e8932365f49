package newer

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"posthaste/script/engine/failure"
)

// ModuleSyntax finds a line that only an ES module can have.
var ModuleSyntax = regexp.MustCompile(`(?m)^[ \t]*(export[ \t*{]|import[ \t*{"'])`)

// LowerModule makes a function of a CommonJS module, with the parameters given, of the text of an ES module. The text
// that places lead back to has the line of the function's head in front.
func (w *Lowerer) LowerModule(name, source, params string) (*Lowering, *failure.Fault) {
	return w.bounded(source, func() (*Lowering, *failure.Fault) {
		options := transformOptions(name)
		options.Format = api.FormatCommonJS
		return lowerBy(options, "\n"+source, func(l *Lowering, mappings string) (string, error) {
			l.Text = "(function(" + params + "){\n" + strings.TrimSuffix(l.Text, "\n") + "\n})"
			mappings = ";" + mappings
			var file map[string]json.RawMessage
			if err := json.Unmarshal(l.File, &file); err != nil {
				return "", fmt.Errorf("reading a source map: %w", err)
			}
			file["mappings"], _ = json.Marshal(mappings)
			var err error
			l.File, err = json.Marshal(file)
			return mappings, err
		})
	})
}
