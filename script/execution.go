package script

import (
	"context"

	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/runner/event"
)

// makeExecution is pm.execution. skipRequest is there in prerequest scripts alone.
func (r *run) makeExecution() goja.Value {
	o := r.instance.vm.NewObject()
	r.instance.readOnly(o, "setNextRequest", r.instance.kept("pm.setNextRequest", r.makeSetNext))
	if r.call.Listen == "prerequest" {
		r.instance.readOnly(o, "skipRequest", r.instance.kept("pm.skipRequest", r.makeSkip))
	}
	names := make([]any, len(r.call.Location))
	for i, name := range r.call.Location {
		names[i] = name
	}
	location := r.instance.vm.NewArray(names...)
	_ = location.DefineDataProperty("current", r.instance.vm.ToValue(r.call.Current), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	r.instance.readOnly(o, "location", location)
	r.instance.readOnly(o, "runRequest", r.instance.kept("pm.runRequest", r.makeRunRequest))
	return o
}

// makeSetNext is setNextRequest: the last call counts, null ends the iteration, undefined is ignored.
func (r *run) makeSetNext() goja.Value {
	s := r.instance
	return s.env.Func("setNextRequest", 1, func(call goja.FunctionCall) goja.Value {
		s.cur.SetNext(call.Argument(0))
		return goja.Undefined()
	})
}

// SetNext is setNextRequest: what is called last counts.
func (r *run) SetNext(v goja.Value) {
	switch {
	case goja.IsUndefined(v):
		r.result.Next = nil
	case goja.IsNull(v):
		r.result.Next = &event.Next{Null: true}
	default:
		r.result.Next = &event.Next{Name: v.String()}
	}
}

// makeSkip is skipRequest. The text after the call still runs, but what it says is dropped, and nothing it
// leaves for later will run (newman).
func (r *run) makeSkip() goja.Value {
	s := r.instance
	return s.env.Func("skipRequest", 0, func(goja.FunctionCall) goja.Value {
		s.cur.result.Skip = true
		s.cur.silent = true
		s.realm.Stop()
		return goja.Undefined()
	})
}

// makeRunRequest is pm.execution.runRequest: a promise of the response to a request of the collection, null when
// a script skipped it.
func (r *run) makeRunRequest() goja.Value {
	s := r.instance
	return s.env.Func("runRequest", 2, func(call goja.FunctionCall) goja.Value {
		id := call.Argument(0)
		runner, ok := s.cur.host.(RequestRunner)
		switch {
		case !id.ToBoolean():
			return s.rejected(s.env.NewError("Error", "runRequest: collection request id not provided"))
		case !ok:
			text := "runRequest: not supported here; use pm.execution.setNextRequest or pm.sendRequest"
			return s.rejected(s.env.NewError("Error", text))
		}
		s.cur.scopes.WriteBack() // the request begins with what the script has made of its variables so far
		nestedRequest, err := runner.PlanRequest(id.String(), s.cur.givenVariables(call.Argument(1)))
		if err != nil {
			return s.rejected(s.env.NewError("Error", err.Error()))
		}
		return s.cur.later(func(ctx context.Context) (func() goja.Value, error) {
			res, err := nestedRequest.Run(ctx)
			return func() goja.Value {
				nestedRequest.Settle()
				s.cur.scopes.Forget() // it may have set what this script set before
				switch {
				case err != nil:
					panic(s.cur.requestError(err))
				case res == nil:
					return goja.Null()
				}
				return s.responseObject(res)
			}, nil
		})
	})
}

// givenVariables reads the variables of runRequest's options.
func (r *run) givenVariables(options goja.Value) (list []collection.Variable) {
	o, ok := options.(*goja.Object)
	if !ok {
		return nil
	}
	given, ok := o.Get("variables").(*goja.Object)
	if !ok {
		return nil
	}
	for _, key := range given.Keys() {
		value, _ := r.instance.class.FromScript(given.Get(key))
		list = append(list, collection.Variable{Key: key, Value: value})
	}
	return list
}
