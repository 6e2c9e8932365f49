package script

import (
	"context"
	"fmt"

	"github.com/dop251/goja"
)

// later runs work in a goroutine of its own and returns a promise of what show makes of it on the script's; what show
// throws rejects it. The script does not end before work does.
func (r *run) later(work func(ctx context.Context) (show func() goja.Value, err error)) goja.Value {
	p, resolve, reject := r.instance.vm.NewPromise()
	if r.silent {
		return r.instance.vm.ToValue(p)
	}
	loop, ctx := r.instance.realm.Loop(), r.working()
	loop.Begin()
	r.sending.Add(1)
	go func() {
		defer r.sending.Done()
		show, err := guarded(ctx, work)
		loop.Post(func() error {
			if err != nil {
				return reject(r.instance.env.NewError("Error", err.Error()))
			}
			var shown goja.Value
			if thrown := r.instance.vm.Try(func() { shown = show() }); thrown != nil {
				return reject(thrown.Value())
			}
			return resolve(shown)
		})
	}()
	return r.instance.vm.ToValue(p)
}

// working is the context of what the script has others do: it ends when the script does or is given up.
func (r *run) working() context.Context {
	if r.work != nil {
		return r.work
	}
	r.work, r.endWork = context.WithCancel(r.ctx)
	s := r.instance
	s.endMu.Lock()
	s.endWork = r.endWork
	s.endMu.Unlock()
	if s.left.Load() { // giveUp may have come before
		r.endWork()
	}
	return r.work
}

// guarded calls work so that a panic there becomes its error.
func guarded(ctx context.Context, work func(context.Context) (func() goja.Value, error)) (show func() goja.Value, err error) {
	defer func() {
		if x := recover(); x != nil {
			show, err = nil, fmt.Errorf("internal error: %v", x)
		}
	}()
	return work(ctx)
}
