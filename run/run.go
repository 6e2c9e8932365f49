// Package run runs a collection from a Go program.
//
// It is the library form of `posthaste run`: the same requests go out, the same scripts run, and secrets are masked in
// everything that leaves it. File runs a collection from a file, Collection one that is in memory. A program that wants
// to answer the requests itself gives a RoundTripper, such as the one that Handler makes:
//
//	result, err := run.File(ctx, "orders.postman_collection.json", run.Options{
//		Variables: map[string]string{"base_url": "http://orders.test"},
//		Transport: run.Handler(newOrders()),
//	})
//	if err == nil {
//		err = result.Err()
//	}
//
// Package runtest makes a Go test of a run, with a subtest for each request. Everything that this package needs and does
// not hide (events, sums, the model of collections) is exported too: see packages event and collection.
//
// The names in this package and in runtest stay. Members may be added to Options and Result, so write their literals with
// names.
package run

import (
	"context"
	"errors"
	"io"
	"time"

	"posthaste/collection"
	"posthaste/internal/redact"
	"posthaste/runner"
	"posthaste/runner/event"
)

// maxResponse is how many bytes a response may have, as under `posthaste run`.
const maxResponse = 1_000_000_000

// File reads a collection and runs it: a file of format 2.1, 2.0 or 1, a directory of format 3, or a folder or request
// in one.
//
// A failed assertion, script or request is no error of File: Result.Err tells of it. The error says why nothing ran (a
// file that cannot be read, with file, line and column; an option that makes no sense), or which report could not be
// written; with the latter there is a Result.
func File(ctx context.Context, path string, opt Options) (*Result, error) {
	c, err := readCollection(path)
	if err != nil {
		return nil, err
	}
	return Collection(ctx, c, opt)
}

// Collection runs a collection that was read already. It is not changed, and several runs may share it.
func Collection(ctx context.Context, c *collection.Collection, opt Options) (*Result, error) {
	r := &Result{}
	if opt.Now == nil {
		opt.Now = time.Now //nolint:forbidigo // the default of an option that a caller may set
	}
	if !opt.ShowSecrets {
		r.secrets = &redact.Set{}
	}
	options, closer, err := opt.options(c, r.secrets)
	if closer != nil {
		defer closer.Close()
	}
	if err != nil {
		return nil, err
	}
	out, err := opt.open(r.secrets)
	if err != nil {
		return nil, err
	}
	defer out.discard()
	options.Bodies, options.Documents = out.bodies, out.documents
	if opt.Events != nil {
		options.Bodies = max(options.Bodies, opt.bodies())
	}
	options.Sink = func(e event.Masked) error {
		if opt.Events != nil {
			if err := opt.Events(e); err != nil {
				return err
			}
		}
		return out.report(e)
	}
	left, err := runner.Run(ctx, options)
	if err != nil {
		return nil, errors.New(r.Mask("running " + c.Name + ": " + err.Error()))
	}
	r.Summary, r.Environment, r.Globals, r.CollectionVariables = left.Summary, left.Environment, left.Globals, left.CollectionVariables
	return r, out.finish()
}

// options are the runner's. The closer, where there is one, is for when the run is over.
func (o *Options) options(c *collection.Collection, secrets *redact.Set) (runner.Options, io.Closer, error) {
	opt := runner.Options{
		Collection: c, Iterations: o.Iterations, Folders: o.Folders,
		Bail: runner.Bail{Failure: o.Bail}, Parallel: runner.Parallel{Workers: o.Parallel},
		Delay: o.Delay, Timeout: o.Timeout, ScriptTimeout: o.ScriptTimeout,
		Strict: o.Strict, SecretNames: o.SecretNames, Packages: o.Packages, Now: o.Now,
		Network: runner.Network{
			Timeout: o.RequestTimeout, UserAgent: "Posthaste", Proxy: o.Proxy, MaxResponse: maxResponse,
			Insecure: o.Insecure, RoundTripper: o.Transport,
		},
	}
	if secrets != nil {
		opt.Secrets = secrets
	}
	if o.Files != nil {
		opt.Network.Files = files{o.Files}
	}
	if err := o.guard(&opt); err != nil {
		return opt, nil, err
	}
	var err error
	if opt.Environment, err = readScope("environment", o.Environment); err != nil {
		return opt, nil, err
	}
	set(opt.Environment, o.Variables)
	if opt.Globals, err = readScope("globals", o.Globals); err != nil {
		return opt, nil, err
	}
	if o.Data == "" {
		return opt, nil, nil
	}
	rows, closer, err := readData(o.Data)
	opt.Data = rows
	return opt, closer, err
}
