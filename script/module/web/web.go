package web

import (
	"github.com/dop251/goja"
	"posthaste/script/module/native"
)

func New(env *native.Env) goja.Value { return env.VM.NewObject() }
