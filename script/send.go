package script

import (
	"github.com/dop251/goja"
)

// makeSend is pm.sendRequest: with a callback it returns pm and calls back with error or answer, without one
// it returns a promise. The request is sent while the script goes on.
func (r *run) makeSend() goja.Value {
	s := r.Sandbox
	return s.env.Func("sendRequest", 2, func(call goja.FunctionCall) goja.Value {
		return s.cur.send(call.Argument(0), call.Argument(1))
	})
}

func (r *run) send(req, callback goja.Value) goja.Value {
	done, hasCallback := goja.AssertFunction(callback)
	if hasCallback {
		r.dispatch(req, func(answer *goja.Object, cookies, failure goja.Value) error {
			if failure != nil {
				_, err := done(r.pmObject(), r.failed(failure, answer)...)
				return err
			}
			history := r.vm.NewObject()
			_ = history.Set("cookies", cookies)
			_, err := done(r.pmObject(), goja.Null(), answer, history)
			return err
		})
		return r.pmObject()
	}
	p, resolve, reject := r.vm.NewPromise()
	r.dispatch(req, func(answer *goja.Object, _, failure goja.Value) error {
		if failure != nil {
			return reject(failure)
		}
		return resolve(answer)
	})
	return r.vm.ToValue(p)
}

// dispatch sends req from a goroutine of its own and calls finish on the loop.
func (r *run) dispatch(req goja.Value, finish func(answer *goja.Object, cookies, failure goja.Value) error) {
	loop := r.realm.Loop()
	if r.silent {
		return
	}
	sent, err := r.readRequest(req)
	loop.Begin()
	if err != nil {
		failure := r.thrownBy(err)
		loop.Post(func() error { return finish(nil, nil, failure) })
		return
	}
	r.stripFiles(sent)
	ctx, host := r.working(), r.host
	r.sending.Add(1)
	go func() {
		defer r.sending.Done()
		res, err := safeSend(ctx, host, sent)
		loop.Post(func() error {
			if err != nil {
				return finish(r.hollow(), nil, r.requestError(err))
			}
			return finish(r.responseObject(res), r.cookieList(res.Cookies), nil)
		})
	}()
}
