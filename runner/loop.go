package runner

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"posthaste/collection"
	"posthaste/collection/data"
	"posthaste/internal/variable"
	"posthaste/runner/event"
)

// A flow is what a step says of how the run goes on. The zero flow goes on with the next
// item. stop wins over next.
type flow struct {
	next  *event.Next // the last setNextRequest of the step
	stop  string      // a Reason; "" goes on
	fatal error       // with ReasonError
}

// all runs every iteration. It returns why the run ended early, "" when it did not, and the
// error of a fatal end, which is nil for the other reasons.
func (r *run) all(ctx context.Context) (reason string, fatal error) {
	switch {
	case len(r.plan.items)+len(r.undo.plan.items) == 0:
		return "", nil // newman: without requests there are no iterations
	case r.opt.Parallel.enabled():
		return r.spread(ctx)
	}
	return r.loop(ctx)
}

// loop runs one iteration after the other, each with its teardown.
func (r *run) loop(ctx context.Context) (reason string, fatal error) {
	for i := 0; ; i++ {
		more, err := r.advance(i)
		if err != nil {
			return ReasonError, err
		}
		if !more {
			return "", nil
		}
		n := r.opt.FirstIteration + i
		r.emit.emit(event.IterationStarted{Iteration: n, Row: rowLabel(r.row.Scope)})
		r.undo.begin(r.row.Scope)
		v := r.tearDown(ctx, n, r.items(ctx, r.plan, n))
		r.emit.emit(event.IterationFinished{Iteration: n})
		if v.stop != "" {
			return v.stop, v.fatal
		}
	}
}

// advance takes the iteration's row of data. When there are fewer rows than iterations the
// last one serves for the rest (newman: lib/run/options.js). i counts from 0 within this run.
// The error is that of reading a data file.
func (r *run) advance(i int) (more bool, err error) {
	if r.iterations > 0 && i >= r.iterations {
		return false, nil
	}
	if r.opt.Data == nil {
		return true, nil
	}
	row, ok, err := r.opt.Data.Next()
	switch {
	case err != nil && !drained(err):
		return false, err
	case ok:
		r.row.Scope = rowScope(row)
		// A row may bring secrets of its own, such as a password for each user.
		for _, v := range r.row.Variables() {
			r.keep.met(v)
		}
		return true, nil
	case i == 0:
		return true, nil // no rows at all is one iteration
	}
	return r.opt.Iterations > 0, nil
}

// rowScope makes the scope of a data row. Rows of JSON lists keep their types, see
// variable.Scope's List.
func rowScope(row data.Row) *variable.Scope {
	vars := make([]collection.Variable, len(row))
	for i, field := range row {
		vars[i] = collection.Variable{Key: field.Key, Value: field.Value}
	}
	s := variable.TakeScope("data", vars)
	s.List = len(row) > 0 && row[0].InList
	return s
}

// rowLabel is how reports tell rows apart: the first three values of the row, cut to 40
// characters. Objects and lists say little in so few.
func rowLabel(s *variable.Scope) string {
	const values, longest = 3, 40
	var parts []string
	for _, v := range s.Variables() {
		if len(parts) == values {
			break
		}
		if v.Value.Kind() == collection.String || v.Value.Kind() == collection.Number {
			parts = append(parts, strings.TrimSpace(v.Value.String()))
		}
	}
	label := strings.Join(parts, ", ")
	if len(label) <= longest && utf8.ValidString(label) { // no longer in characters either
		return label
	}
	cut := []rune(label)
	if len(cut) > longest {
		cut = append(cut[:longest-1], '…')
	}
	return string(cut)
}

// items goes through a plan once, jumping where scripts say so. The bound on jumps ends
// scripts that jump in a circle; newman would run for ever.
func (r *run) items(ctx context.Context, p *plan, iteration int) flow {
	jumps := 0
	for position := 0; position < len(p.items); {
		if v := r.stopped(ctx); v.stop != "" {
			return v
		}
		v := r.tries(ctx, p.items[position], iteration).flow
		if v.stop != "" {
			return v
		}
		if v.next == nil {
			position++
			continue
		}
		target, ok := r.target(p, v.next)
		if !ok { // the iteration ends, the run goes on
			return flow{}
		}
		if jumps++; jumps > r.opt.MaxJumps {
			return flow{stop: ReasonError, fatal: &JumpError{Limit: r.opt.MaxJumps, Target: v.next.Name}}
		}
		position = target
	}
	return flow{}
}

// target finds where setNextRequest leads. Null and unknown names end the iteration (newman:
// processExecutionResult); an unknown one is said.
func (r *run) target(p *plan, next *event.Next) (int, bool) {
	if next.Null {
		return 0, false
	}
	position, ok := p.find(next.Name)
	if _, undoes := r.undo.plan.find(next.Name); !ok && undoes {
		return 0, false // the teardown comes next
	}
	if !ok {
		r.emit.emit(event.Notice{
			Level: "warn", Code: "jump", Hint: "the iteration ended there",
			Text: "setNextRequest(" + strconv.Quote(next.Name) + ") names no request of this run",
		})
	}
	return position, ok
}

// stopped reports whether the run is to end now. It is asked between steps and after each
// wait. During a teardown, only the context counts.
func (r *run) stopped(ctx context.Context) flow {
	if ctx.Err() != nil {
		if errors.Is(context.Cause(ctx), errTimeout) {
			return flow{stop: ReasonTimeout, fatal: errTimeout}
		}
		return flow{stop: ReasonInterrupt}
	}
	if r.undo.running {
		return flow{}
	}
	select {
	case <-r.opt.Stop:
		// A unit or collection beside this one has ended the run; it has given the reason
		// already.
		return flow{stop: ReasonInterrupt}
	case <-r.halt:
		return flow{stop: ReasonBail}
	case <-r.opt.halt:
		return flow{stop: ReasonBail}
	default:
	}
	if err := r.emit.failed(); err != nil {
		return flow{stop: ReasonError, fatal: err}
	}
	return flow{}
}

// A JumpError says that an iteration jumped too often.
type JumpError struct {
	Limit  int
	Target string // of the last jump
}

// Error names the limit and where the last jump led.
func (e *JumpError) Error() string {
	return fmt.Sprintf("setNextRequest jumped %d times in one iteration, last to %q", e.Limit, e.Target)
}

// Hint says how to go on.
func (e *JumpError) Hint() string {
	return "if the loop is meant, raise the bound with --max-jumps"
}
