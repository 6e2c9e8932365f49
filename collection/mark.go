package collection

import "github.com/tidwall/gjson"

// Mark returns a document of a collection, a folder or an item in which each script that has
// run names its last execution, as newman's JSON report and its exported collection do
// (newman: _lastExecutionId). The function gives the execution of a script by the script's
// id, "" for one that has not run. The document itself is not changed; what is no object
// comes back as it is.
func Mark(document []byte, execution func(script string) string) []byte {
	root := gjson.ParseBytes(document)
	if !root.IsObject() {
		return document
	}
	j := jsonWriter{buf: make([]byte, 0, len(document)+len(document)/16)} // each mark is some sixty bytes
	j.marked(root, execution)
	return j.buf
}

// marked copies an object that may hold events and items. All but these two keys are copied
// as text, which is why a large collection costs little.
func (j *jsonWriter) marked(group gjson.Result, execution func(string) string) {
	j.open('{')
	group.ForEach(func(key, value gjson.Result) bool {
		switch {
		case key.Str == "item" && value.IsArray():
			j.key("item")
			j.open('[')
			for _, item := range value.Array() {
				j.marked(item, execution)
			}
			j.close(']')
		case key.Str == "event" && value.IsArray():
			j.key("event")
			j.open('[')
			for _, event := range value.Array() {
				j.markedEvent(event, execution)
			}
			j.close(']')
		default:
			j.raw("", key.Raw+":"+value.Raw)
		}
		return true
	})
	j.close('}')
}

// markedEvent copies an event and adds to its script which execution was the last, as
// newman's JSON report has it. The mark is the script's last key.
func (j *jsonWriter) markedEvent(event gjson.Result, execution func(string) string) {
	j.open('{')
	event.ForEach(func(key, value gjson.Result) bool {
		last := ""
		if key.Str == "script" && value.IsObject() {
			last = execution(value.Get("id").Str)
		}
		if last == "" {
			j.raw("", key.Raw+":"+value.Raw)
			return true
		}
		j.key("script")
		j.open('{')
		value.ForEach(func(key, value gjson.Result) bool {
			j.raw("", key.Raw+":"+value.Raw)
			return true
		})
		j.text("_lastExecutionId", last)
		j.close('}')
		return true
	})
	j.close('}')
}
