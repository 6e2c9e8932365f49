package engine

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/engine/failure"
	"posthaste/script/engine/message"
)

// maxFrames is how many frames a Fault's stack shows, as V8's Error.stackTraceLimit.
const maxFrames = 10

// place notes the frames that stand in the user's text and words the message by the
// innermost. Frames of packages and libraries are shown while they stand above the script's
// own.
func (r *Realm) place(f *failure.Fault, script *Script, frames []goja.StackFrame) {
	if script == nil {
		return
	}
	f.Line, f.Stack = 0, ""
	shown, lines := 0, strings.Count(script.Source, "\n")+1
	innermost, native := false, ""
	for i := range frames {
		frame := &frames[i]
		if frame.SrcName() != failure.ScriptName {
			if i == 0 && frame.SrcName() == "<native>" {
				native = frame.FuncName()
			}
			if at := frame.Position(); frame.SrcName() == evalSource && (i == 0 || i == 1 && native != "") {
				f.Message = r.bounds.worded(f, at.Line, at.Column, native)
			}
			if native != "" && shown == 0 && frame.SrcName() != "<native>" {
				native = ""
			}
			if shown == 0 && isFile(frame.SrcName()) {
				f.Stack += foreignFrame(frame.FuncName(), frame.SrcName(), frame.Position().Line, frame.Position().Column) + "\n"
			}
			continue
		}
		pos := frame.Position()
		line, col, ok := script.place(pos.Line, pos.Column)
		if !ok || line-failure.WrapLines > lines {
			continue // the wrapper's end, or what lowering added
		}
		if shown == 0 {
			innermost = i == 0 || native != ""
			_ = f.At(script.Source, line, col)
			f.Raw = failure.SpotInText{Line: pos.Line, Col: pos.Column}
		}
		if shown++; shown <= maxFrames && line > failure.WrapLines {
			f.Stack += frameText(frame.FuncName(), line-failure.WrapLines, col) + "\n"
		}
	}
	if innermost || shown > 0 && frames[0].SrcName() == "" {
		f.Message = message.Translate(f, script.compiled, native)
	}
}

// isFile says whether a source is a package or a library, and not the engine itself.
func isFile(source string) bool { return source != "" && source != "<native>" && source != "<eval>" }

// isPackage recognises the files of packages. Their first line is the second of what was compiled, unlike that of libraries.
func isPackage(source string) bool {
	return strings.HasPrefix(source, "@") || strings.HasPrefix(source, "npm:")
}

// foreignFrame is a line of a stack trace that is not the script's own, in V8's form.
func foreignFrame(function, source string, line, col int) string {
	if isPackage(source) {
		line -= failure.WrapLines
	}
	if function == "" || function == "<anonymous>" {
		return "at " + source + ":" + strconv.Itoa(line) + ":" + strconv.Itoa(col)
	}
	return "at " + function + " (" + source + ":" + strconv.Itoa(line) + ":" + strconv.Itoa(col) + ")"
}

// placeText does as place does with the text of an Error's stack property, which is all that
// is left of a rejected promise. Scripts may have written to it, so nothing in it is taken
// for granted.
func (r *Realm) placeText(f *failure.Fault, script *Script, stack string) {
	shown, innermost, lines := 0, false, strings.Count(script.Source, "\n")+1
	native := ""
	for i, line := range frameLines(stack) {
		at := strings.LastIndex(line, failure.ScriptName+":")
		if at < 0 {
			if name, ok := strings.CutSuffix(line, " (native)"); ok && i == 0 {
				native = strings.TrimPrefix(name, "at ")
			}
			if at := strings.LastIndex(line, evalSource+":"); at >= 0 && (i == 0 || i == 1 && native != "") {
				row, col := numbers(line[at+len(evalSource)+1:])
				f.Message = r.bounds.worded(f, row, col, native)
			}
			if shown == 0 {
				f.Stack += foreignText(line)
			}
			continue
		}
		raw := failure.SpotInText{}
		raw.Line, raw.Col = numbers(line[at+len(failure.ScriptName)+1:])
		row, col, ok := script.place(raw.Line, raw.Col)
		if raw.Line == 0 || !ok || row-failure.WrapLines > lines {
			continue
		}
		if shown == 0 {
			innermost = i == 0 || i == 1 || native != ""
			_ = f.At(script.Source, row, col)
			f.Raw = raw
		}
		if shown++; shown <= maxFrames && row > failure.WrapLines {
			name := strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(line[:at], "at "), "("))
			f.Stack += frameText(name, row-failure.WrapLines, col) + "\n"
		}
	}
	if innermost {
		f.Message = message.Translate(f, script.compiled, native)
	}
}

// foreignText is the frame of a package or a library in a stack's line, "" for others. The
// engine writes "at name (source:line:column(counter))".
func foreignText(line string) string {
	at := strings.LastIndexByte(line, ' ') + 1
	name := strings.TrimSpace(strings.TrimPrefix(line[:at], "at "))
	place := strings.TrimSuffix(strings.TrimPrefix(line[at:], "("), ")")
	place, _, _ = strings.Cut(place, "(") // the program counter
	rest, col, ok := cutLast(place, ":")
	source, row, ok2 := cutLast(rest, ":")
	if !ok || !ok2 || !isFile(source) {
		return ""
	}
	l, _ := strconv.Atoi(row)
	c, _ := strconv.Atoi(col)
	return foreignFrame(name, source, l, c) + "\n"
}

// cutLast is strings.Cut at the last separator.
func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return "", "", false
	}
	return s[:i], s[i+len(sep):], true
}

// frameLines returns the lines of a stack that are frames, without the message before them.
func frameLines(stack string) []string {
	var frames []string
	for line := range strings.SplitSeq(stack, "\n") {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "at ") {
			frames = append(frames, line)
		}
	}
	return frames
}

// numbers reads "12:34(5))" as line and column, 0 for what is no number.
func numbers(s string) (line, col int) {
	a, rest, _ := strings.Cut(s, ":")
	b := strings.TrimRight(rest, ")")
	b, _, _ = strings.Cut(b, "(")
	line, _ = strconv.Atoi(a)
	col, _ = strconv.Atoi(b)
	return line, col
}

// describe gives the name and message of a thrown value. Values that are no errors have no
// name; bare ones have no message of their own either. It may run getters of the script, so
// it is called within Try.
func describe(v goja.Value) (name, message string, bare bool) {
	o, ok := v.(*goja.Object)
	if !ok {
		if v == nil {
			return "", "undefined", true
		}
		return "", v.String(), true
	}
	if n := o.Get("name"); n != nil && !goja.IsUndefined(n) {
		name = n.String()
	}
	if m := o.Get("message"); m != nil && !goja.IsUndefined(m) {
		return name, m.String(), false
	}
	if name == "" {
		return "", o.String(), true
	}
	return name, "", false
}

// frameText is a frame of the script itself, whose file has no name.
func frameText(function string, line, col int) string {
	if function == "" || function == "<anonymous>" {
		return fmt.Sprintf("at %d:%d", line, col)
	}
	return fmt.Sprintf("at %s %d:%d", function, line, col)
}
