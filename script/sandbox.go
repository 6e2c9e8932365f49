package script

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/dop251/goja"

	"posthaste/runner/event"
	"posthaste/script/console"
	"posthaste/script/engine"
	"posthaste/script/engine/failure"
	"posthaste/script/engine/loop"
	"posthaste/script/intl"
	"posthaste/script/js"
	"posthaste/script/legacy"
	"posthaste/script/lib"
	"posthaste/script/lib/chai"
	"posthaste/script/lib/schema"
	"posthaste/script/lib/sdk"
	"posthaste/script/packages"
	"posthaste/script/sugar"
	"posthaste/script/variables"
)

// An instance is one JavaScript realm with all that the sandbox puts into it. It runs one script at a time.
type instance struct {
	opt     Options
	realm   *engine.Realm
	vm      *goja.Runtime
	env     *lib.Env
	modules *lib.Set
	cur     *run // the script that runs; nil between scripts

	names     map[string]map[string]bool // the host names of each variant, see variant
	exposed   map[string]bool            // host names that evaluated text sees on the global object, see evaluating
	pmProto   *goja.Object
	thisProto *goja.Object
	class     *variables.Class
	console   *console.Console
	plainPMs  []plainPM
	info      *goja.Object          // see sharedInfo
	args      []goja.Value          // room for those of a script
	parts     map[string]goja.Value // what is made once and kept: timers, console, pm.test …
	stringify goja.Callable
	chai      *chai.Chai
	sdk       *sdk.SDK
	schema    *schema.Library
	packages  *packages.Library
	left      atomic.Bool     // its script was given up: what that still does is not heard
	stopped   *atomic.Bool    // the script's own text does not run any more; apart, since a timer may outlive the instance
	launch    *launch         // of the script that runs or ran last
	halted    func()          // to be called when a limit has told the running script to stop
	limited   context.Context // ends when the running script has to, by halted too

	fullResponse           func() *goja.Object    // pm.response of the script that runs
	onSettled, onException func(f *failure.Fault) // call those of the script that runs

	endMu   sync.Mutex
	endWork context.CancelFunc // ends what the last script that had others do something has them do; nil before
}

// prepare builds the realm before its first script: what belongs to the host looks at the engine's own
// functions now, before a script can patch them.
func (s *instance) prepare() {
	o := s.opt
	s.parts = map[string]goja.Value{}
	s.realm = engine.New(engine.Options{
		Now: o.Now, Rand: o.Rand, Cache: o.Cache.programs, Memory: o.Memory, Watch: o.Watch, Lazy: o.lazy,
		Polyfill: engine.Polyfill{Source: js.Polyfill(), Words: js.Wanted()},
		Clock:    loop.Clock{Now: o.Clock.Now, After: o.Clock.After}, Evaluating: s.evaluating, Host: s.host,
		Locales: func(vm *goja.Runtime) { intl.Install(vm, o.Now) },
	})
	s.vm = s.realm.VM
	s.onSettled = func(f *failure.Fault) { s.cur.settled(f) }
	s.halted = func() { s.launch.halt() }
	s.fullResponse = func() *goja.Object { return s.cur.Response().ToObject(s.vm) }
	s.onException = func(f *failure.Fault) { s.cur.exception(f) }
	s.env = &lib.Env{VM: s.vm, Rand: o.Rand, Now: o.Now, JSON: s.vm.Get("JSON"), Stopped: s.realm.Stopped}
	s.modules = lib.New(s.env, s)
	s.stringify, _ = goja.AssertFunction(s.vm.Get("JSON").ToObject(s.vm).Get("stringify"))
	if o.Packages != nil {
		s.packages = packages.New(o.Packages)
	}
	s.class = variables.NewClass(variables.Options{
		Env: s.env, Stringify: s.stringify, Rethrow: s.realm.Rethrow, Compat: o.Compat, AsList: s.asList, Current: s.currentScopes,
		Tracker: s.newTracker,
	})
	s.console = console.New(s.env, s.realm.Rethrow, o.Compat)
	s.env.Console = func() goja.Value { return s.kept("console", s.makeConsole) }
	s.names = hostNames()
	s.setupTimers()
	s.installGlobals()
	s.console.InstallErrorJSON()
	s.installLibraries()
	sugar.Install(s.env)
}

// A run is one script at work.
type run struct {
	sending  sync.WaitGroup // requests under way
	instance *instance
	ctx      context.Context    // ends when the script has to
	work     context.Context    // ends with the script; made by working
	endWork  context.CancelFunc // nil before
	host     Host
	call     *Call
	script   *engine.Script
	result   *Result

	pm           *goja.Object
	requestShown *goja.Object      // pm.request, once it was read
	parts        [parts]goja.Value // what scripts share within this run
	last         chan struct{}     // closed when the request that the script sent last is on its way
	scopes       variables.Scopes
	globals      *legacy.Globals // nil before a script names one
	index        int             // assertions so far
	reported     int             // of tests["…"]
	open         map[int]*openTest
	silent       bool                    // skipRequest was called: nothing more is heard
	files        map[string]*goja.Object // files of packages that were loaded, by path
	assigned     map[string]goja.Value   // what evaluated text has set exposed names to
}

// start runs a script on the goroutine it is called from. The first builds the realm.
func (s *instance) start(ctx context.Context, host Host, call *Call) *Result {
	if s.realm == nil {
		s.prepare()
	}
	r := &run{instance: s, ctx: ctx, host: host, call: call, result: &Result{}}
	r.scopes = s.class.Scopes(call, host)
	defer r.settle()
	defer func() {
		if r.endWork != nil {
			r.endWork()
		}
	}()
	variant := variantOf(call)
	script, err := s.realm.Cache.Script(call.Source, variant, s.names[variant])
	if err != nil {
		r.result.Error = r.eventError(s.realm.Fault(nil, err))
		return r.result
	}
	r.script = script
	s.cur = r
	defer func() {
		s.cur = nil
		clear(s.args)
		s.sdk.Retire()
	}()
	r.execute()
	return r.result
}

// settle waits until what the script had others do has ended.
func (r *run) settle() {
	r.instance.stopped.Store(true)
	r.sending.Wait()
	if r.instance.realm.Settle() {
		r.result.Renewed = true
	}
}

// execute runs the script and reads back what it changed. Of one that was given up nothing is read any more.
func (r *run) execute() {
	args, fault := r.arguments()
	if fault == nil {
		job := engine.Job{
			Script: r.script, Args: args, Timeout: r.call.Timeout,
			Settled: r.instance.onSettled, Exception: r.instance.onException, Halted: r.instance.halted,
		}
		if r.script.ReadsThis() {
			job.This = r.this()
		}
		ctx := r.ctx
		if job.Timeout == 0 { // else the time begins only now, and Run needs a context of its own anyway
			ctx, job.Ends = r.instance.limited, true
		}
		fault = r.instance.realm.Run(ctx, job)
	}
	if fault != nil {
		r.result.TimedOut = fault.Limit == "timeout"
		r.result.Error = r.eventError(fault)
		r.result.Renewed = !r.instance.realm.Sound()
	}
	if r.instance.left.Load() {
		return // the run has gone on without this script
	}
	r.closeTests()
	r.scopes.WriteBack()
	r.result.Undefined, r.result.Set = r.scopes.Undefined, r.scopes.Given
	r.readBack()
}

// settled hears of the end of the script's own text.
func (r *run) settled(f *failure.Fault) {
	if r.globals != nil {
		r.globals.ReportTests()
	}
	switch {
	case f == nil || r.silent:
	case r.instance.opt.Compat && f.Value != nil && (goja.IsNull(f.Value) || goja.IsUndefined(f.Value)):
		// newman takes a thrown null for the end without an error
	case r.instance.opt.Compat && !r.instance.realm.Loop().Idle():
		r.emitException(f, false) // newman: with something pending, only an exception event
	default:
		r.result.Error = r.eventError(f)
	}
}

// exception hears of errors in timers, callbacks and promises that nobody handles.
func (r *run) exception(f *failure.Fault) {
	if !r.silent {
		r.emitException(f, !r.instance.opt.Compat)
	}
}

func (r *run) emitException(f *failure.Fault, counted bool) {
	r.host.Emit(event.Exception{Error: r.eventError(f), Counted: counted})
}

// eventError shows a fault as reports do.
func (r *run) eventError(f *failure.Fault) *event.Error {
	e := &event.Error{Name: f.Name, Message: f.Message, Line: f.Line, Col: f.Col, Source: f.Source, Stack: f.Stack}
	switch {
	case !r.instance.opt.Compat:
	case f.Bare:
		e.Message = "" // newman shows nothing of a thrown value that is no Error
	case f.End:
		e.Message = "Unexpected token ')'" // what stands in newman's wrapper after the script
	}
	if f.Value != nil {
		e.Expected, e.Actual, e.HasDiff = chai.Details(f.Value)
	}
	if called, ok := strings.CutSuffix(f.Message, " is not a function"); ok && f.Name == "TypeError" && e.Detail == "" {
		if name := called[strings.LastIndexByte(called, '.')+1:]; strings.Contains(called, ".to") && r.instance.chai.IsProperty(name) {
			e.Detail = "an assertion such as ." + name + " takes no brackets"
		}
	}
	if r.instance.opt.Compat {
		r.newmanError(e, f)
	}
	return e
}
