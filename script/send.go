package script

import (
	"context"
	"sync"
	"time"

	"github.com/dop251/goja"
)

// makeSend is pm.sendRequest: with a callback it returns pm and calls back with error or answer, without one
// it returns a promise. The request is sent while the script goes on.
func (r *run) makeSend() goja.Value {
	s := r.instance
	return s.env.Func("sendRequest", 2, func(call goja.FunctionCall) goja.Value {
		return s.cur.send(call.Argument(0), call.Argument(1))
	})
}

// send is pm.sendRequest: with a callback it returns pm, without one a promise.
func (r *run) send(req, callback goja.Value) goja.Value {
	done, hasCallback := goja.AssertFunction(callback)
	if hasCallback {
		r.dispatch(req, func(answer *goja.Object, cookies, failure goja.Value) error {
			if failure != nil {
				_, err := done(r.pmObject(), failed(failure, answer)...)
				return err
			}
			history := r.instance.vm.NewObject()
			_ = history.Set("cookies", cookies)
			_, err := done(r.pmObject(), goja.Null(), answer, history)
			return err
		})
		return r.pmObject()
	}
	p, resolve, reject := r.instance.vm.NewPromise()
	r.dispatch(req, func(answer *goja.Object, _, failure goja.Value) error {
		if failure != nil {
			return reject(failure)
		}
		return resolve(answer)
	})
	return r.instance.vm.ToValue(p)
}

// dispatch sends req from a goroutine of its own and calls finish on the loop.
func (r *run) dispatch(req goja.Value, finish func(answer *goja.Object, cookies, failure goja.Value) error) {
	loop := r.instance.realm.Loop()
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
	if stripFiles(sent) {
		r.Warn("uploading files from scripts is not allowed")
	}
	ctx, host := r.working(), r.host
	sent.Hold = r.instance.realm.Account().Hold
	await := r.queue(sent)
	r.sending.Add(1)
	go func() {
		defer r.sending.Done()
		await(ctx)
		res, err := safeSend(ctx, host, sent)
		sent.Sent()
		loop.Post(func() error {
			if err != nil {
				return finish(r.hollow(), nil, r.requestError(err))
			}
			shown := *res
			if r.instance.opt.Compat {
				shown.Cookies = nil // newman: they are in the third argument only
			}
			return finish(r.instance.responseObject(&shown), r.instance.cookieList(res.Cookies), nil)
		})
	}()
}

// patience is how long a request waits for the one before it in the script to be on its way.
const patience = 100 * time.Millisecond

// queue has a request told when it is on its way, and returns what waits for the one before it. So the requests of a
// script go out in its order, as they do in newman, unless one of them finds its server slowly.
func (r *run) queue(req *Request) (await func(ctx context.Context)) {
	before, gone := r.last, make(chan struct{})
	r.last, req.Sent = gone, sync.OnceFunc(func() { close(gone) })
	return func(ctx context.Context) {
		if before == nil {
			return
		}
		waiting, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		select {
		case <-before:
		case <-waiting.Done():
		}
	}
}
