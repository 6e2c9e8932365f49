package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/dop251/goja"

	"posthaste/script/engine/failure"
	"posthaste/script/engine/jsontext"
	"posthaste/script/engine/loop"
	"posthaste/script/engine/message"
	"posthaste/script/quota"
)

// Options says what a realm takes from outside. The zero Options is ready: the machine's
// clock and randomness, a cache of its own, the default memory limit.
type Options struct {
	Now      func() time.Time // what Date shows
	Rand     io.Reader        // where Math.random comes from; nil leaves the engine's own
	Clock    loop.Clock       // what timers wait by
	Cache    *Cache
	Polyfill Polyfill
	Lazy     int                    // JSON texts of so many bytes have their large parts made when they are looked into; 0 is 32 KiB, below 0 is never
	Locales  func(vm *goja.Runtime) // defines Intl and what follows a locale; nil leaves the engine's own
	Memory   int64                  // how many bytes the heap may grow during a script; 0 is 1 GiB, below 0 is no limit
	Watch    *quota.Watch           // of that; nil is one of the realm's own
	// Evaluating is called with each text that a script gives to eval or Function, before it is compiled.
	Evaluating func(Evaluated)
	// Host gives the value that a name of the sandbox has in the script that runs, undefined for other names.
	Host func(name string) goja.Value
}

// An Evaluated is a text that a script gives to eval or Function.
type Evaluated struct {
	Text     string
	Direct   bool     // by a call of eval by that name, whose text sees the names around the call
	Declares []string // the global variables and functions that an indirect eval makes
}

// A Polyfill is a program that a realm runs once, before the first script that mentions one
// of the words. Most scripts mention none, and running it takes longer than they do.
type Polyfill struct {
	Source string
	Words  []string
}

// A Realm is one JavaScript world with its global object. It runs one script at a time and
// keeps what scripts leave on the global object.
type Realm struct {
	VM    *goja.Runtime
	Cache *Cache

	clock     loop.Clock
	memory    int64
	watching  *quota.Watch
	account   *quota.Account // of the script that runs or ran last
	polyfill  Polyfill
	filled    bool
	bounds    bounds
	json      jsontext.Maker
	functions map[*Script]function // of scripts that ran before
	args      []goja.Value         // room for those of a script
	exec      goja.Value           // of regular expressions that backtrack
	flagged   *flagged             // the regular expression that is being made, where its flags are newer than the engine
	allocated float64              // bytes of buffers that the running script has asked for
	rejected  loop.Rejections
	loop      *loop.Loop
	stopped   bool
	running   *Script     // whose errors are worded
	halted    atomic.Bool // the running script was interrupted
}

// New returns a realm without a trace of the host: no file, no network, no process. What
// scripts may use is put in by the sandbox.
func New(o Options) *Realm {
	r := &Realm{VM: goja.New(), Cache: o.Cache, clock: o.Clock.Filled(), memory: o.Memory, polyfill: o.Polyfill}
	if r.Cache == nil {
		r.Cache = NewCache()
	}
	if r.memory == 0 {
		r.memory = 1 << 30
	}
	if r.watching = o.Watch; r.watching == nil {
		r.watching = &quota.Watch{}
	}
	r.VM.SetMaxCallStackSize(maxCallStack)
	r.VM.SetPromiseRejectionTracker(r.rejected.Track)
	if o.Now != nil {
		r.VM.SetTimeSource(o.Now)
	}
	if o.Rand != nil {
		r.VM.SetRandSource(randomFloat(o.Rand))
	}
	limitRegexps()
	r.loop = loop.New(r.clock)
	r.json = jsontext.NewMaker(r.VM, o.Lazy)
	r.bounds.evaluating, r.bounds.host = o.Evaluating, o.Host
	r.bounds.newer, r.bounds.depths = &r.Cache.newer, newDepthReader(r.VM)
	r.install()
	if o.Locales != nil {
		o.Locales(r.VM)
	}
	return r
}

// A Job is one run of a script in a realm. Its functions are called on Run's goroutine, but
// for Halted.
type Job struct {
	Script  *Script
	This    goja.Value
	Args    []goja.Value  // one for each of Script.Names
	Timeout time.Duration // 0 is no limit

	// Halted is called, from any goroutine, when a limit has told the script to stop. May be nil.
	Halted func()
	// Ends says that Halted ends the context that Run was given, so that Run needs none of its own.
	Ends bool
	// Settled is called when the script's own text has come to its end, with the error that ended it.
	Settled func(f *failure.Fault)
	// Exception is called for errors outside that text: in timers, completions and unhandled promises.
	Exception func(f *failure.Fault)
}

// Loop is the event loop of the script that runs now.
func (r *Realm) Loop() *loop.Loop { return r.loop }

// Stop ends the running script once the text that runs now returns: nothing it left for later
// will run. It is for pm.execution.skipRequest.
func (r *Realm) Stop() { r.stopped = true }

// Stopped says whether a limit has ended the running script. Go code that works for long asks it, because
// the engine cannot break into it.
func (r *Realm) Stopped() bool { return r.halted.Load() }

// Run runs a script until nothing is left to do. It returns the fault of a limit that ended
// it: time, memory, stack, cancellation, or a wait that could never end. All else goes to the
// Job's functions.
func (r *Realm) Run(ctx context.Context, job Job) (fault *failure.Fault) {
	outer := ctx
	if job.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, job.Timeout)
		defer cancel()
	}
	told := job.Halted
	if !job.Ends {
		var cancel context.CancelFunc
		ctx, cancel = context.WithCancel(ctx)
		defer cancel()
		told = func() {
			cancel() // also what it waits for
			if job.Halted != nil {
				job.Halted()
			}
		}
	}
	x := &execution{Realm: r, job: job, ctx: ctx, outer: outer, phase: "synchronous"}
	x.guard.watch(ctx, r, told)
	defer x.guard.end()
	r.halted.Store(false)
	r.running = job.Script
	r.loop, r.stopped, r.allocated = r.loop.Next(), false, 0
	r.loop.Account = r.account
	defer r.loop.Close()
	defer func() { r.json.Last = nil }() // the response is not kept for it
	defer func() {
		if x := recover(); x != nil {
			fault = &failure.Fault{Name: "InternalError", Message: fmt.Sprintf("the script broke the sandbox: %v", x)}
		}
	}()
	return x.run()
}

// execution is the state of one Run. phase is newman's word for the timeout's message.
type execution struct {
	*Realm
	job        Job
	ctx, outer context.Context
	guard      guard
	main       *goja.Promise
	settled    bool
	phase      string
	limit      *failure.Fault
}

// run runs a script, then its timers and promises, until nothing is left or a limit ends it.
func (x *execution) run() *failure.Fault {
	if err := x.ctx.Err(); err != nil {
		return x.expired()
	}
	x.guard.account.Work(true)
	v, err := x.start()
	x.guard.account.Work(false)
	if err != nil {
		f := x.failure(err)
		if f.Limit != "" {
			return x.explain(f)
		}
		x.settled = true
		x.job.Settled(f)
	} else {
		x.returned(v)
	}
	x.afterWork()
	x.phase = "asynchronous"
	for x.limit == nil && !x.stopped {
		if x.guard.broke() != "" {
			return x.expired()
		}
		// Nothing waits any more, so a promise that is still open stays so.
		if x.loop.Idle() {
			if x.settled {
				return nil
			}
			return &failure.Fault{Name: "Error", Message: "script never finished: it awaits a promise that nothing can settle"}
		}
		if err := x.loop.Turn(x.ctx, x.work); err != nil {
			return x.expired()
		}
	}
	return x.limit
}

// failure is the Fault of what the script's function threw. A script that may await would
// have told it by its promise, with no more about its place than the thrown value itself
// says.
func (x *execution) failure(err error) *failure.Fault {
	ex, ok := err.(*goja.Exception) //nolint:errorlint // goja returns it bare
	if !ok || x.job.Script.waits {
		return x.Fault(x.job.Script, err)
	}
	if limit := x.guard.broke(); limit != "" { // Go code that noticed threw something to end the script
		f := &failure.Fault{Limit: limit}
		x.place(f, x.job.Script, ex.Stack())
		return f
	}
	return x.Thrown(x.job.Script, ex.Value())
}

// returned notes what the script's function gave: its promise, or the value that a return at
// the top level left, which is waited for as a promise would wait for it.
func (x *execution) returned(v goja.Value) {
	_, isObject := v.(*goja.Object)
	switch {
	case x.job.Script.waits:
		x.main, _ = v.Export().(*goja.Promise)
	case isObject:
		p, resolve, _ := x.VM.NewPromise()
		_ = resolve(v)
		x.main = p
	default:
		x.settled = true
		x.job.Settled(nil)
	}
}

// fill runs the polyfill before the first script that mentions one of its words. A polyfill
// that fails is not tried again.
func (r *Realm) fill(s *Script) error {
	if r.filled || !s.mentionsAny(r.polyfill.Words) {
		return nil
	}
	r.filled = true
	program, err := r.Cache.program("polyfill.js", r.polyfill.Source)
	if err == nil {
		_, err = r.VM.RunProgram(program.prog)
	}
	return err
}

// RunFile runs a file of a package. hosts are the values of its Names; module is an object
// with exports. The error is what the file threw.
func (r *Realm) RunFile(file *Script, hosts []goja.Value, module *goja.Object, require goja.Value, name, folder string) error {
	if err := r.fill(file); err != nil {
		return err
	}
	v, err := r.VM.RunProgram(file.prog)
	if err != nil {
		return err
	}
	fn, ok := goja.AssertFunction(v)
	if !ok {
		return errors.New("the file is no module")
	}
	args := append(r.bounds.values(file.inner), hosts...)
	exports := module.Get("exports")
	_, err = fn(exports, append(args, exports, require, module, r.VM.ToValue(name), r.VM.ToValue(folder))...)
	return err
}

// maxFunctions is how many scripts a realm keeps the functions of; beyond it, it forgets all
// and begins again.
const maxFunctions = 1000

// A function is what a script is in a realm, with the guards that it is given before its hosts.
type function struct {
	call   goja.Callable
	guards []goja.Value
}

// function returns the function that a script is in this realm. No script can reach its own,
// so one serves all its runs.
func (r *Realm) function(s *Script) (function, error) {
	if fn, ok := r.functions[s]; ok {
		return fn, nil
	}
	v, err := r.VM.RunProgram(s.prog)
	if err != nil {
		return function{}, err
	}
	call, ok := goja.AssertFunction(v)
	if !ok {
		return function{}, errors.New("the script is no function")
	}
	if r.functions == nil || len(r.functions) >= maxFunctions {
		r.functions = map[*Script]function{}
	}
	fn := function{call, r.bounds.values(s.inner)}
	r.functions[s] = fn
	return fn, nil
}

// start calls the script's function and returns what it gives. The arguments are the guards
// it needs, then the hosts.
func (x *execution) start() (goja.Value, error) {
	if err := x.fill(x.job.Script); err != nil {
		return nil, err
	}
	fn, err := x.function(x.job.Script)
	if err != nil {
		return nil, err
	}
	x.bounds.begin()
	args := append(append(x.args[:0], fn.guards...), x.job.Args...)
	x.args = args // the engine copies them
	defer clear(args)
	return fn.call(x.job.This, args...)
}

// work runs one piece of the loop's work: a timer, a completion. An error in it is an
// exception of the script, not its end.
func (x *execution) work(fn func() error) {
	if x.limit != nil || x.stopped || x.guard.broke() != "" {
		return
	}
	x.guard.account.Work(true)
	err := fn()
	x.guard.account.Work(false)
	if err != nil {
		f := x.Fault(x.job.Script, err)
		if f.Limit != "" {
			x.limit = x.explain(f)
			return
		}
		x.job.Exception(f)
	}
	x.afterWork()
}

// afterWork reports what a piece of work settled or left unhandled. Promises that are
// rejected and handled later in the same piece are not reported.
func (x *execution) afterWork() {
	if !x.settled && x.main != nil && x.main.State() != goja.PromiseStatePending {
		x.settled = true
		var f *failure.Fault
		if x.main.State() == goja.PromiseStateRejected {
			f = x.Thrown(x.job.Script, x.main.Result())
		}
		x.job.Settled(f)
	}
	for _, p := range x.rejected.Take(x.main) {
		x.job.Exception(x.Thrown(x.job.Script, p.Result()))
	}
}

// expired is the fault of a context that ended while the script waited.
func (x *execution) expired() *failure.Fault {
	return x.explain(&failure.Fault{Limit: cmp.Or(x.guard.broke(), "timeout")})
}

// explain words the fault of a limit (newman: the two timeout texts). A context that was
// cancelled from outside is no timeout.
func (x *execution) explain(f *failure.Fault) *failure.Fault {
	if f.Limit == "timeout" && x.outer.Err() != nil && !errors.Is(x.outer.Err(), context.DeadlineExceeded) {
		f.Limit = "canceled"
	}
	switch f.Limit {
	case "timeout":
		f.Name, f.Message = "Error", "sandbox: "+x.phase+" script execution timeout"
	case "canceled":
		f.Name, f.Message = "Error", "sandbox: the run was cancelled"
	case "memory":
		f.Name, f.Message = "RangeError", "sandbox: script used too much memory"
	}
	return f
}

// Fault turns an error of the engine into a Fault placed in script, which may be nil. Limit
// is set when the error ended the script for good.
func (r *Realm) Fault(script *Script, err error) *failure.Fault {
	var exception *goja.Exception
	if errors.As(err, &exception) {
		f := r.Thrown(script, exception.Value())
		if frames := exception.Stack(); len(frames) > 0 {
			r.place(f, script, frames)
		}
		return f
	}
	var stop *goja.InterruptedError
	if errors.As(err, &stop) {
		limit := "timeout"
		if v, ok := stop.Value().(interrupted); ok {
			limit = v.limit
		}
		f := &failure.Fault{Limit: limit}
		r.place(f, script, stop.Stack())
		return f
	}
	var overflow *goja.StackOverflowError
	if errors.As(err, &overflow) {
		f := &failure.Fault{Name: "RangeError", Message: "Maximum call stack size exceeded", Limit: "stack"}
		r.place(f, script, overflow.Stack())
		return f
	}
	var fault *failure.Fault
	if errors.As(err, &fault) {
		return fault
	}
	return &failure.Fault{Name: "Error", Message: err.Error()}
}

// Thrown turns a thrown value into a Fault, with the place that an Error's stack names. A
// script may throw anything, also an object whose getters throw.
func (r *Realm) Thrown(script *Script, v goja.Value) *failure.Fault {
	f := &failure.Fault{Value: v}
	stack := ""
	ex := r.VM.Try(func() {
		f.Name, f.Message, f.Bare = describe(v)
		if o, ok := v.(*goja.Object); ok {
			if s := o.Get("stack"); s != nil && goja.IsString(s) {
				stack = s.String()
			}
		}
	})
	if ex != nil {
		f.Name, f.Message = "Error", "the thrown value cannot be shown"
	}
	if script != nil {
		r.placeText(f, script, stack)
	}
	if f.Name != "" {
		f.Message = message.Text(f.Message)
	}
	return f
}

// RunModule runs a library and returns its exports. args are its console, setTimeout and
// clearTimeout. It runs in the realm itself, so it sees the realm's own Array and Object.
func (r *Realm) RunModule(library *Script, require goja.Value, args ...goja.Value) (goja.Value, error) {
	v, err := r.VM.RunProgram(library.prog)
	if err != nil {
		return nil, err
	}
	fn, ok := goja.AssertFunction(v)
	if !ok {
		return nil, errors.New("the library is no module")
	}
	exports, module := r.VM.NewObject(), r.VM.NewObject()
	_ = module.Set("exports", exports)
	if _, err := fn(exports, append([]goja.Value{exports, require, module, r.VM.GlobalObject()}, args...)...); err != nil {
		return nil, err
	}
	return module.Get("exports"), nil
}
