package collection

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/collection/source"
)

// ExportOptions say how an export is written. The zero value writes no time stamp, so that
// two exports of the same file are the same bytes.
type ExportOptions struct {
	// Compat writes newman's shape: the SDK's document, in which unknown keys, "enabled" and types such
	// as secret are lost. Without it the file is written as Postman exports it, with all it had.
	Compat bool

	Scope string    // "environment" or "globals"; "" is what the environment's file says, else "environment"
	At    time.Time // when, for _postman_exported_at
	Using string    // what exported it, for _postman_exported_using: a name, a slash and a version

	// Variables replace those of a collection; nil keeps them. newman: a run's changes are not exported.
	Variables []Variable

	// Execution gives the last execution of a script of a collection, as Mark takes it. Nil marks none. Only with Compat.
	Execution func(script string) string
}

// isoMillis is the form of JavaScript's Date.prototype.toISOString, which Postman writes. The
// time must be in UTC.
const isoMillis = "2006-01-02T15:04:05.000Z"

// Export returns the environment as a file that Postman imports, indented by two spaces and
// ended by a line end. What its file had beyond the model is written too, unless opt.Compat
// asks for newman's document.
func (e *Environment) Export(opt ExportOptions) []byte {
	scope := opt.Scope
	// What an earlier export said of the scope is kept, so globals stay globals.
	for _, f := range fieldsOf(e.Extra) {
		if scope == "" && f.key == "_postman_variable_scope" {
			scope = f.val.text()
		}
	}
	if scope == "" {
		scope = "environment"
	}
	var j jsonWriter
	if opt.Compat {
		// newman puts its marks of the export behind the document; the last brace is written
		// again below.
		j.buf = bytes.TrimSuffix(e.Document(), []byte{'}'})
		if e.Name == "" {
			j.text("name", scope)
		}
		j.exported(scope, opt)
		j.close('}')
		return indent(j.buf)
	}
	j.open('{')
	j.text("id", e.ID)
	name := e.Name
	if name == "" {
		name = scope
	}
	j.text("name", name)
	j.key("values")
	j.open('[')
	for _, v := range e.Values {
		j.exportVariable(v, true)
	}
	j.close(']')
	// The marks of an earlier export are replaced by the new ones.
	for _, f := range fieldsOf(e.Extra) {
		if !isExportKey(f.key) {
			j.raw("", Quote(f.key)+":"+f.val.Raw)
		}
	}
	j.exported(scope, opt)
	j.close('}')
	return indent(j.buf)
}

// Document returns the environment as the SDK writes it, which is how newman's JSON report
// shows it. It is on one line.
func (e *Environment) Document() []byte {
	var j jsonWriter
	j.open('{')
	j.meta(e.Extra)
	j.text("id", e.ID)
	j.optional("name", e.Name)
	j.variables("values", e.Values)
	j.close('}')
	return j.buf
}

// isExportKey names the keys that exported writes.
func isExportKey(key string) bool {
	return key == "_postman_variable_scope" || key == "_postman_exported_at" || key == "_postman_exported_using"
}

// exported writes Postman's marks of an export. They are left out where no time is given, so
// goldens stay the same. The scope is always written: Postman reads by it whether the file
// holds globals.
func (j *jsonWriter) exported(scope string, opt ExportOptions) {
	j.text("_postman_variable_scope", scope)
	if !opt.At.IsZero() {
		j.text("_postman_exported_at", opt.At.UTC().Format(isoMillis))
	}
	j.optional("_postman_exported_using", opt.Using)
}

// exportVariable writes an entry with all that its file had. Environments say "enabled"; what
// was disabled by "disabled" stays so for newman, too, which does not read "enabled".
func (j *jsonWriter) exportVariable(v Variable, environment bool) {
	j.open('{')
	if !v.NoKey {
		j.text("key", v.Key)
	}
	value := v.Value
	// Postman writes a value with every entry.
	if value.Kind() == Undefined {
		value = Text("")
	}
	j.value("value", value)
	j.optional("type", v.Type)
	// A description that is an object, with its type, is in Extra.
	if !newNode(gjson.ParseBytes(v.Extra)).object().has("description") {
		j.optional("description", v.Description)
	}
	if environment {
		j.raw("enabled", BoolValue(!v.Disabled).String())
	}
	j.flag("disabled", v.Disabled && !v.EnabledFalse)
	for _, f := range fieldsOf(v.Extra) {
		j.raw("", Quote(f.key)+":"+f.val.Raw)
	}
	j.close('}')
}

// Export returns the collection as a file that Postman imports, indented by two spaces and
// ended by a line end. A collection that was read from format 2 keeps its file's every key,
// whether the model knows it or not; format 1 and single requests are written in format 2.1.
func (c *Collection) Export(opt ExportOptions) []byte {
	changed := *c
	if opt.Variables != nil {
		changed.Variables = opt.Variables
	}
	if opt.Compat {
		document := changed.Document()
		if opt.Execution != nil {
			document = Mark(document, opt.Execution)
		}
		var j jsonWriter
		j.buf = bytes.TrimSuffix(document, []byte{'}'})
		j.text("name", "collection")
		j.exported("collection", opt)
		j.close('}')
		return indent(j.buf)
	}
	if c.source == "" || c.v1 || c.bare {
		return changed.Export21()
	}
	var j jsonWriter
	j.open('{')
	// Whether the variables stand where the file had them. A file without any gets them at
	// the end.
	written := false
	for _, f := range newNode(gjson.Parse(c.source)).object().fields {
		if f.key == "variable" && opt.Variables != nil {
			written = true
			j.exportVariables(f.val, opt.Variables)
			continue
		}
		j.raw("", Quote(f.key)+":"+f.val.Raw)
	}
	if len(opt.Variables) > 0 && !written {
		j.exportVariables(node{}, opt.Variables)
	}
	j.close('}')
	return indent(j.buf)
}

// Export21 returns the collection in format 2.1 as Postman writes it, whatever format it was
// read from, laid out as Export does. Keys that the model keeps as Extra are left out.
func (c *Collection) Export21() []byte {
	j := jsonWriter{postman: true}
	j.collection(c)
	return indent(j.buf)
}

// exportVariables writes a collection's variables; entries that did not change are as in the
// file, down to the order of their keys. That keeps the diff of a run's export to what the
// run changed.
func (j *jsonWriter) exportVariables(file node, list []Variable) {
	r := &reader{src: &source.Source{}}
	var old []Variable
	var raws []string
	for _, e := range file.elements() {
		if v, ok := r.variable(e); ok {
			old = append(old, v)
			raws = append(raws, e.Raw)
		}
	}
	j.key("variable")
	j.open('[')
	for _, v := range list {
		// Everything that exportVariable would write must be the same.
		same := func(o Variable) bool {
			return o.Key == v.Key && o.Value == v.Value && o.Type == v.Type && o.Disabled == v.Disabled && bytes.Equal(o.Extra, v.Extra)
		}
		if i := slices.IndexFunc(old, same); i >= 0 {
			j.raw("", raws[i])
			continue
		}
		j.exportVariable(v, false)
	}
	j.close(']')
}

// indent lays valid JSON out as JavaScript's JSON.stringify(…, null, 2) does. Empty lists and
// objects stay on one line in both.
func indent(doc []byte) []byte {
	var b bytes.Buffer
	if json.Indent(&b, doc, "", "  ") != nil {
		return append(doc, '\n') // not valid; better as it is than lost
	}
	b.WriteByte('\n')
	return b.Bytes()
}
