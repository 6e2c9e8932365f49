package buffer

import (
	"encoding/base64"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/lib/native"
)

// NewAtob makes atob as browsers have it: base64 to text of characters up to U+00FF. White
// space is skipped, padding may be missing; everything else that is no base64 throws a
// DOMException (infra.spec.whatwg.org, forgiving-base64 decode).
func NewAtob(env *native.Env) goja.Value {
	return env.Func("atob", 1, func(call goja.FunctionCall) goja.Value {
		need(env, call, "atob")
		text := strings.NewReplacer(" ", "", "\t", "", "\n", "", "\f", "", "\r", "").Replace(call.Argument(0).String())
		if len(text)%4 == 0 {
			text = strings.TrimSuffix(strings.TrimSuffix(text, "="), "=")
		}
		b, err := base64.RawStdEncoding.DecodeString(text)
		// Go reports a bad character and a bad length alike; the message distinguishes them.
		if strings.ContainsFunc(text, func(r rune) bool { return !inAlphabet(r) }) {
			invalid(env, "Invalid character")
		}
		if err != nil {
			invalid(env, "The string to be decoded is not correctly encoded.")
		}
		return env.Latin1(b)
	})
}

// NewBtoa makes btoa: text of characters up to U+00FF to base64. Other characters throw
// InvalidCharacterError, as in browsers.
func NewBtoa(env *native.Env) goja.Value {
	return env.Func("btoa", 1, func(call goja.FunctionCall) goja.Value {
		need(env, call, "btoa")
		units := native.UTF16(call.Argument(0).ToString())
		b := make([]byte, len(units))
		for i, u := range units {
			if u > 0xff {
				invalid(env, "Invalid character")
			}
			b[i] = byte(u)
		}
		return env.VM.ToValue(base64.StdEncoding.EncodeToString(b))
	})
}

// need throws Node's error for a call without an argument; undefined as an argument is a
// text.
func need(env *native.Env, call goja.FunctionCall, name string) {
	if len(call.Arguments) == 0 {
		env.ThrowCode("TypeError", "ERR_MISSING_ARGS", `The "`+name+`" argument must be specified`)
	}
}

// invalid throws a DOMException InvalidCharacterError. The class comes from the sandbox's own
// module, so that instanceof holds in scripts.
func invalid(env *native.Env, message string) {
	class := env.Require("#dom").ToObject(env.VM).Get("DOMException")
	err, failure := env.VM.New(class, env.VM.ToValue(message), env.VM.ToValue("InvalidCharacterError"))
	env.Check(failure)
	panic(err)
}

func inAlphabet(r rune) bool {
	return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '+' || r == '/'
}
