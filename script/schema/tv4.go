package schema

import "github.com/dop251/goja"

func (l *Library) newTV4() *goja.Object { return l.vm.NewObject() }
