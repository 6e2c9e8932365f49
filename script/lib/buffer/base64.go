package buffer

import (
	"encoding/base64"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/lib/native"
)

// NewAtob makes atob as browsers have it: strict about what is no base64.
func NewAtob(env *native.Env) goja.Value {
	return env.Func("atob", 1, func(call goja.FunctionCall) goja.Value {
		need(env, call, "atob")
		text := strings.NewReplacer(" ", "", "\t", "", "\n", "", "\f", "", "\r", "").Replace(call.Argument(0).String())
		if len(text)%4 == 0 {
			text = strings.TrimSuffix(strings.TrimSuffix(text, "="), "=")
		}
		b, err := base64.RawStdEncoding.DecodeString(text)
		if strings.ContainsFunc(text, func(r rune) bool { return !inAlphabet(r) }) {
			invalid(env, "Invalid character")
		}
		if err != nil {
			invalid(env, "The string to be decoded is not correctly encoded.")
		}
		return env.Latin1(b)
	})
}

// NewBtoa makes btoa: text of characters up to U+00FF to base64.
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

func need(env *native.Env, call goja.FunctionCall, name string) {
	if len(call.Arguments) == 0 {
		env.ThrowCode("TypeError", "ERR_MISSING_ARGS", `The "`+name+`" argument must be specified`)
	}
}

// invalid throws a DOMException InvalidCharacterError.
func invalid(env *native.Env, message string) {
	class := env.Require("#dom").ToObject(env.VM).Get("DOMException")
	err, failure := env.VM.New(class, env.VM.ToValue(message), env.VM.ToValue("InvalidCharacterError"))
	env.Check(failure)
	panic(err)
}

func inAlphabet(r rune) bool {
	return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '+' || r == '/'
}
