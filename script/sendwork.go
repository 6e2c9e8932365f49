package script

import (
	"context"
	"errors"
	"fmt"

	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/runner/event"
)

// safeSend calls the host so that a panic there becomes the request's error.
func safeSend(ctx context.Context, host Host, req *Request) (res *Response, err error) {
	defer func() {
		if x := recover(); x != nil {
			res, err = nil, fmt.Errorf("sending the request: %v", x)
		}
	}()
	if err := ctx.Err(); err != nil { // the script has ended: nobody waits
		return nil, err
	}
	if req.Hold != nil {
		if err := req.Hold(copiesOfBody * sizeOfBody(req.Body)); err != nil {
			return nil, err
		}
	}
	res, err = host.Send(ctx, req)
	if err == nil && res == nil {
		err = errors.New("sending the request: no answer")
	}
	return res, err
}

// copiesOfBody is how many copies of a request's body exist while it is sent: as text, as bytes, as reports show it.
const copiesOfBody = 3

// sizeOfBody is about how many bytes the texts of a body take.
func sizeOfBody(b *collection.Body) (n int64) {
	if b == nil {
		return 0
	}
	n = int64(len(b.Raw))
	if b.GraphQL != nil {
		n += int64(len(b.GraphQL.Query) + len(b.GraphQL.Variables.String()))
	}
	for _, p := range b.URLEncoded {
		n += int64(len(p.Key) + len(p.Value.String()))
	}
	for _, p := range b.FormData {
		n += int64(len(p.Key) + len(p.Value.String()))
	}
	return n
}

// stripFiles takes files out of a request, since scripts may not read them (newman). It says whether there were any.
func stripFiles(req *Request) (stripped bool) {
	b := req.Body
	if b == nil {
		return false
	}
	switch b.Mode {
	case "file":
		stripped = b.File != nil && !b.File.HasContent
		if stripped {
			req.Body = nil
		}
	case "formdata":
		var kept []collection.FormParam
		for _, p := range b.FormData {
			if p.Type == "file" {
				stripped = true
				continue
			}
			kept = append(kept, p)
		}
		without := *b
		without.FormData = kept
		req.Body = &without
	}
	return stripped
}

// A systemFailure is an error of Host.Send that knows what the system said.
type systemFailure interface{ Failure() *event.Error }

// requestError shows a failed request to scripts: an Error with message and, where known, code.
func (r *run) requestError(err error) goja.Value {
	var failed systemFailure
	known := errors.As(err, &failed) && failed.Failure().Code != ""
	if r.instance.opt.Compat {
		if !known {
			return r.instance.vm.NewObject()
		}
		return r.systemError(failed.Failure())
	}
	o := r.instance.env.NewError("Error", err.Error())
	if known {
		_ = o.Set("code", failed.Failure().Code)
	}
	return o
}

// systemError is what newman gives for a failed request: a plain object with the fields that the system's
// error had, without a message.
func (r *run) systemError(e *event.Error) goja.Value {
	o := r.instance.vm.NewObject()
	set := func(name string, value any, given bool) {
		if given {
			_ = o.Set(name, value)
		}
	}
	place := "address"
	if e.Syscall == "getaddrinfo" {
		place = "hostname"
	}
	set("errno", e.Errno, e.Errno != 0)
	set("code", e.Code, true)
	set("syscall", e.Syscall, e.Syscall != "")
	set(place, e.Address, e.Address != "")
	set("port", e.Port, e.Port != 0)
	return o
}

// hollow is the response that newman gives beside an error, nil for what newer Postman does.
func (r *run) hollow() *goja.Object {
	if !r.instance.opt.Compat {
		return nil
	}
	o := r.instance.responseObject(&Response{})
	_ = o.Delete("to") // pm.response alone has it
	return o
}

// failed is what a callback is given for a request that failed.
func failed(failure goja.Value, hollow *goja.Object) []goja.Value {
	if hollow == nil {
		return []goja.Value{failure}
	}
	return []goja.Value{failure, hollow}
}

// thrownBy is the JavaScript value of an error: what was thrown, or an Error with its text.
func (r *run) thrownBy(err error) goja.Value {
	var exception *goja.Exception
	if errors.As(err, &exception) {
		return exception.Value()
	}
	return r.instance.env.NewError("Error", err.Error())
}
