package moment

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// warn writes a deprecation to the console, unless the script does not want them. The setting
// must be false exactly, as in moment.
func (l *library) warn(text string) {
	if v := l.module.Get("suppressDeprecationWarnings"); isBool(v) && !v.ToBoolean() {
		l.warnAlways("Deprecation warning: " + text)
	}
}

// warnAlways writes to the script's console, if it has one.
func (l *library) warnAlways(text string) {
	console := l.vm.GlobalObject().Get("console")
	if l.env.Console != nil {
		console = l.env.Console()
	}
	if o := jsvalue.Object(console); o != nil {
		if f := o.Get("warn"); isFunction(f) {
			l.call(f, o, l.text(text))
		}
	}
}

// handled tells the script's own handler of deprecations, each time and not only once.
func (l *library) handled(name goja.Value, text string) {
	if f := l.module.Get("deprecationHandler"); !jsvalue.IsNullish(f) {
		l.call(f, l.module, name, l.text(text))
	}
}

// deprecateSimple warns once for a name in this runtime.
func (l *library) deprecateSimple(name, text string) {
	l.handled(l.text(name), text)
	if !l.said[name] {
		l.warn(text)
		l.said[name] = true
	}
}

// deprecated makes a member that warns at its first use, with the arguments and the stack. Its length is 0, as moment's is.
func deprecated(m member, text string) member {
	run, said := m.run, false
	m.length = 0
	m.run = func(l *library, this *goja.Object, a args) goja.Value {
		l.handled(goja.Null(), text)
		if !said {
			said = true
			l.warn(text + "\nArguments: " + l.told(a) + "\n" + l.str(l.env.NewError("Error", "").Get("stack")))
		}
		return run(l, this, a)
	}
	return m
}

// told are arguments as warnings show them: of an object what the first argument has in it,
// as in moment.
func (l *library) told(a args) string {
	var b strings.Builder
	for i, v := range a {
		if jsvalue.TypeOf(v) != "object" {
			b.WriteString(l.str(v))
			continue
		}
		text := "\n[" + l.str(l.vm.ToValue(i)) + "] "
		if !jsvalue.IsNullish(a[0]) { // a string has its characters
			entries(a[0].ToObject(l.vm), func(key string, v goja.Value) { text += key + ": " + l.str(v) + ", " })
		}
		b.WriteString(text[:max(len(text)-2, 0)])
	}
	return b.String()
}
